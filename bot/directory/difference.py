"""What an import would change, told before it changes anything."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.directory.actions.columns import COMPARED
from bot.directory.crosscheck import FACTS, Known
from bot.directory.rows import ActionRow, AgencyRow, Directory, Key, Kind, Row, SeatRow, TermRow
from bot.directory.vocabulary import fold

_COMPARED: Mapping[Kind, tuple[str, ...]] = {
    Kind.AGENCY: FACTS,
    Kind.SEAT: ("name", "email", "language", "audience"),
    Kind.TERM: ("first_day", "last_day"),
    Kind.ACTION: COMPARED,
}


@dataclass(frozen=True, slots=True)
class Existing:
    """What the store holds, in the same rows as a file gives (without a source)."""

    agencies: tuple[AgencyRow, ...] = ()
    seats: tuple[SeatRow, ...] = ()
    terms: tuple[TermRow, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    #: The codes of the board's lessons, which actions follow, with the day on which each was first sent.
    lessons: Mapping[str, date | None] = field(default_factory=dict)

    @property
    def known(self) -> Known:
        """The names that a file may use without defining them."""
        sets = {fold(row.term_set): row.term_set for row in self.terms}
        names = tuple(row.name for row in self.agencies)
        return Known(names, tuple(sets.values()), self.lessons, self.actions)


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a thing that is there already; `before` and `after` are text, empty for nothing."""

    field: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.field.replace('_', ' ')}: {self.before or 'none'} → {self.after or 'none'}"


@dataclass(frozen=True, slots=True)
class Changed:
    """A thing that is there already and would become otherwise; `row` is what the file says of it."""

    row: Row
    changes: tuple[Change, ...]

    def __str__(self) -> str:
        return f"{describe(self.row)}: {'; '.join(str(change) for change in self.changes)}"


@dataclass(frozen=True, slots=True)
class Difference:
    """New and changed rows of the file, rows of the store it does not name, and counts of the unchanged."""

    new: tuple[Row, ...] = ()
    changed: tuple[Changed, ...] = ()
    absent: tuple[Row, ...] = ()
    unchanged: Mapping[Kind, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether importing would change nothing, absent rows left alone."""
        return not self.new and not self.changed


def compare(directory: Directory, existing: Existing) -> Difference:
    """Compare what was read with what is there.

    Absent are only things of a kind the files hold, and of term sets they name; nothing that a row given back
    may speak of is absent. A fact the file does not state is not compared.
    """
    there = {row.key: row for row in _all(existing)}
    given = {row.key: row for row in _all(directory)}
    changed: list[Changed] = []
    unchanged: Counter[Kind] = Counter()
    for key, row in given.items():
        if key in there:
            changes = tuple(_changes(there[key], row))
            changed.extend([Changed(row, changes)] if changes else [])
            unchanged[key[0]] += not changes
    return Difference(
        new=tuple(row for key, row in given.items() if key not in there),
        changed=tuple(changed),
        absent=tuple(_find_absent(directory, there)),
        unchanged=unchanged,
    )


def describe(row: Row) -> str:
    """A row in a few words, as a coordinator would name it."""
    match row:
        case AgencyRow():
            return row.name
        case SeatRow():
            return f"{row.role} of {row.agency}"
        case TermRow():
            return f"{row.name} of {row.term_set}"
        case ActionRow():
            return f"action {row.reference} of {row.agency}"


def _all(rows: Directory | Existing) -> Iterator[Row]:
    yield from rows.agencies
    yield from rows.seats
    yield from rows.terms
    yield from rows.actions


def _changes(before: Row, after: Row) -> Iterator[Change]:
    vacated = isinstance(after, SeatRow) and after.is_vacant
    for name in _COMPARED[after.key[0]]:
        old, new = getattr(before, name), getattr(after, name)
        stated = new is not None or (vacated and name in ("name", "email"))
        if stated and (old or None) != (new or None):
            yield Change(name, _show(old), _show(new))


def _show(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)


def _find_absent(directory: Directory, there: Mapping[Key, Row]) -> Iterator[Row]:
    named = {row.key for row in _all(directory)}
    named.update(key for row in directory.rejected for key in row.about)
    sets = {key[1] for key in named if key[0] is Kind.TERM}
    for key, row in there.items():
        # What was promised stands until it is closed, whatever a file leaves out.
        if key[0] not in directory.kinds or key[0] is Kind.ACTION or _covers(named, key):
            continue
        if key[0] is not Kind.TERM or key[1] in sets:
            yield row


def _covers(named: set[Key], key: Key) -> bool:
    """Whether the thing is named, or may be meant by a row that names only its agency, or not even that."""
    return bool({key, (key[0], key[1], ""), (key[0], "", "")} & named)
