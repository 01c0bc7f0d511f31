"""Every page a form can show, whatever the answers, for somebody who looks it over before it is asked."""

from collections.abc import Iterator, Mapping
from typing import Any

from surveys.expressions.expression import LONGEST
from surveys.form import Form
from surveys.kinds.table import Repeat
from surveys.pages import Page, pages
from surveys.question import Question

_RULES = ("relevant", "choice_filter")


def every_page(form: Form) -> list[Page]:
    """The pages as they would be laid out if every question applied, one entry in each repeat."""
    whole = Form.from_json(_open(form.to_json()))
    repeats = [one.name for one in whole.questions.values() if isinstance(one, Repeat)]
    return pages(whole, {name: ["1"] for name in repeats})


def conditions(form: Form) -> dict[str, str]:
    """When each field is shown, by its name on the page; those that always are have no entry."""
    return dict(_conditions(form))


def _conditions(form: Form) -> Iterator[tuple[str, str]]:
    for section in form.sections:
        for question in section.questions:
            yield from _of_question(question, question.name, section.relevant)
            for cell in getattr(question, "cells", ()):
                yield from _of_question(cell, f"{question.name}.1.{cell.name}", "")


def _of_question(question: Question, name: str, around: str) -> Iterator[tuple[str, str]]:
    rules = [rule.strip() for rule in (around, question.relevant) if rule.strip()]
    if rules:
        yield name, " and ".join(rules)


def _open(written: Mapping[str, Any]) -> dict[str, Any]:
    """The same form with every rule that hides something met; pages are still parted where they were."""
    opened: dict[str, Any] = {}
    for setting, value in written.items():
        match value:
            case str() if setting in _RULES and value.strip():
                met = f"({value}) or true()"
                opened[setting] = met if len(met) <= LONGEST else "true()"
            case str() if setting == "times" and value.strip():
                once = f"if(true(), 1, {value})"
                opened[setting] = once if len(once) <= LONGEST else "1"
            case list():
                opened[setting] = [_open(each) if isinstance(each, dict) else each for each in value]
            case _:
                opened[setting] = value
    return opened
