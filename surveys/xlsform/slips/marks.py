"""Marks: characters nobody sees that turn the direction of a text, taken out of every cell."""

from collections.abc import Iterator

from surveys.forms.marks import TAKEN_OUT, take_out, turns
from surveys.xlsform.fault import Fault
from surveys.xlsform.sheets import Book, Line, Sheet


def take_out_marks(book: Book) -> tuple[Book, list[Fault]]:
    """The book without marks that turn the direction of a text, and a note for every cell that had one."""
    sheets = {name: _clean(sheet) for name, sheet in book.sheets.items()}
    notes = [note for sheet in book.sheets.values() for note in _tell(sheet)]
    return Book(sheets, book.titles), notes


def _clean(sheet: Sheet) -> Sheet:
    letters = {take_out(heading): letter for heading, letter in sheet.letters.items()}
    lines = (
        Line(line.row, {take_out(heading): take_out(text) for heading, text in line.cells.items()})
        for line in sheet.lines
    )
    return Sheet(sheet.name, letters, tuple(lines))


def _tell(sheet: Sheet) -> Iterator[Fault]:
    for heading, letter in sheet.letters.items():
        if turns(heading):
            yield Fault(sheet.name, 1, take_out(heading), TAKEN_OUT, letter)
    for line in sheet.lines:
        for heading, text in line.cells.items():
            if turns(text):
                yield Fault(
                    sheet.name, line.row, take_out(heading), TAKEN_OUT, sheet.letters.get(heading, "")
                )
