"""What a sheet holds, told from its headings whatever their case, order and synonyms."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from bot.directory.actions.columns import ACTION_COLUMNS, ACTION_FACTS
from bot.directory.sheets.sheet import UNHEADED, Line, Refusal, Sheet
from bot.directory.vocabulary import Role, find_role, simplify

#: Columns that `write_rejected` adds, and reading passes over.
REASON = "What to put right"
ORIGIN = "Came from"

#: The heading may stand below a title or two, but not lower than this many rows with something in them.
_DEEPEST = 20


class Shape(StrEnum):
    """How the rows of a sheet are to be read."""

    AGENCIES = "agencies"
    SEATS = "seats"
    WIDE = "one agency to a row, its seats side by side"
    TERMS = "terms"
    ACTIONS = "actions"


_COLUMNS = {
    "agency": (
        "agency",
        "agency name",
        "organisation",
        "organization",
        "organisation name",
        "member agency",
        "setting",
    ),
    "sector": ("sector", "type", "agency type", "type of agency"),
    "calendar": ("calendar", "working calendar"),
    "staff": ("staff", "headcount", "staff headcount", "number of staff", "paid staff"),
    "domains": ("domains", "domain", "email domains", "email domain", "known email domains"),
    "holiday_name": (
        "holiday contact name",
        "holiday contact",
        "holiday safeguarding contact",
        "holiday safeguarding contact name",
        "august contact",
        "august contact name",
    ),
    "holiday_email": (
        "holiday contact email",
        "holiday safeguarding contact email",
        "august contact email",
        "holiday email",
    ),
    "closed_days": ("closed days", "closures", "closure days", "closure dates", "closed"),
    "role": ("role", "seat"),
    "name": ("name", "full name", "contact name", "person", "contact"),
    "email": ("email", "e mail", "email address", "e mail address", "mail", "work email", "contact email"),
    "language": ("language", "preferred language"),
    "audience": ("audience", "group"),
    "term_set": ("term set", "set", "set of terms", "school terms"),
    "term_name": ("term name", "term", "half term"),
    "first_day": ("first day", "start", "starts", "start date", "from"),
    "last_day": ("last day", "end", "ends", "end date", "to"),
}
_KEYS = {simplify(heading): key for key, headings in ACTION_COLUMNS.items() for heading in headings}
_KEYS |= {heading: key for key, headings in _COLUMNS.items() for heading in headings}
_AGENCY_FACTS = frozenset(
    {"sector", "calendar", "staff", "domains", "holiday_name", "holiday_email", "closed_days"}
)
_TERM_FACTS = frozenset({"term_set", "term_name", "first_day", "last_day"})
#: What a heading row may be, for the refusal of a file that has none.
LOOKED_FOR = (
    "Agency, Sector, Calendar (agencies); Agency, Role, Name, Email (seats); Agency, Training "
    "representative, Representative email (one agency to a row); Term set, Term name, First day, "
    "Last day (terms); or Action reference, Agency, Action, Owner, Due date (actions)"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A recognised heading row: what the sheet holds, and in which column (from 0) each key stands."""

    shape: Shape
    line: Line
    columns: Mapping[str, int]
    added: frozenset[int] = frozenset()

    def keep(self, cells: Sequence[str]) -> tuple[str, ...]:
        """The cells as wide as the heading, without the columns that giving rows back has `added`."""
        kept = tuple(cell for n, cell in enumerate(cells) if n not in self.added)
        return kept + ("",) * (len(self.line.cells) - len(kept))

    @property
    def states_agencies(self) -> bool:
        """Whether the rows say anything about the agency itself."""
        if self.shape is Shape.ACTIONS:
            return False
        return self.shape in (Shape.AGENCIES, Shape.WIDE) or bool(_AGENCY_FACTS & self.columns.keys())

    @property
    def stray(self) -> tuple[int, ...]:
        """The columns whose cells stand beyond the last heading of a CSV file."""
        return tuple(n for n, cell in enumerate(self.line.cells) if cell == UNHEADED)

    @property
    def unread(self) -> tuple[str, ...]:
        """Headings of columns that are passed over."""
        read = set(self.columns.values())
        cells = enumerate(self.line.cells)
        return tuple(
            cell.strip() for n, cell in cells if n not in read and cell.strip() not in ("", UNHEADED)
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """A heading row of any other list, and in which column (from 0) each key stands."""

    line: Line
    places: Mapping[str, int]


def seat_key(role: Role, part: str) -> str:
    """The key of a wide sheet's column; `part` is `name` or `email`."""
    return f"{role}/{part}"


def find_heading(sheet: Sheet) -> Heading | Refusal | None:
    """The first row that reads as a heading, or None; refused where two columns are headed alike."""
    for line in sheet.lines[:_DEEPEST]:
        added = frozenset(n for n, cell in enumerate(line.cells) if cell.strip() in (REASON, ORIGIN))
        cells = tuple(cell for n, cell in enumerate(line.cells) if n not in added)
        keys = [_find_key(cell) for cell in cells]
        shape = _find_shape({key for key in keys if key})
        if shape is None:
            continue
        keys = [key if _belongs(key, shape) else None for key in keys]
        twice = next((key for key, count in Counter(keys).items() if key and count > 1), None)
        if twice:
            alike = " and ".join(repr(cell) for cell, key in zip(cells, keys, strict=True) if key == twice)
            return Refusal(
                sheet.file, f"{_place(sheet)}row {line.row} heads two columns alike: {alike}; keep one"
            )
        columns = {key: n for n, key in enumerate(keys) if key}
        return Heading(shape, Line(line.row, cells), columns, added)
    return None


def find_columns(sheet: Sheet, wanted: Set[str]) -> Columns | Refusal | None:
    """The first row that heads all the keys wanted, or None; refused where it heads one of them twice."""
    for line in sheet.lines[:_DEEPEST]:
        keys = [_find_key(cell) for cell in line.cells]
        if not wanted <= set(keys):
            continue
        twice = next((key for key in sorted(wanted) if keys.count(key) > 1), None)
        if twice:
            return Refusal(
                sheet.file, f"{_place(sheet)}row {line.row} heads two columns as {twice}; keep one"
            )
        return Columns(line, {key: keys.index(key) for key in wanted})
    return None


def _belongs(key: str | None, shape: Shape) -> bool:
    """Whether a sheet of this shape has such a column; else it is passed over, and said to be."""
    if shape is Shape.ACTIONS:
        return key in ACTION_COLUMNS
    return key in _COLUMNS or key not in ACTION_COLUMNS


def _place(sheet: Sheet) -> str:
    return f"sheet {sheet.name!r}: " if sheet.name else ""


def _find_key(cell: str) -> str | None:
    words = simplify(cell)
    if words in _KEYS:
        return _KEYS[words]
    matched = re.fullmatch(r"(.+?) (?:e ?mail|mail)(?: address)?", words)
    if matched and (role := find_role(matched[1])):
        return seat_key(role, "email")
    role = find_role(words.removesuffix(" name"))
    return seat_key(role, "name") if role else None


def _find_shape(keys: set[str]) -> Shape | None:
    if keys >= _TERM_FACTS:
        return Shape.TERMS
    if "agency" not in keys:
        return None
    if keys >= ACTION_FACTS:
        return Shape.ACTIONS
    if "role" in keys:
        return Shape.SEATS if "email" in keys else None
    if any("/" in key for key in keys):
        return Shape.WIDE
    return Shape.AGENCIES if {"sector", "calendar"} & keys else None
