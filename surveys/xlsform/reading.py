"""Reading: an XLSForm workbook as a form and its translations, or everything that is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from surveys.phrases import phrases
from surveys.xlsform.fault import Fault
from surveys.xlsform.groups import write_sections
from surveys.xlsform.heading import write_heading
from surveys.xlsform.languages import find_languages
from surveys.xlsform.lint import lint
from surveys.xlsform.names import name_everything
from surveys.xlsform.odk import Reading, understand
from surveys.xlsform.question_types import Family, sort
from surveys.xlsform.rules import REFERENCE, Rules
from surveys.xlsform.sheets import Book
from surveys.xlsform.verdict import judge
from surveys.xlsform.work import Work
from surveys.xlsform.workbook import read_workbook


@dataclass(frozen=True)
class ReadForm:
    """A form as `Form.from_json` takes it, its translations, and what is worth knowing about both."""

    form: dict[str, Any]
    translations: tuple[dict[str, Any], ...] = ()
    warnings: tuple[Fault, ...] = ()


def read_xlsform(content: bytes, name: str) -> ReadForm | list[Fault]:
    """Read the bytes of an .xlsx workbook written as XLSForm; `name` is the file's.

    What is wrong comes back all at once, in the order of the sheets. Nothing a file holds raises.
    """
    book = read_workbook(content)
    return book if isinstance(book, list) else read_book(book, PurePath(name).stem)


def read_book(book: Book, name: str) -> ReadForm | list[Fault]:
    """Read the sheets of a workbook, as `read_xlsform` does."""
    rules = Rules(name_everything(book))
    faults = list(lint(book, rules))
    if "survey" not in book.sheets or not book.sheet("survey").lines:
        return faults
    reading = understand(book, {(fault.sheet, fault.row) for fault in faults if fault.row > 1})
    faults += reading.faults
    if reading.root is None:
        return _in_order(faults)
    return _write(book, name, rules, reading, faults)


def _write(
    book: Book, name: str, rules: Rules, reading: Reading, faults: list[Fault]
) -> ReadForm | list[Fault]:
    languages = find_languages(book, reading.root or {})
    head, of_head, warnings = write_heading(book, name, languages.tag, _count(book))
    work = Work(head["key"], book.sheet("survey"), book.sheet("choices"), rules, languages, _watched(book))
    sections = write_sections(work, reading.root or {}, head["title"])
    wrong = _in_order([*faults, *of_head, *work.faults, *languages.faults]) or _want_questions(sections)
    if wrong:
        return wrong
    form = {**head, "sections": sections}
    rows = {called: row for row, called in rules.names.of_row.items()}
    refused = _in_order(judge(book, form, rows))
    if refused:
        return refused
    told = [
        *reading.warnings,
        *warnings,
        *work.warnings,
        *languages.warnings,
        *rules.names.warnings,
        *_left_out(book),
    ]
    translations = languages.translations(form["key"], form["version"])
    found = tuple(_with_notice(one, form["notice"]) for one in translations)
    return ReadForm(form, found, tuple(_in_order(told)))


def _with_notice(translation: dict[str, Any], notice: str) -> dict[str, Any]:
    """The same with the form's notice, where it is one that Cascade says in that language already."""
    said = phrases(translation["language"]).get(notice)
    return translation | {"texts": {notice: said, **translation["texts"]}} if said else translation


def _want_questions(sections: list[dict[str, Any]]) -> list[Fault]:
    return [] if sections else [Fault("survey", 0, "", "nothing in it is asked or read; add a question")]


def _count(book: Book) -> int:
    survey = book.sheet("survey")
    kinds = [sort(survey.cell(line, "type")) for line in survey.lines]
    return sum(meant.family is Family.ASKED and meant.kind not in ("note", "calculate") for meant in kinds)


def _watched(book: Book) -> frozenset[str]:
    """The questions that any cell mentions."""
    found: set[str] = set()
    for sheet in book.sheets.values():
        for line in sheet.lines:
            found.update(
                name.rpartition("#")[2] for text in line.cells.values() for name in REFERENCE.findall(text)
            )
    return frozenset(found)


def _left_out(book: Book) -> list[Fault]:
    survey = book.sheet("survey")
    found = []
    for line in survey.lines:
        meant = sort(survey.cell(line, "type"))
        if meant.family is Family.METADATA:
            found.append(survey.fault(line.row, "type", f"{meant.kind}: {meant.why}"))
    return found


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Each fault once, sheet by sheet and row by row."""
    places = {"": 0, "survey": 1, "choices": 2, "settings": 3}

    return sorted(
        dict.fromkeys(faults), key=lambda fault: (places.get(fault.sheet, 4), fault.row, fault.letter)
    )
