"""Builders: a form from a few questions, as somebody would write it."""

from datetime import date
from typing import Any

from surveys.answering.answers import Answers, Problems, check
from surveys.forms.form import Form
from surveys.paging.known import Earlier
from surveys.paging.pages import Page
from surveys.paging.turn import Press, take_turn

NOTICE = "Please name nobody."
#: What a form has to say before children or families answer it.
FAMILIES = {
    "privacy": "anonymous",
    "consent": "You choose.",
    "ages": {"from": 8, "to": 11},
    "notice": "Please name nobody. In danger, ring 999.",
}


def form(*questions: dict[str, Any], **settings: Any) -> Form:
    """A form of one section with these questions."""
    sections = settings.pop("sections", None) or [section("main", *questions)]
    written = {
        "key": "sample",
        "version": 1,
        "title": "Sample",
        "purpose": "Tests.",
        "minutes": 1,
        "notice": NOTICE,
        "sections": sections,
    }
    if settings.get("audience", "staff") != "staff":
        written |= FAMILIES
    return Form.from_json(written | settings)


def section(name: str, *questions: dict[str, Any], **settings: Any) -> dict[str, Any]:
    """A section as written, titled by its name."""
    return {"name": name, "title": name.capitalize(), "questions": list(questions)} | settings


def ask(kind: str, name: str, **settings: Any) -> dict[str, Any]:
    """A question as written, labelled by its name."""
    return {"kind": kind, "name": name, "label": name.replace("_", " ").capitalize()} | settings


def choose(kind: str, name: str, *values: str, **settings: Any) -> dict[str, Any]:
    """A question with choices as written."""
    return ask(kind, name, choices=[{"value": each, "label": each.upper()} for each in values], **settings)


def matrix(name: str, lines: str, *columns: dict[str, Any], **settings: Any) -> dict[str, Any]:
    """A matrix as written; `lines` are its keys with spaces between."""
    written = [{"value": each, "label": each.upper()} for each in lines.split()]
    return ask("matrix", name, lines=written, columns=list(columns), **settings)


def repeat(name: str, *questions: dict[str, Any], **settings: Any) -> dict[str, Any]:
    """A repeat as written; an entry is called "thing" unless `item` says otherwise."""
    return ask("repeat", name, **({"item": "thing"} | settings), questions=list(questions))


def take(form: Form, typed: dict[str, Any], today: date | None = None, earlier: Earlier | None = None) -> Any:
    """The values that typed input comes to; a text stands for a field with that one text."""
    found = check(form, spread(typed), today, earlier)
    assert isinstance(found, Answers), found
    return found.values


def refuse(
    form: Form, typed: dict[str, Any], today: date | None = None, earlier: Earlier | None = None
) -> list[tuple[str, str]]:
    """What stands in the way of typed input, as field and text."""
    found = check(form, spread(typed), today, earlier)
    assert isinstance(found, Problems), found
    return [(each.question, each.text) for each in found]


def spread(typed: dict[str, Any]) -> dict[str, list[str]]:
    """Typed input with every field as a list of texts."""
    return {name: [texts] if isinstance(texts, str) else list(texts) for name, texts in typed.items()}


def names(page: Page) -> list[str]:
    """The fields of a page."""
    return [field.name for field in page.fields]


def press(form: Form, typed: dict[str, Any], act: str, at: str, today: date | None = None) -> Page:
    """The page after one of the buttons on the page `at` was pressed."""
    page = take_turn(form, spread(typed), Press(at, act=act), {}, today).page
    assert page is not None
    return page
