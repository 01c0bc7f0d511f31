"""Lint: what is wrong with the rows of a workbook as they stand, every cell looked at by itself."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator

from surveys.kinds.choice import MOST_CHOICES
from surveys.kinds.table import MOST_ENTRIES
from surveys.xlsform.fault import Fault
from surveys.xlsform.question_types import Family, Sort, sort
from surveys.xlsform.rules import Rules
from surveys.xlsform.sheets import RULES, Book, Line, Sheet, fold

LONGEST_CELL = 8_000
#: Groups that may stand inside one another.
DEEPEST = 20

_NUMBER = re.compile(r"-?\d+(?:\.\d*)?")
_EXCEL_ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})


def lint(book: Book, rules: Rules) -> Iterator[Fault]:
    """Everything wrong that can be seen in one row at a time, in the order of the sheets."""
    yield from _lint_sheets(book)
    for sheet in book.sheets.values():
        for line in sheet.lines:
            yield from _lint_cells(sheet, line)
    yield from _lint_lists(book.sheet("choices"))
    for sheet in (book.sheet("choices"), book.sheet("settings")):
        for line in sheet.lines:
            yield from _lint_mentions(sheet, line, rules)
    yield from _lint_survey(book, rules)


def _lint_survey(book: Book, rules: Rules) -> Iterator[Fault]:
    survey = book.sheet("survey")
    within: list[str] = []
    for line in survey.asked:
        meant = sort(survey.cell(line, "type"))
        if meant.family is Family.REFUSED and survey.cell(line, "type"):
            yield survey.fault(line.row, "type", meant.why)
        elif meant.kind == "begin repeat" and "begin repeat" in within:
            what = "a repeat inside a repeat is not asked; ask for the inner one as text, or in its own form"
            yield survey.fault(line.row, "type", what)
        elif meant.kind.startswith("begin ") and len(within) == DEEPEST:
            what = f"groups stand more than {DEEPEST} deep inside one another; take some out"
            yield survey.fault(line.row, "type", what)
        elif survey.cell(line, "save_to"):
            yield survey.fault(line.row, "save_to", "entities are not kept; remove this column")
        else:
            yield from _lint_list(book, line, meant)
            yield from _lint_label(survey, line, meant)
            yield from _lint_mentions(survey, line, rules)
            yield from _lint_rules(survey, line, rules)
        if meant.family is not Family.METADATA:
            _step(within, meant.kind)


def _lint_list(book: Book, line: Line, meant: Sort) -> Iterator[Fault]:
    choices = book.sheet("choices")
    known = {choices.cell(each, "list_name") for each in choices.lines} - {""}
    if meant.list_name and meant.list_name not in known:
        near = difflib.get_close_matches(meant.list_name, known, n=1)
        hint = (
            f"; did you mean {near[0]}?" if near else f"; the lists are: {', '.join(sorted(known)) or 'none'}"
        )
        what = f"there is no list {meant.list_name} on the choices sheet{hint}"
        yield book.sheet("survey").fault(line.row, "type", what)


def _lint_label(survey: Sheet, line: Line, meant: Sort) -> Iterator[Fault]:
    if meant.family is not Family.ASKED or meant.kind == "calculate" or survey.cell(line, "calculation"):
        return
    if not any(text for heading in ("label", "hint") for _, text in survey.spoken(line, heading)):
        what = "write a label: it is what people read, and pictures are not shown"
        yield survey.fault(line.row, "label", what)


def _lint_mentions(sheet: Sheet, line: Line, rules: Rules) -> Iterator[Fault]:
    """What is wrong with the answers that are named outside of rules."""
    for heading, text in line.cells.items():
        if fold(heading, sheet.name) not in (*RULES, "type", "name"):
            for what in rules.strangers(text):
                yield sheet.fault(line.row, heading, what)


def _lint_sheets(book: Book) -> Iterator[Fault]:
    survey = book.sheet("survey")
    if "survey" not in book.sheets:
        there = ", ".join(book.titles[:10]) or "none"
        yield Fault("survey", 0, "", f"there is no sheet called survey; the sheets are: {there}")
    elif not survey.lines:
        yield Fault("survey", 0, "", "there is no question in it")
    if book.sheet("entities").lines:
        what = "entities are not kept; remove the sheet, and ask for what the form needs"
        yield Fault("entities", 2, "", what)


def _lint_cells(sheet: Sheet, line: Line) -> Iterator[Fault]:
    for heading, text in line.cells.items():
        letter = sheet.letters.get(heading, "")
        if text.strip() in _EXCEL_ERRORS:
            what = f"a formula here gives {text.strip()}; put it right, or write the text itself"
            yield Fault(sheet.name, line.row, heading, what, letter)
        elif len(text) > LONGEST_CELL:
            what = f"the text has {len(text):,} characters, and {LONGEST_CELL:,} is the most; shorten it"
            yield Fault(sheet.name, line.row, heading, what, letter)


def _lint_lists(choices: Sheet) -> Iterator[Fault]:
    counted = Counter(choices.cell(line, "list_name") for line in choices.lines)
    for line in choices.lines:
        name = choices.cell(line, "list_name")
        if counted.pop(name, 0) > MOST_CHOICES:
            what = f"the list {name} has more than {MOST_CHOICES} choices; split it, or ask for text instead"
            yield choices.fault(line.row, "list_name", what)
    yield from _lint_twins(choices)


def _lint_twins(choices: Sheet) -> Iterator[Fault]:
    first: dict[tuple[str, str], int] = {}
    for line in choices.lines:
        listed, name = choices.cell(line, "list_name"), choices.cell(line, "name")
        row = first.setdefault((listed, name), line.row)
        if name and row != line.row:
            what = f"{name} is in the list {listed} already, in row {row}; give each choice a name of its own"
            yield choices.fault(line.row, "name", what)


def _lint_rules(survey: Sheet, line: Line, rules: Rules) -> Iterator[Fault]:
    for heading in RULES:
        text = survey.cell(line, heading)
        if text:
            is_filter = heading == "choice_filter"
            found = (
                rules.requirements(text)
                if heading == "required"
                else rules.complaints(text, columns=is_filter)
            )
            for what in found:
                yield survey.fault(line.row, heading, what)
    times = survey.cell(line, "repeat_count")
    if _NUMBER.fullmatch(times) and not (times.isdecimal() and 0 < int(times[:9]) <= MOST_ENTRIES):
        what = f"a repeat has 1 to {MOST_ENTRIES} entries, so {times} cannot be; write such a whole number"
        yield survey.fault(line.row, "repeat_count", what)


def _step(within: list[str], kind: str) -> None:
    if kind.startswith("begin "):
        within.append(kind)
    elif kind.startswith("end ") and within:
        within.pop()
