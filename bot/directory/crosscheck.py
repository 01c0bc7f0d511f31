"""What shows only when rows are read together: unknown names, two people for a seat, facts that disagree."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.directory.entries import Entry
from bot.directory.rows import ActionRow, AgencyRow, Key, Kind, SeatRow, TermRow
from bot.directory.vocabulary import fold, name_term_set

#: What an agency row can state, each named as its column is.
FACTS = ("sector", "calendar", "domains", "holiday_name", "holiday_email", "closed_days", "staff")


@dataclass(frozen=True, slots=True)
class Known:
    """Names the store already holds, which a file may use without defining them."""

    agencies: Collection[str] = ()
    term_sets: Collection[str] = ()
    #: The codes of the board's lessons, with the day on which each was first sent.
    lessons: Mapping[str, date | None] = field(default_factory=dict)
    actions: Collection[ActionRow] = ()


def check_together(entries: Sequence[Entry], known: Known) -> None:
    """Note every problem that needs more than one row; what a row given back defined is gone too."""
    for check in (_check_terms, _check_facts, _check_seats):
        check(_sound(entries))
    # In this order, as a row given back takes away what it defined: terms, then schools, then their seats.
    _check_sets(entries, known)
    _check_agencies(entries, known)


def merge_agencies(entries: Iterable[Entry]) -> tuple[AgencyRow, ...]:
    """One row per agency of the sound entries: repeats complete one another, the first spelling stays."""
    merged: dict[Key, AgencyRow] = {}
    for entry in _sound(entries):
        if entry.agency:
            found = merged.setdefault(entry.agency.key, entry.agency)
            gained = {fact: getattr(entry.agency, fact) for fact in FACTS if not getattr(found, fact)}
            merged[found.key] = replace(
                found, **{fact: value for fact, value in gained.items() if value is not None}
            )
    return tuple(merged.values())


def name_agencies(entries: Sequence[Entry], known: Known) -> set[str]:
    """The folded names of the agencies that there are, or will be after the import."""
    return {fold(each) for each in known.agencies} | {row.key[1] for row in merge_agencies(entries)}


def _sound(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if not entry.problems]


def _check_terms(entries: list[Entry]) -> None:
    days: dict[Key, set[Hashable]] = defaultdict(set)
    terms = [(entry, entry.term) for entry in entries if entry.term]
    for _, term in terms:
        days[term.key].add((term.first_day, term.last_day))
    for entry, term in terms:
        if len(days[term.key]) > 1:
            entry.note(
                "term_name", f"{term.name!r} of {term.term_set!r} is given with different days; keep one"
            )


def _check_facts(entries: list[Entry]) -> None:
    stated: dict[tuple[str, str], dict[Hashable, None]] = defaultdict(dict)
    rows = [(entry, entry.agency) for entry in entries if entry.agency]
    for _, agency in rows:
        for fact in FACTS:
            if value := getattr(agency, fact):
                stated[agency.key[1], fact][value] = None
    for entry, agency in rows:
        for fact in FACTS:
            if getattr(agency, fact) and len(stated[agency.key[1], fact]) > 1:
                shown = " and ".join(sorted(_show(value) for value in stated[agency.key[1], fact]))
                entry.note(fact, f"differs between the rows of {agency.name}: {shown}; keep one")


def _check_seats(entries: list[Entry]) -> None:
    holders: dict[Key, dict[str, str]] = defaultdict(dict)
    seats = [(entry, seat) for entry in entries for seat in entry.seats]
    for _, seat in seats:
        if seat.email:
            holders[seat.key].setdefault(seat.email, f"{seat.name} <{seat.email}>")
    for entry, seat in seats:
        if len(holders[seat.key]) > 1 and seat.email:
            shown = " and ".join(sorted(holders[seat.key].values()))
            key = "role" if "role" in entry.record.columns else f"{seat.role}/name"
            entry.note(
                key, f"the {seat.role} of {seat.agency} is given to {shown}; a seat has one holder: keep one"
            )


def _check_sets(entries: Sequence[Entry], known: Known) -> None:
    spelling = {fold(each): each for each in known.term_sets}
    spelling |= {
        fold(entry.term.term_set): entry.term.term_set for entry in reversed(_sound(entries)) if entry.term
    }
    for entry in _sound(entries):
        wanted = name_term_set(entry.agency.calendar) if entry.agency and entry.agency.calendar else None
        if entry.agency and wanted and fold(wanted) in spelling:
            entry.agency = replace(entry.agency, calendar=f"school: {spelling[fold(wanted)]}")
        elif wanted:
            entry.note(
                "calendar", f"no terms are known for the set {wanted!r}; add its dates or correct its name"
            )


def _check_agencies(entries: Sequence[Entry], known: Known) -> None:
    names = name_agencies(entries, known)
    given_back = {
        key[1] for entry in entries if entry.problems for key in entry.about if key[0] is Kind.AGENCY
    }
    for entry in _sound(entries):
        missing = next((seat.agency for seat in entry.seats if fold(seat.agency) not in names), None)
        if missing and fold(missing) in given_back:
            entry.note(
                "agency", f"the row that describes {missing} is given back too; put that one right first"
            )
        elif missing:
            entry.note(
                "agency",
                f"{missing!r} is not an agency of this import or of the board; add it or correct its name",
            )


def _show(value: object) -> str:
    return repr(", ".join(str(each) for each in value) if isinstance(value, tuple) else str(value))


def keep_first(rows: Iterable[SeatRow], warn: Callable[[str], None]) -> tuple[SeatRow, ...]:
    """One row per seat: of repeats the first that names somebody; every repeat is warned of."""
    kept: dict[Key, SeatRow] = {}
    for row in rows:
        found = kept.setdefault(row.key, row)
        if found.is_vacant:
            kept[row.key] = row
        if found is not row:
            warn(f"{row.source}: the {row.role} of {row.agency} is given twice; one is kept")
    return tuple(kept.values())


def keep_first_term(rows: Iterable[TermRow]) -> tuple[TermRow, ...]:
    """One row per term; repeats that reach here give the same days."""
    kept: dict[Key, TermRow] = {}
    for row in rows:
        kept.setdefault(row.key, row)
    return tuple(kept.values())
