"""Fault: one thing to put right in a workbook, and the cell it stands in."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong at a place of a workbook; `row` is as Excel counts, 0 for a whole sheet.

    Without a `sheet` it is of the file as a whole, or of a line of a file that is no workbook. `column` is
    the heading over the cell, empty for a whole row; `letter` is Excel's name of the column.
    """

    sheet: str
    row: int
    column: str
    what: str
    letter: str = ""

    def __str__(self) -> str:
        """The place and what to do, on one line."""
        place = [self.sheet] if self.sheet else []
        if self.row:
            place.append(f"row {self.row}" if self.sheet else f"line {self.row}")
        if self.column:
            place.append(f"column {self.letter} ({self.column})" if self.letter else f"column {self.column}")
        return ": ".join(filter(None, (", ".join(place), self.what)))

    def to_json(self) -> dict[str, object]:
        """The fault as a JSON-able dict of sheet, row, column, letter and what."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "letter": self.letter,
            "what": self.what,
        }
