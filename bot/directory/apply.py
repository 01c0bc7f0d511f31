"""Bringing a directory in: the rows of a difference made true in the store, in one transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.directory.actions.apply import apply_action
from bot.directory.difference import Difference
from bot.directory.existing import SEATS
from bot.directory.rows import ActionRow, AgencyRow, Row, SeatRow, TermRow
from bot.directory.vocabulary import name_term_set
from messages.changes.seating import fill
from store.asking import ask
from store.asking.ask import AskState
from store.base import ordered_id
from store.database import Session
from store.decision import CALLED_BACK, note
from store.people import agency, directory, person, seat
from store.people.agency import Agency, CalendarKind
from store.people.person import Person
from store.people.seat import SeatRole


@dataclass(frozen=True, slots=True)
class Import:
    """What every row of one import shares: the board, the moment, and who said yes."""

    session: Session
    board_id: UUID
    now: datetime
    by: str


def bring_in(
    one: Import, difference: Difference, *, remove_absent: bool = False, step: Callable[[], None]
) -> None:
    """Make new and changed rows true and, only when told to, remove absent ones; `step` follows each row."""
    for row in _in_order(difference):
        _apply(one, row)
        step()
    for row in difference.absent if remove_absent else ():
        _remove(one, row)
        step()
    removed = len(difference.absent) if remove_absent else 0
    told = f"{len(difference.new)} new, {len(difference.changed)} changed, {removed} removed"
    note(one.session, one.now, "imported", told, one.by, board_id=one.board_id)


def _in_order(difference: Difference) -> Iterator[Row]:
    """Terms before the schools that keep them, agencies before their seats and actions."""
    rows = [*difference.new, *(changed.row for changed in difference.changed)]
    for kind in (TermRow, AgencyRow, SeatRow, ActionRow):
        yield from (row for row in rows if isinstance(row, kind))


def _apply(one: Import, row: Row) -> None:
    match row:
        case TermRow():
            directory.keep_term(one.session, row.term_set, row.name, row.first_day, row.last_day)
        case AgencyRow():
            _apply_agency(one, row)
        case SeatRow():
            _apply_seat(one, row)
        case ActionRow():
            apply_action(one.session, one.board_id, row, one.now, one.by)


def _apply_agency(one: Import, row: AgencyRow) -> None:
    kept = directory.keep_agency(one.session, one.board_id, row.name)
    if row.sector is not None:
        kept.sector = row.sector.value
    if row.calendar is not None:
        kept.term_set = name_term_set(row.calendar)
        kept.calendar = CalendarKind.SCHOOL if kept.term_set else CalendarKind.OFFICE
    if row.domains is not None:
        kept.domains = list(row.domains)
    if row.staff is not None:
        kept.staff = row.staff
    one.session.flush()
    if row.closed_days is not None:
        directory.set_closures(one.session, kept.id, row.closed_days)
    if row.holiday_name is not None or row.holiday_email is not None:
        _seat(one, kept, SeatRole.HOLIDAY_CONTACT, _holiday_contact(one, kept, row))


def _holiday_contact(one: Import, kept: Agency, row: AgencyRow) -> Person | None:
    if row.holiday_email:
        return _person(one.session, row.holiday_name or row.holiday_email, row.holiday_email)
    if not row.holiday_name:
        return None
    # A name without an address is still somebody to ring.
    place = seat.ensure(one.session, one.board_id, kept.id, SeatRole.HOLIDAY_CONTACT)
    before = seat.holder(one.session, place.id)
    if before is not None and person.email_of(one.session, before.id) is None:
        before.name = row.holiday_name
        return before
    named = Person(id=ordered_id(), name=row.holiday_name)
    one.session.add(named)
    one.session.flush()
    return named


def _apply_seat(one: Import, row: SeatRow) -> None:
    where = agency.by_name(one.session, row.agency)
    if where is None:
        raise LookupError(f"{row.agency} is not in the directory")
    taker = None
    if row.email is not None:
        taker = _person(one.session, row.name or row.email, row.email)
        taker.language = row.language or taker.language
        taker.audience = row.audience or taker.audience
    _seat(one, where, SEATS[row.role], taker)


def _person(session: Session, name: str, email: str) -> Person:
    """The person of this address, called as the file calls them; back again where they had left."""
    kept = person.keep(session, name, email)
    if name != email:
        kept.name = name
    kept.left_at = None
    session.flush()
    return kept


def _seat(one: Import, where: Agency, role: SeatRole, taker: Person | None) -> None:
    place = seat.ensure(one.session, one.board_id, where.id, role)
    fill(one.session, place, where, taker, one.now, one.by)


def _remove(one: Import, row: Row) -> None:
    match row:
        case TermRow():
            directory.remove_term(one.session, row.term_set, row.name)
        case AgencyRow() | SeatRow():
            where = agency.by_name(one.session, row.name if isinstance(row, AgencyRow) else row.agency)
            if where is not None:
                _remove_from_board(one, where, SEATS[row.role] if isinstance(row, SeatRow) else None)
        case ActionRow():
            pass  # what was promised stands until it is closed


def _remove_from_board(one: Import, where: Agency, role: SeatRole | None) -> None:
    """Empty one seat of an agency or, with no role, all of them, and let it leave the board."""
    for place in directory.seats_of(one.session, one.board_id, where.id):
        if role is None or place.role is role:
            fill(one.session, place, where, None, one.now, one.by)
            if role is None:
                _withdraw(one, where, place.id)
    if role is None:
        directory.end_membership(one.session, one.board_id, where.id)
        reason = f"{where.name} is no longer a member"
        note(one.session, one.now, "left", reason, one.by, board_id=one.board_id, agency_id=where.id)


def _withdraw(one: Import, where: Agency, seat_id: UUID) -> None:
    for owed in ask.open_of_seat(one.session, seat_id):
        ask.close(one.session, owed.id, AskState.WITHDRAWN, one.now)
        reason = f"{where.name} is no longer a member"
        note(
            one.session,
            one.now,
            CALLED_BACK,
            reason,
            one.by,
            board_id=one.board_id,
            campaign_id=owed.campaign_id,
            ask_id=owed.id,
            agency_id=where.id,
        )
