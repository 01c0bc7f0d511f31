"""Marks: characters nobody sees that turn the direction of a text, taken out of every cell."""

import re
from collections.abc import Iterator

from surveys.xlsform.fault import Fault
from surveys.xlsform.sheets import Book, Line, Sheet

#: Embeddings, overrides and isolates: with them words read otherwise than they are kept. The plain marks
#: (U+200E, U+200F, U+061C), which writers of Urdu and Arabic need, stay.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def take_out_marks(book: Book) -> tuple[Book, list[Fault]]:
    """The book without marks that turn the direction of a text, and a note for every cell that had one."""
    sheets = {name: _clean(sheet) for name, sheet in book.sheets.items()}
    notes = [note for sheet in book.sheets.values() for note in _tell(sheet)]
    return Book(sheets, book.titles), notes


def _clean(sheet: Sheet) -> Sheet:
    letters = {_without(heading): letter for heading, letter in sheet.letters.items()}
    lines = (
        Line(line.row, {_without(heading): _without(text) for heading, text in line.cells.items()})
        for line in sheet.lines
    )
    return Sheet(sheet.name, letters, tuple(lines))


def _tell(sheet: Sheet) -> Iterator[Fault]:
    what = "characters that turn the direction of the text are taken out; see that it still reads as meant"
    for heading, letter in sheet.letters.items():
        if _TURNING.search(heading):
            yield Fault(sheet.name, 1, _without(heading), what, letter)
    for line in sheet.lines:
        for heading, text in line.cells.items():
            if _TURNING.search(text):
                yield Fault(sheet.name, line.row, _without(heading), what, sheet.letters.get(heading, ""))


def _without(text: str) -> str:
    return _TURNING.sub("", text)
