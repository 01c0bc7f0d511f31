"""Verdict: what the form's own rules say of a form read from a workbook, told by row and column."""

import copy
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from surveys.errors import FormError
from surveys.forms.doubts import find_form_doubts
from surveys.forms.faults import find_faults
from surveys.forms.form import Form
from surveys.xlsform.fault import Fault
from surveys.xlsform.groups import stand_in
from surveys.xlsform.names import legal_value
from surveys.xlsform.question_types import sort
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
#: What stands for settings that were refused while all else is judged.
_PLAIN: Mapping[str, Any] = {"key": "form", "version": 1, "title": "-", "purpose": "-", "minutes": 1}
_READER: TypeAdapter[Form] = TypeAdapter(Form)
_OF_FORM = {"key": "form_id", "title": "form_title", "language": "default_language"}


def judge(book: Book, form: Mapping[str, Any], rows: Mapping[str, int]) -> Iterator[Fault]:
    """Everything that keeps a form from being used; `rows` are the rows of the survey sheet by our names."""
    read: Form | None
    try:
        read = _READER.validate_json(json.dumps(form))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        innermost = [each for each in found if not any(_is_around(each["loc"], one["loc"]) for one in found)]
        for each in innermost:
            yield _place(book, form, rows, each["loc"], _say(each))
        read = _mend(form, [each["loc"] for each in innermost])
    for fault in find_faults(read) if read else ():
        yield _tell(book, rows, fault)


def doubt(book: Book, form: Mapping[str, Any], rows: Mapping[str, int]) -> Iterator[Fault]:
    """What is doubtful in the rules of a form that can be used."""
    for fault in find_form_doubts(_READER.validate_json(json.dumps(form))):
        yield _tell(book, rows, fault)


def _mend(form: Mapping[str, Any], places: Iterable[tuple[int | str, ...]]) -> Form | None:
    """The form without what its reader refused, so that its rules can be judged; None where it cannot be."""
    mended = copy.deepcopy(dict(form))
    for place in places:
        match place:
            case ("sections", int(section), "questions", int(at), *_):
                asked = mended["sections"][section]["questions"][at]
                if "questions" in asked or "columns" in asked:  # others may name what is in it
                    return None
                mended["sections"][section]["questions"][at] = stand_in(str(asked["name"]))
            case (str(setting), *_) if setting != "sections":
                mended.pop(setting, None)
                if setting in _PLAIN:
                    mended[setting] = _PLAIN[setting]
            case _:
                return None
    try:
        return _READER.validate_json(json.dumps(mended))
    except ValidationError:
        return None


def _is_around(place: tuple[int | str, ...], other: tuple[int | str, ...]) -> bool:
    """Whether another place is inside this one, so that what is said here only repeats it."""
    return len(place) < len(other) and other[: len(place)] == place


def _say(error: ErrorDetails) -> str:
    """What the form's reader says, in words that fit a cell."""
    limits = error.get("ctx", {})
    match error["type"]:
        case "too_long":
            return f"there are {limits['actual_length']}, and {limits['max_length']} is the most"
        case "too_short":
            return f"there are {limits['actual_length']}, and {limits['min_length']} is the least"
        case "string_too_long":
            return f"the text is longer than {limits['max_length']:,} characters; shorten it"
        case "string_too_short":
            return "nothing is written here; write it"
        case "less_than_equal":
            return f"{limits['le']} is the most"
        case "greater_than_equal":
            return f"{limits['ge']} is the least"
        case _:
            return error["msg"].replace("Input should be", "should be")


def _place(
    book: Book, form: object, rows: Mapping[str, int], steps: tuple[int | str, ...], what: str
) -> Fault:
    """The cell behind a place of the written form."""
    row, setting, at = 0, "", form
    for step in steps:
        if isinstance(at, list) and isinstance(step, int):
            at = at[step]
            if row and setting == "choices":
                return _place_choice(book, row, at, str(steps[-1]), what)
            if isinstance(at, dict) and at.get("name") in rows:
                row = rows[at["name"]]
        elif isinstance(at, dict) and step in at:
            at, setting = at[step], str(step)
        elif step == steps[-1]:
            setting = str(step)
    if row:
        return book.sheet("survey").fault(row, _HEADINGS.get(setting, setting), what)
    return book.sheet("settings").fault(2 if setting else 0, _OF_FORM.get(setting, setting), what)


def _place_choice(book: Book, row: int, choice: object, setting: str, what: str) -> Fault:
    """The cell of a choice, of which the list and the value are known."""
    survey, choices = book.sheet("survey"), book.sheet("choices")
    listed = sort(survey.cell(survey.by_row[row], "type")).list_name
    value = choice.get("value") if isinstance(choice, dict) else None
    for line in choices.lines:
        name = choices.cell(line, "name")
        if choices.cell(line, "list_name") == listed and name and legal_value(name) == value:
            return choices.fault(line.row, "name" if setting == "value" else setting, what)
    return survey.fault(row, "choices", what)


def _tell(book: Book, rows: Mapping[str, int], fault: FormError) -> Fault:
    where, _, setting = fault.where.partition(" > ")
    kind, _, name = where.partition(" ")
    if kind in ("question", "section") and name in rows:
        return book.sheet("survey").fault(rows[name], _HEADINGS.get(setting, setting), fault.what)
    if kind in ("form", "ages") and (setting or kind == "ages"):
        heading = setting or kind
        return book.sheet("settings").fault(2, _OF_FORM.get(heading, heading), fault.what)
    return Fault("survey", 0, "", f"{where}: {fault.what}")
