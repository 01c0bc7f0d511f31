"""Verdict: what the form's own rules say of a form read from a workbook, told by row and column."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from surveys.errors import FormError
from surveys.faults import find_faults
from surveys.form import Form
from surveys.xlsform.fault import Fault
from surveys.xlsform.sheets import Book

#: The heading under which each setting of a question stands.
_HEADINGS = {
    "times": "repeat_count",
    "missing": "required_message",
    "minimum": "parameters",
    "maximum": "parameters",
    "lowest": "parameters",
    "highest": "parameters",
    "prefill": "default",
    "item": "label",
    "types": "type",
    "kind": "type",
}
_OF_FORM = {"key": "form_id", "title": "form_title", "language": "default_language"}


def judge(book: Book, form: Mapping[str, Any], rows: Mapping[str, int]) -> Iterator[Fault]:
    """Everything that keeps a form from being used; `rows` are the rows of the survey sheet by our names."""
    try:
        read = TypeAdapter(Form).validate_json(json.dumps(form))
    except ValidationError as error:
        for found in error.errors(include_url=False, include_input=False, include_context=False):
            yield _place(book, form, rows, found["loc"], found["msg"].replace("Input should be", "should be"))
        return
    for fault in find_faults(read):
        yield _tell(book, rows, fault)


def _place(
    book: Book, form: object, rows: Mapping[str, int], steps: tuple[int | str, ...], what: str
) -> Fault:
    """The cell behind a place of the written form."""
    row, setting, at = 0, "", form
    for step in steps:
        if isinstance(at, list) and isinstance(step, int):
            at = at[step]
            if isinstance(at, dict) and at.get("name") in rows:
                row = rows[at["name"]]
        elif isinstance(at, dict) and step in at:
            at, setting = at[step], str(step)
        elif step == steps[-1]:
            setting = str(step)
    if row:
        return book.sheet("survey").fault(row, _HEADINGS.get(setting, setting), what)
    return book.sheet("settings").fault(2 if setting else 0, _OF_FORM.get(setting, setting), what)


def _tell(book: Book, rows: Mapping[str, int], fault: FormError) -> Fault:
    where, _, setting = fault.where.partition(" > ")
    kind, _, name = where.partition(" ")
    if kind in ("question", "section") and name in rows:
        return book.sheet("survey").fault(rows[name], _HEADINGS.get(setting, setting), fault.what)
    if kind in ("form", "ages") and (setting or kind == "ages"):
        heading = setting or kind
        return book.sheet("settings").fault(2, _OF_FORM.get(heading, heading), fault.what)
    return Fault("survey", 0, "", f"{where}: {fault.what}")
