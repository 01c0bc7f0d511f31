"""Crossing: what was typed into one form, as far as another form asks the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.forms.form import Form
from surveys.forms.question import Question, Refusal
from surveys.kinds.table import Gridded
from surveys.paging.keystrokes import Raw


@dataclass(frozen=True, slots=True)
class Crossing:
    """What goes over, as it was typed, and the titles of the questions whose answers stay behind."""

    raw: Mapping[str, Sequence[str]]
    carried: tuple[str, ...]
    left: tuple[str, ...]


def cross_over(source: Form, target: Form, typed: Raw) -> Crossing:
    """Match what was typed by the names of questions: it goes over where the other form would take it.

    What neither form would take goes over as well, to be mended there.
    """
    raw: dict[str, list[str]] = {}
    carried: list[str] = []
    left: list[str] = []
    for question in source.questions.values():
        fields = _filled(question, typed)
        twin = target.questions.get(question.name)
        if fields and twin is not None and _takes(twin, question, fields):
            raw |= fields
            carried.append(question.title)
        elif fields:
            left.append(question.title)
    return Crossing(raw, tuple(carried), tuple(left))


def lay_over(source: Form, target: Form, typed: Raw, standing: Raw) -> dict[str, list[str]]:
    """What stands in the target form once what was typed into the source form since is laid over it.

    What had gone over to the source form and was cleared or taken away there is empty here too. What that
    form could not take stays as it stood.
    """
    laid = {name: list(texts) for name, texts in standing.items()}
    for question in source.questions.values():
        twin = target.questions.get(question.name)
        went = _filled(twin, standing) if twin is not None else {}
        if twin is not None and went and _takes(question, twin, went):
            laid |= {name: [""] for name in went}
    return laid | {name: list(texts) for name, texts in cross_over(source, target, typed).raw.items()}


def _filled(question: Question, typed: Raw) -> dict[str, list[str]]:
    return {name: list(texts) for name, texts in typed.items() if question.owns(name) and any(texts)}


def _takes(twin: Question, question: Question, fields: Raw) -> bool:
    if twin.kind != question.kind or twin.is_settled or not all(twin.owns(name) for name in fields):
        return False
    if isinstance(twin, Gridded):
        return True
    return isinstance(question.read(fields, None), Refusal) or not isinstance(
        twin.read(fields, None), Refusal
    )
