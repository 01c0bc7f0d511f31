"""Scenes to work expressions out in: answers by name, and the day."""

from collections.abc import Mapping
from datetime import date

from surveys.expressions.expression import compile_expression
from surveys.expressions.scene import Scene, XPathValue

THAT_DAY = date(2026, 3, 2)


def scene(
    answers: Mapping[str, XPathValue] | None = None,
    *,
    today: date | None = THAT_DAY,
    own: str | float = "",
    row: int = 0,
    item: Mapping[str, str] | None = None,
) -> Scene:
    given = answers or {}
    return Scene(lambda name: given.get(name, ""), today, own, row, item or {}, _label)


def worked_out(
    text: str,
    answers: Mapping[str, XPathValue] | None = None,
    *,
    today: date | None = THAT_DAY,
    own: str | float = "",
    row: int = 0,
) -> float | str | bool | None:
    return compile_expression(text).work_out(scene(answers, today=today, own=own, row=row))


def _label(question: str, value: str) -> str:
    return f"{value.title()} ({question})"
