"""What a directory says once read: agencies, seats, terms and actions, and the rows given back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.directory.vocabulary import Role, Sector, fold
from store.answers.action import ActionState


class Kind(StrEnum):
    """What a row is about."""

    AGENCY = "agency"
    SEAT = "seat"
    TERM = "term"
    ACTION = "action"


#: Names one thing: its kind, then an agency, term set or action, then a role or term name (empty: all).
Key = tuple[Kind, str, str]


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where a row stood; `sheet` is empty for a CSV file, `row` counts from 1 as a spreadsheet does."""

    file: str
    sheet: str
    row: int

    def __str__(self) -> str:
        return (
            f"{self.file}, sheet {self.sheet}, row {self.row}"
            if self.sheet
            else f"{self.file}, row {self.row}"
        )


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency. None: the file does not speak of it; an empty value: it says that there is none."""

    name: str
    sector: Sector | None = None
    calendar: str | None = None
    domains: tuple[str, ...] | None = None
    holiday_name: str | None = None
    holiday_email: str | None = None
    closed_days: tuple[date, ...] | None = None
    staff: int | None = None
    source: Source | None = None

    @property
    def key(self) -> Key:
        """What makes it the same agency as another."""
        return (Kind.AGENCY, fold(self.name), "")


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat and who fills it; vacant where `name` and `email` are None; other Nones are not said."""

    agency: str
    role: Role
    name: str | None = None
    email: str | None = None
    language: str | None = None
    audience: str | None = None
    source: Source | None = None

    @property
    def key(self) -> Key:
        """What makes it the same seat as another."""
        return (Kind.SEAT, fold(self.agency), self.role)

    @property
    def is_vacant(self) -> bool:
        """Whether nobody fills it: a gap to list, not an error."""
        return self.email is None


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term or half-term of a set, from its first to its last school day."""

    term_set: str
    name: str
    first_day: date
    last_day: date
    source: Source | None = None

    @property
    def key(self) -> Key:
        """What makes it the same term as another."""
        return (Kind.TERM, fold(self.term_set), fold(self.name))


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A promised change. None: the file does not speak of it; an empty text: it says that there is none."""

    reference: str
    agency: str
    text: str
    owner: str | None = None
    lesson: str | None = None
    review: str | None = None
    agreed_on: date | None = None
    original_due_on: date | None = None
    due_on: date | None = None
    measure: str | None = None
    baseline: str | None = None
    baseline_on: date | None = None
    target: str | None = None
    state: ActionState | None = None
    closed_on: date | None = None
    why: str | None = None
    source: Source | None = None

    @property
    def key(self) -> Key:
        """What makes it the same action as another."""
        return (Kind.ACTION, fold(self.reference), "")


Row = AgencyRow | SeatRow | TermRow | ActionRow


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row, and under which heading."""

    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.column}: {self.reason}" if self.column else self.reason


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row given back as it was typed, with all that is to be put right; `about` is what it speaks of."""

    source: Source
    headings: tuple[str, ...]
    cells: tuple[str, ...]
    problems: tuple[Problem, ...]
    about: frozenset[Key] = frozenset()

    @property
    def column(self) -> str:
        """The heading of the first column to put right."""
        return self.problems[0].column

    @property
    def reason(self) -> str:
        """Everything to put right, in one line."""
        return "; ".join(str(problem) for problem in self.problems)

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Directory:
    """All that was read. `kinds` are the kinds of row the files hold, even where every one was given back."""

    agencies: tuple[AgencyRow, ...] = ()
    seats: tuple[SeatRow, ...] = ()
    terms: tuple[TermRow, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    warnings: tuple[str, ...] = ()
    kinds: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a sheet between its cells and what they mean; a wide row means several things."""

    source: Source
    headings: tuple[str, ...]
    cells: tuple[str, ...]
    columns: Mapping[str, int] = field(hash=False)

    def cell(self, key: str) -> str:
        """The cell under the heading known as `key`, empty where the row is shorter or has no such column."""
        n = self.columns.get(key, len(self.cells))
        return self.cells[n] if n < len(self.cells) else ""

    def heading(self, key: str) -> str:
        """The heading as it was typed."""
        n = self.columns.get(key)
        return key.replace("/", " ").replace("_", " ") if n is None else self.headings[n].strip()
