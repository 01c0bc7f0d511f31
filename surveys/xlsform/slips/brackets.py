"""Brackets: groups and repeats that do not end, that end nothing, or that hold nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from surveys.xlsform.fault import Fault
from surveys.xlsform.question_types import Family, find_bracket, sort
from surveys.xlsform.sheets import Book, Line, Sheet

_BEGIN, _END = "begin ", "end "


@dataclass
class _Open:
    """A group or repeat that has begun, and whether anything in it is asked or read."""

    line: Line
    kind: str
    is_filled: bool = False


@dataclass
class Brackets:
    """What is wrong with the groups and repeats of a survey sheet; `strays` are rows that pair with none."""

    survey: Sheet
    faults: list[Fault] = field(default_factory=list)
    strays: set[int] = field(default_factory=set)
    _within: list[_Open] = field(default_factory=list)

    def take(self, line: Line) -> None:
        """Look at the next row."""
        meant = sort(self.survey.cell(line, "type"))
        if meant.kind.startswith(_BEGIN) and meant.family is Family.BRACKET:
            self._within.append(_Open(line, meant.kind.removeprefix(_BEGIN)))
        elif meant.kind.startswith(_END) and meant.family is Family.BRACKET:
            self._end(line, meant.kind.removeprefix(_END))
        elif meant.family is not Family.METADATA:
            for each in self._within:
                each.is_filled = True

    def close(self) -> None:
        """Look at what has not ended when the rows have."""
        while self._within:
            self._leave_open(self._within.pop(), "before the sheet does")

    def _end(self, line: Line, kind: str) -> None:
        if not self._within:
            what = f"there is no {kind} that this could end; take the row out, or write begin_{kind} above it"
            self._stray(line, what)
            return
        if kind not in [each.kind for each in self._within]:
            opened = self._within.pop()
            what = f"what began in row {opened.line.row} is a {opened.kind}; write end_{opened.kind}"
            self._stray(line, what)
            self.strays.add(opened.line.row)
            return
        while self._within[-1].kind != kind:
            self._leave_open(self._within.pop(), f"before the {kind} around it, which ends in row {line.row}")
        ended = self._within.pop()
        if kind == "repeat" and kind in [each.kind for each in self._within]:
            self.strays |= {ended.line.row, line.row}  # it is refused as one inside another
        if kind == "repeat" and not ended.is_filled:
            what = f"this repeat, which ends in row {line.row}, holds no question; add one, or take it out"
            self.faults.append(self.survey.fault(ended.line.row, "type", what))
            self.strays |= {ended.line.row, line.row}

    def _leave_open(self, opened: _Open, when: str) -> None:
        what = f"this {opened.kind} does not end {when}; write end_{opened.kind} under its last question"
        self._stray(opened.line, what)

    def _stray(self, line: Line, what: str) -> None:
        self.faults.append(self.survey.fault(line.row, "type", what))
        self.strays.add(line.row)


def find_brackets(survey: Sheet) -> Brackets:
    """Look at every row of a survey sheet that is not switched off."""
    found = Brackets(survey)
    for line in survey.asked:
        found.take(line)
    found.close()
    return found


def mend_brackets(book: Book) -> tuple[Book, list[Fault]]:
    """The book with each misspelt begin and end of a group as it was meant, and a fault for each."""
    survey, faults, lines = book.sheet("survey"), [], []
    for line in survey.lines:
        written = survey.cell(line, "type")
        meant = find_bracket(written) if line in survey.asked else ""
        if meant:
            what = f"there is no type {written!r}; did you mean {meant}?"
            faults.append(survey.fault(line.row, "type", what))
            lines.append(Line(line.row, {**line.cells, survey.headings["type"]: meant}))
        else:
            lines.append(line)
    if not faults:
        return book, []
    mended = Sheet(survey.name, survey.letters, tuple(lines))
    return Book({**book.sheets, survey.name: mended}, book.titles), faults


def without(survey: Sheet, rows: set[int]) -> Sheet:
    """The sheet without some rows, the others where they were."""
    return Sheet(survey.name, survey.letters, tuple(line for line in survey.lines if line.row not in rows))


def parents_of(survey: Sheet) -> Iterator[tuple[Line, int]]:
    """Every row that can have a name, with the row its group or repeat begins in; 0 for none."""
    within: list[int] = [0]
    for line in survey.asked:
        meant = sort(survey.cell(line, "type"))
        is_end = meant.kind.startswith(_END) and meant.family is not Family.METADATA
        if is_end and len(within) > 1:
            within.pop()
        if not is_end:
            yield line, within[-1]
        if meant.kind.startswith(_BEGIN):
            within.append(line.row)
