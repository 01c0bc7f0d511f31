"""One row of a sheet read on its own: what it says, and what is to be put right in it."""

from dataclasses import dataclass, field

from bot.directory.actions.entry import take_action
from bot.directory.checker import Checker
from bot.directory.headings import Heading, Shape, seat_key
from bot.directory.rows import ActionRow, AgencyRow, Key, Kind, Problem, Record, RejectedRow, SeatRow, TermRow
from bot.directory.vocabulary import Role, fold


@dataclass(slots=True)
class Entry:
    """A row on its way to the directory; while it has problems, nothing it says is taken."""

    record: Record
    about: frozenset[Key]
    agency: AgencyRow | None = None
    seats: tuple[SeatRow, ...] = ()
    term: TermRow | None = None
    action: ActionRow | None = None
    problems: list[Problem] = field(default_factory=list)

    def note(self, key: str, reason: str) -> None:
        """Note a problem under the heading of `key`."""
        self.problems.append(Problem(self.record.heading(key), reason))

    def give_back(self) -> RejectedRow:
        """The row as it was typed, with its problems."""
        record = self.record
        return RejectedRow(record.source, record.headings, record.cells, tuple(self.problems), self.about)


def read_entry(record: Record, heading: Heading) -> Entry:
    """Read one record by the shape of its sheet; problems that need other rows are found later."""
    checker = Checker(record)
    match heading.shape:
        case Shape.TERMS:
            entry = _read_term(checker)
        case Shape.AGENCIES:
            entry = _read_agency(checker)
        case Shape.SEATS:
            entry = _read_seat(checker, heading.states_agencies)
        case Shape.WIDE:
            entry = _read_wide(checker)
        case Shape.ACTIONS:
            entry = _read_action(checker)
    if any(record.cells[n : n + 1] not in ((), ("",)) for n in heading.stray):
        checker.note(
            "", "the row has more cells than there are headings; put quotation marks around text with commas"
        )
    entry.problems.extend(checker.problems)
    return entry


def _read_term(checker: Checker) -> Entry:
    term_set, name = checker.required("term_set"), checker.required("term_name")
    first, last = checker.day("first_day"), checker.day("last_day")
    if first and last and last < first:
        checker.note("last_day", "the last day is before the first; correct one of them")
    entry = Entry(checker.record, frozenset({_name(Kind.TERM, term_set, name)}))
    if first and last:
        entry.term = TermRow(term_set, name, first, last, checker.record.source)
    return entry


def _read_agency(checker: Checker) -> Entry:
    row = _take_agency(checker)
    return Entry(checker.record, frozenset({row.key}), agency=row)


def _read_seat(checker: Checker, states_agency: bool) -> Entry:
    agency = _take_agency(checker) if states_agency else AgencyRow(_take_agency_name(checker))
    role = checker.role("role")
    name, email = _take_holder(checker, "name", "email")
    seats: tuple[SeatRow, ...] = ()
    if role:
        language = checker.language("language")
        audience = checker.text("audience").casefold() or None
        seats = (SeatRow(agency.name, role, name, email, language, audience, checker.record.source),)
    about = {_name(Kind.SEAT, agency.name, role or "")} | ({agency.key} if states_agency else set())
    return Entry(checker.record, frozenset(about), agency if states_agency else None, seats)


def _read_wide(checker: Checker) -> Entry:
    agency = _take_agency(checker)
    seats: list[SeatRow] = []
    for role in Role:
        keys = seat_key(role, "name"), seat_key(role, "email")
        if any(checker.has(key) for key in keys):
            name, email = _take_holder(checker, *keys)
            seats.append(SeatRow(agency.name, role, name, email, source=checker.record.source))
    return Entry(
        checker.record,
        frozenset({agency.key, *(_name(Kind.SEAT, agency.name, seat.role) for seat in seats)}),
        agency,
        tuple(seats),
    )


def _read_action(checker: Checker) -> Entry:
    row = take_action(checker, _take_agency_name(checker))
    return Entry(checker.record, frozenset({_name(Kind.ACTION, row.reference, "")}), action=row)


def _name(kind: Kind, first: str, second: str) -> Key:
    """What the row speaks of; where the first name cannot be read it may be anything of that kind."""
    return (kind, fold(first), fold(second) if first else "")


def _take_agency_name(checker: Checker) -> str:
    name = checker.title("agency")
    if not name:
        # Only the first of merged cells holds what all of them show.
        merged = "; if it is merged with the cell above, unmerge them: merged cells are not read"
        checker.note("agency", "is missing" + (merged if checker.record.source.sheet else ""))
    return name


def _take_agency(checker: Checker) -> AgencyRow:
    return AgencyRow(
        name=_take_agency_name(checker),
        sector=checker.sector("sector"),
        calendar=checker.calendar("calendar"),
        domains=checker.domains("domains"),
        holiday_name=checker.title("holiday_name") if checker.has("holiday_name") else None,
        holiday_email=checker.address("holiday_email") if checker.has("holiday_email") else None,
        closed_days=checker.days("closed_days"),
        staff=checker.count("staff"),
        source=checker.record.source,
    )


def _take_holder(checker: Checker, name_key: str, email_key: str) -> tuple[str | None, str | None]:
    name, email = checker.title(name_key), checker.address(email_key)
    if name and not email:
        checker.note(email_key, f"is missing for {name}; leave both empty where the seat is vacant")
    if email and not name:
        checker.note(name_key, f"is missing for {email}; say who reads it, such as 'School office'")
    return name or None, email or None
