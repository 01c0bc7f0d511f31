"""A file or folder read into a directory: good rows, rows given back, and what is worth a second look."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from bot.directory.actions.check import check_actions, keep_first_action
from bot.directory.crosscheck import (
    Known,
    check_together,
    keep_first,
    keep_first_term,
    merge_agencies,
    name_agencies,
)
from bot.directory.entries import read_entry
from bot.directory.headings import LOOKED_FOR, Heading, Shape, find_heading
from bot.directory.rows import Directory, Kind, Record, SeatRow, Source, TermRow
from bot.directory.sheets.file import NO_WORKBOOK, is_called_workbook, read_content, read_path
from bot.directory.sheets.sheet import Refusal, Sheet
from bot.directory.vocabulary import fold


def read(path: Path, known: Known | None = None, encoding: str | None = None) -> Directory | Refusal:
    """Read a CSV file, an Excel workbook or a folder of them; `encoding` is for CSV files not in UTF-8.

    `known` names what the store holds and the files may use without defining it. Nothing a file holds raises.
    """
    sheets = read_path(path, encoding)
    return sheets if isinstance(sheets, Refusal) else read_sheets(sheets, known or Known())


def read_bytes(
    file: str, content: bytes, known: Known | None = None, encoding: str | None = None
) -> Directory | Refusal:
    """Read the bytes of one file, as `read` does; `file` is only its name, for messages."""
    sheets = read_content(file, content, encoding)
    return sheets if isinstance(sheets, Refusal) else read_sheets(sheets, known or Known())


def read_sheets(sheets: Sequence[Sheet], known: Known) -> Directory | Refusal:
    """Check the rows of all sheets, alone and together; a workbook may hold sheets of another purpose too."""
    warnings: list[str] = []
    headed = _find_headings(sheets, warnings)
    if isinstance(headed, Refusal):
        return headed
    entries = [
        read_entry(record, heading) for sheet, heading in headed for record in _records(sheet, heading)
    ]
    check_together(entries, known)
    check_actions(entries, known, name_agencies(entries, known))
    sound = [entry for entry in entries if not entry.problems]
    seats = keep_first((seat for entry in sound for seat in entry.seats), warnings.append)
    terms = keep_first_term(entry.term for entry in sound if entry.term)
    actions = keep_first_action((entry.action for entry in sound if entry.action), warnings.append)
    warnings.extend(_warn_of_names(seats))
    warnings.extend(_warn_of_overlaps(terms))
    return Directory(
        agencies=merge_agencies(sound),
        seats=seats,
        terms=terms,
        actions=actions,
        rejected=tuple(entry.give_back() for entry in entries if entry.problems),
        warnings=tuple(warnings),
        kinds=frozenset(kind for _, heading in headed for kind in _kinds(heading)),
    )


def _find_headings(sheets: Sequence[Sheet], warnings: list[str]) -> list[tuple[Sheet, Heading]] | Refusal:
    found: list[tuple[Sheet, Heading]] = []
    unknown: list[Sheet] = []
    for sheet in sheets:
        heading = find_heading(sheet)
        if isinstance(heading, Refusal):
            return heading
        if heading:
            found.append((sheet, heading))
            warnings.extend(
                f"{_place(sheet)}: the column {column!r} is not read" for column in heading.unread
            )
        elif sheet.lines:
            unknown.append(sheet)
    known_files = {sheet.file for sheet, _ in found}
    for sheet in unknown:
        # Only a workbook may carry sheets of another purpose; a file nobody can place is more likely a slip.
        if sheet.file not in known_files:
            return Refusal(sheet.file, _say_unknown(sheet))
        warnings.append(f"{_place(sheet)} is not read: no heading row is known in it")
    if not found:
        return Refusal(sheets[0].file if sheets else "the import", "there is nothing in it to read")
    return found


def _say_unknown(sheet: Sheet) -> str:
    if is_called_workbook(sheet.file) and not sheet.name:  # it was read as CSV: the content decides
        return NO_WORKBOOK
    return f"no heading row is known in it; looked for {LOOKED_FOR}"


def _records(sheet: Sheet, heading: Heading) -> Iterator[Record]:
    for line in sheet.lines:
        cells = heading.keep(line.cells)
        if line.row > heading.line.row and any(cells) and cells != heading.line.cells:
            source = Source(sheet.file, sheet.name, line.row)
            yield Record(source, heading.line.cells, cells, heading.columns)


def _place(sheet: Sheet) -> str:
    return f"{sheet.file}, sheet {sheet.name}" if sheet.name else sheet.file


def _kinds(heading: Heading) -> Iterator[Kind]:
    if heading.shape is Shape.TERMS:
        yield Kind.TERM
    if heading.shape is Shape.ACTIONS:
        yield Kind.ACTION
    if heading.shape in (Shape.SEATS, Shape.WIDE):
        yield Kind.SEAT
    if heading.shape not in (Shape.TERMS, Shape.ACTIONS) and heading.states_agencies:
        yield Kind.AGENCY


def _warn_of_names(seats: Iterable[SeatRow]) -> Iterator[str]:
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for seat in seats:
        if seat.email and seat.name:
            names[seat.email].setdefault(fold(seat.name), seat.name)
    for email, given in names.items():
        if len(given) > 1:
            yield f"{email} has different names and is taken as one person: {', '.join(given.values())}"


def _warn_of_overlaps(terms: Iterable[TermRow]) -> Iterator[str]:
    ordered = sorted(terms, key=lambda term: (fold(term.term_set), term.first_day, term.last_day))
    for earlier, later in pairwise(ordered):
        if fold(earlier.term_set) == fold(later.term_set) and later.first_day <= earlier.last_day:
            yield f"{later.source}: {later.name!r} of {later.term_set!r} begins before {earlier.name!r} ends"
