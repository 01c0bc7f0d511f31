"""Bookings: a list of people booked on a course, read from CSV or Excel and kept with its campaign."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from bot.directory.checker import Checker
from bot.directory.headings import Columns, find_columns
from bot.directory.rows import Record, Source
from bot.directory.sheets.file import read_path
from bot.directory.sheets.sheet import Refusal, Sheet
from bot.directory.vocabulary import fold
from store.asking.campaign import Campaign
from store.database import Session
from store.people import booking, person
from store.people.agency import Agency, members

#: The columns that a list has, whatever else is in it.
WANTED = frozenset({"name", "email", "agency"})


@dataclass(frozen=True, slots=True)
class Booked:
    """One row of a list: somebody booked, and the name of their agency as it was typed."""

    name: str
    email: str
    agency: str
    source: Source


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of bookings, everybody once; `faults` are rows to put right, a sentence each."""

    booked: tuple[Booked, ...]
    faults: tuple[str, ...] = ()


def read_bookings(path: Path, encoding: str | None = None) -> Listed | Refusal:
    """Read the rows of a file with the columns Name, Email and Agency; nothing it holds raises.

    The same address is the same person: its first row counts. `encoding` is for CSV files not in UTF-8.
    """
    sheets = read_path(path, encoding)
    if isinstance(sheets, Refusal):
        return sheets
    headed: list[tuple[Sheet, Columns]] = []
    for sheet in sheets:
        columns = find_columns(sheet, WANTED)
        if isinstance(columns, Refusal):
            return columns
        if columns is not None:
            headed.append((sheet, columns))
    if not headed:
        return Refusal(path.name, "no heading row is known in it; looked for Name, Email, Agency")
    listed = _list([record for sheet, columns in headed for record in _records(sheet, columns)])
    if not listed.booked and not listed.faults:
        return Refusal(path.name, "nobody is booked in it")
    return listed


def _list(records: Sequence[Record]) -> Listed:
    rows: dict[str, Booked] = {}
    faults: list[str] = []
    for found in map(_read, records):
        if isinstance(found, str):
            faults.append(found)
        elif fold(rows.setdefault(found.email, found).agency) != fold(found.agency):
            first = rows[found.email]
            faults.append(f"{found.source}: {found.email} is booked for {first.agency} in {first.source}")
    return Listed(tuple(rows.values()), tuple(faults))


def _records(sheet: Sheet, columns: Columns) -> Iterator[Record]:
    for line in sheet.lines:
        if line.row > columns.line.row:
            source = Source(sheet.file, sheet.name, line.row)
            yield Record(source, columns.line.cells, line.cells, columns.places)


def _read(record: Record) -> Booked | str:
    checker = Checker(record)
    name, email, agency = checker.title("name"), checker.address("email"), checker.title("agency")
    for key, text in (("name", name), ("email", email), ("agency", agency)):
        if not text:
            checker.note(key, "is missing")
    if checker.problems:
        return f"{record.source}: {'; '.join(str(problem) for problem in checker.problems)}"
    return Booked(name, email, agency, record.source)


def keep_bookings(session: Session, wanted: Campaign, listed: Sequence[Booked]) -> int | list[str]:
    """Keep a list with its campaign: all of it, or nothing where an agency is none of the board's.

    Gives how many are new, or the rows to put right. People who were not known are added, without a seat.
    """
    known = {where.folded: where for where in members(session, wanted.board_id)}
    faults = [fault for one in listed if (fault := _find_stranger(one, known))]
    if faults:
        return faults
    return sum(
        booking.add(
            session, wanted.id, person.keep(session, one.name, one.email).id, known[fold(one.agency)].id
        )
        for one in listed
    )


def _find_stranger(one: Booked, known: Mapping[str, Agency]) -> str:
    if fold(one.agency) in known:
        return ""
    near = [known[name].name for name in get_close_matches(fold(one.agency), known, n=2)]
    meant = f"; did you mean {' or '.join(near)}?" if near else "; import it first, or correct the name"
    return f"{one.source}: Agency: {one.agency!r} is no agency of the board{meant}"
