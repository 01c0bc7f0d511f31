"""Reading: an XLSForm workbook as a form and its translations, or everything that is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
from surveys.xlsform.sheets import RULES, Book
from surveys.xlsform.slips.appearances import find_unknown_appearances
from surveys.xlsform.slips.brackets import find_brackets, mend_brackets, without
from surveys.xlsform.slips.circles import find_circles
from surveys.xlsform.slips.headings import (
    find_lacking,
    find_misspelt,
    find_misspelt_sheets,
    find_twins,
    find_unknown,
    leave_out_unknown,
    mend_labels,
    respell,
)
from surveys.xlsform.slips.marks import take_out_marks
from surveys.xlsform.slips.naming import find_lost_choices, find_unnamed
from surveys.xlsform.verdict import doubt, judge
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
    book, turned = take_out_marks(book)
    misspelt, unknown = list(find_misspelt(book)), list(find_unknown(book))
    headless = [*find_twins(respell(book)), *find_lacking(respell(book))]
    if headless:
        return _in_order([*misspelt, *headless])
    book, unpaired = mend_brackets(respell(book))
    book, unlabelled = mend_labels(book)
    survey = book.sheet("survey")
    rules, brackets = Rules(name_everything(book)), find_brackets(survey)
    circles = list(find_circles(survey))
    faults = [*misspelt, *unpaired, *unlabelled, *lint(book, rules), *brackets.faults]
    faults += [each.fault for each in circles]
    faults += find_misspelt_sheets(book)
    faults += find_unnamed(book, brackets.strays)
    if not survey.lines:
        return _in_order(faults)
    sheets = {**book.sheets, "survey": without(survey, brackets.strays)}
    if "settings" in sheets:
        sheets["settings"] = leave_out_unknown(sheets["settings"])
    round_about = [fault for each in circles for fault in each.rest]
    reading = understand(Book(sheets, book.titles), [*faults, *round_about])
    faults += reading.faults
    if reading.root is None:
        return _in_order(faults)
    found = _write(book, name, rules, reading, faults, round_about)
    if isinstance(found, list):
        return found
    told = [*found.warnings, *turned, *unknown, *find_lost_choices(book), *find_unknown_appearances(book)]
    return replace(found, warnings=tuple(_in_order(told)))


def _write(
    book: Book, name: str, rules: Rules, reading: Reading, faults: list[Fault], untold: list[Fault]
) -> ReadForm | list[Fault]:
    """The form, or what is wrong with it; the `untold` are as good as told in another place."""
    languages = find_languages(book, reading.root or {})
    head, of_head, warnings = write_heading(book, name, languages.tag, _count(book))
    work = Work(
        head["key"],
        book.sheet("survey"),
        book.sheet("choices"),
        rules,
        languages,
        _watched(book),
        reading.stand_ins,
        (reading.root or {}).get("choices", {}),
    )
    sections = write_sections(work, reading.root or {}, head["title"])
    form = {**head, "sections": sections}
    wrong = [*faults, *of_head, *_unblamed((*work.faults, *languages.faults), [*faults, *untold], reading)]
    rows = {called: row for row, called in rules.names.of_row.items()}
    if sections:
        wrong += _unblamed(judge(book, form, rows), [*wrong, *untold], reading)
    elif not wrong:
        wrong = [Fault("survey", 0, "", "nothing in it is asked or read; add a question")]
    if wrong:
        return _in_order(wrong)
    told = [
        *reading.warnings,
        *warnings,
        *work.warnings,
        *languages.warnings,
        *rules.names.warnings,
        *_left_out(book),
        *doubt(book, form, rows),
    ]
    translations = languages.translations(form["key"], form["version"])
    found = tuple(_with_notice(one, form["notice"]) for one in translations)
    return ReadForm(form, found, tuple(_in_order(told)))


def _with_notice(translation: dict[str, Any], notice: str) -> dict[str, Any]:
    """The same with the form's notice, where it is one that Cascade says in that language already."""
    said = phrases(translation["language"]).get(notice)
    return translation | {"texts": {notice: said, **translation["texts"]}} if said else translation


def _unblamed(found: Iterable[Fault], blamed: Iterable[Fault], reading: Reading) -> list[Fault]:
    """What was found in cells that were not blamed before, and that are their own and no stand-in's."""
    told = list(blamed)
    cells = {(fault.sheet, fault.row, fault.letter) for fault in told}
    # What is wrong with a question, or with its choices, comes up again in the form made of it.
    marred = {fault.row for fault in told if fault.sheet == "survey" and fault.column not in RULES}
    is_short = any(fault.sheet == "choices" for fault in told)

    def is_new(fault: Fault) -> bool:
        if fault.sheet != "survey":
            return (fault.sheet, fault.row, fault.letter) not in cells
        if (fault.sheet, fault.row, fault.letter) in cells or fault.row in reading.stand_ins:
            return False
        return fault.column in RULES or not (fault.row in marred or (is_short and fault.column == "choices"))

    return [fault for fault in found if is_new(fault)]


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
