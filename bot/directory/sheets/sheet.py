"""One sheet of text cells, and the refusal that stands in its place when a file cannot be read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: More rows with something in them than this are refused: a directory is never so long.
MAX_ROWS = 50_000
#: More columns than this are refused.
MAX_COLUMNS = 200
#: The heading given to cells of a CSV record that stand to the right of the last heading.
UNHEADED = "(no heading)"

# Noncharacters and lone surrogates cannot be written to XML: they become the sign for a lost character.
_UNWRITABLE = dict.fromkeys([0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], "\ufffd")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a whole file is refused, in one line that says what to do."""

    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one row; `row` counts from 1 as a spreadsheet does."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet that hold anything; `name` is empty for a CSV file."""

    file: str
    name: str
    lines: tuple[Line, ...]


def gather_lines(file: str, name: str, records: Iterable[tuple[str, ...]]) -> Sheet | Refusal:
    """Number the records from 1, drop the empty ones, and refuse what is too long or too wide."""
    lines: list[Line] = []
    for line in _trim(records):
        if len(line.cells) > MAX_COLUMNS:
            return Refusal(
                file, f"row {line.row} is wider than {MAX_COLUMNS} columns; delete the columns not needed"
            )
        if len(lines) == MAX_ROWS:
            return Refusal(file, f"it has more than {MAX_ROWS} rows; split it into several files")
        lines.append(line)
    return Sheet(file, name, tuple(lines))


def _trim(records: Iterable[tuple[str, ...]]) -> Iterator[Line]:
    for row, record in enumerate(records, start=1):
        width = len(record)
        while width and not record[width - 1].strip():
            width -= 1
        if width:
            yield Line(row, tuple(cell.translate(_UNWRITABLE) for cell in record[:width]))
