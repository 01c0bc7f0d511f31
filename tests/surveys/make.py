"""Builders: a form from a few questions, as somebody would write it."""

from typing import Any

from surveys.form import Form

NOTICE = "Please name nobody."


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
