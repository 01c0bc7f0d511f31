"""Heading: what the settings sheet says of a form as a whole."""

import re
from collections.abc import Iterator
from typing import Any

from surveys.forms.families import NOTICE as FAMILY_NOTICE
from surveys.phrases import say
from surveys.xlsform.fault import Fault
from surveys.xlsform.names import legal_name
from surveys.xlsform.sheets import Book, Line, Sheet

#: Shown at boxes where staff write freely, unless the form has words of its own.
NOTICE = "Please do not name or describe any child, family member or colleague here."

#: The longest a form may say that it takes.
MOST_MINUTES = 240

#: Settings of ODK's that change what a form does there and nothing here.
_IDLE = {
    "public_key": "answers are not encrypted by a key of the form; they are kept in the Board's own database",
    "submission_url": "answers are not sent elsewhere; they are kept in the Board's own database",
    "instance_name": "answers are called by who gave them, or not at all",
    "auto_send": "answers are sent when somebody presses Send",
    "auto_delete": "nothing is kept on the device that answers",
}
#: Settings of ours, taken as they are written.
_OURS = ("purpose", "privacy", "audience", "pace", "layout", "consent", "intro", "notice")
#: What a form begins with where children or families answer it: their notice, and one question a page.
_FAMILY = {"notice": FAMILY_NOTICE, "privacy": "anonymous", "pace": "question"}
_DEFAULTS = {"family": _FAMILY, "child": _FAMILY}
_AGES = re.compile(r"(\d{1,3})\s*(?:-|\u2013|to)\s*(\d{1,3})")
_MOST_DIGITS = 9


def write_heading(
    book: Book, name: str, tag: str, asked: int
) -> tuple[dict[str, Any], list[Fault], list[Fault]]:
    """The form without its sections, what is wrong, and what is worth knowing.

    `name` is the file's, for a form that gives itself none; `asked` is how many questions it has.
    """
    settings = book.sheet("settings")
    line = settings.lines[0] if settings.lines else Line(2, {})

    def said(heading: str) -> str:
        return settings.cell(line, heading)

    faults: list[Fault] = []
    title = said("form_title") or said("form_id") or name
    head: dict[str, Any] = {
        "key": legal_name(said("form_id") or name),
        "version": _version(said("version")),
        "title": title,
        "purpose": said("purpose") or title,
        "minutes": int(said("minutes"))
        if said("minutes").isdecimal()
        else min(MOST_MINUTES, max(1, round(asked / 4))),
        "language": tag,
        **_DEFAULTS.get(said("audience"), {"notice": NOTICE}),
    }
    head |= {"notice": say(tag, head["notice"])}
    head |= {setting: said(setting) for setting in _OURS if said(setting)}
    if said("ages"):
        found = _AGES.fullmatch(said("ages"))
        if found:
            head["ages"] = {"from": int(found[1]), "to": int(found[2])}
        else:
            faults.append(
                settings.fault(line.row, "ages", "write the youngest and the oldest age, as in 8-11")
            )
    return head, faults, list(_warn(settings, line, head))


def _version(written: str) -> int:
    digits = re.sub(r"\D", "", written)
    return int(digits) if digits and len(digits) <= _MOST_DIGITS and int(digits) else 1


def _warn(settings: Sheet, line: Line, head: dict[str, Any]) -> Iterator[Fault]:
    for heading, why in _IDLE.items():
        if settings.cell(line, heading) not in ("", "no", "false", "FALSE"):
            yield settings.fault(line.row, heading, f"left out: {why}")
    written = settings.cell(line, "version")
    if written and written != str(head["version"]):
        yield settings.fault(
            line.row, "version", f"versions are whole numbers: {written} is read as {head['version']}"
        )
    if settings.cell(line, "form_id") not in ("", head["key"]):
        yield settings.fault(line.row, "form_id", f"the form is called {head['key']} here")
