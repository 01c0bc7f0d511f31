"""Choices: the lists of the choices sheet, as the questions that use them hold them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from surveys.kinds.choice import COLUMN
from surveys.paging.pictures import PICTURES
from surveys.xlsform.languages import spoken
from surveys.xlsform.names import legal_value
from surveys.xlsform.odk import Node, row_of
from surveys.xlsform.rules import REFERENCE
from surveys.xlsform.work import Work

Written = dict[str, Any]

#: The columns of the choices sheet that mean something; all others are there for choice filters.
_OWN = frozenset(
    {"name", "label", "media", "list_name", "list name", "__row", "alone", "face", "hint", "picture"}
)
_YES = frozenset({"yes", "true", "true()", "x"})


def write_choices(work: Work, node: Node) -> list[Written]:
    """The choices of a question as written in a form, in the order of the sheet."""
    filtered = bool(str(node.get("choice_filter") or "").strip())
    choices = node.get("choices") or work.lists.get(str(node.get("itemset")), ())
    return [_write_choice(work, node, choice, filtered) for choice in choices]


def name_pictures(wanted: str) -> str:
    """What is wrong with a picture that is not there."""
    return f"there is no picture {wanted!r}; there are {', '.join(PICTURES)}"


def find_source(work: Work, node: Node, kind: str) -> str:
    """The column of an earlier answer that stands in front of the choices; empty where none is named."""
    source, row = work.cell(node, "choices_from"), row_of(node)
    if source and kind != "multiple":
        work.blame(row, "choices_from", "only a select_multiple takes choices from what was told before")
        return ""
    if not re.fullmatch(COLUMN, source):
        what = (
            f"{source!r} is no column of a table: write a form, a table in it and a question of that, as in "
            "tna.courses.course_title, or board.lessons.title; names have small letters, figures and "
            "underscores"
        )
        work.blame(row, "choices_from", what)
        return ""
    return source


def points(choices: list[Written]) -> dict[int, str] | None:
    """The choices as points of a scale, where their values are whole numbers that follow one another."""
    values = [choice["value"] for choice in choices]
    if not all(value.lstrip("-").isdecimal() for value in values):
        return None
    found = {int(choice["value"]): choice["label"] for choice in choices}
    lowest, highest = min(found, default=0), max(found, default=0)
    return found if list(found) == list(range(lowest, highest + 1)) and len(found) > 1 else None


def _write_choice(work: Work, node: Node, choice: Mapping[str, Any], filtered: bool) -> Written:
    name = str(choice.get("name", ""))
    row = work.choice_rows.get((str(node.get("itemset")), name), 0)
    written: Written = {"value": legal_value(name), "label": _label(work, choice, row, name)}
    if str(choice.get("alone", "")).strip().lower() in _YES:
        written["alone"] = True
    if choice.get("hint"):
        written["hint"] = str(choice["hint"])
    if str(choice.get("face", "")).strip().isdecimal():
        written["face"] = int(choice["face"])
    if picture := str(choice.get("picture", "")).strip():
        written["picture"] = picture
        if picture not in PICTURES:
            work.faults.append(work.choices.fault(row, "picture", name_pictures(picture)))
    if filtered:
        written["columns"] = dict(_columns(work, choice))
    if choice.get("media") and row_of(node):
        work.warnings.append(work.choices.fault(row, "image", "pictures and sounds of choices are not shown"))
    return written


def _label(work: Work, choice: Mapping[str, Any], row: int, name: str) -> str:
    place = work.choices.fault(row, "label", "")
    texts = spoken(choice.get("label"))
    if any(REFERENCE.search(text) for text in texts.values()):
        what = "the label of a choice cannot name an answer; write the words themselves"
        work.faults.append(work.choices.fault(row, "label", what))
    if not texts:
        work.warnings.append(work.choices.fault(row, "label", f"there is no label, so people read {name}"))
    return work.languages.say(texts, place) or name


def _columns(work: Work, choice: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for heading, text in choice.items():
        if heading not in _OWN and isinstance(text, str):
            # What a filter compares with answers is called as the answers are.
            yield heading, work.rules.names.values.get(text, text)
