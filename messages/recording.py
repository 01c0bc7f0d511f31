"""Recording: what a coordinator learned by other ways: away, left, bounced; debts stay with the seat."""

from datetime import date, datetime

from store import alarm, chore, pause, seat
from store.agency import Agency
from store.ask import live_of_agency
from store.chore import ChoreKind
from store.database import Session
from store.decision import note
from store.person import Address, AddressState, Person
from store.round import has_another_address, take_back
from store.seat import Seat


def away(session: Session, person: Person, until: date, now: datetime, by: str) -> None:
    """Note an absence, its last day included. It is no answer: the deputy gets one notice instead."""
    person.away_until = until
    note(session, now, "away", f"{person.name} is away until {until}", by, person_id=person.id)
    _look_again(session, person, now)


def bounced(session: Session, address: Address, reason: str, now: datetime, by: str) -> None:
    """Mark an address that refuses mail for good; nothing more goes there, and somebody is to be found."""
    person = session.get_one(Person, address.person_id)
    address.state, address.reason, address.marked_at = AddressState.BOUNCED, reason, now
    pause.drop_for_person(session, person.id, f"{address.value} bounced")
    note(session, now, "bounced", f"{address.value}: {reason}", by, person_id=person.id)
    for held, agency in seat.held_by(session, person.id):
        _list_vacancy(
            session, held, agency, f"{person.name} cannot be reached at {address.value}: {reason}", now
        )
    if not has_another_address(session, address):
        take_back(session, person.id, f"{person.name} cannot be reached: {reason}", now, by)
    _look_again(session, person, now)


def left(session: Session, person: Person, now: datetime, by: str) -> None:
    """Note that somebody has left: every seat of theirs is vacant, every link of theirs is dead."""
    note(session, now, "left", f"{person.name} has left", by, person_id=person.id)
    pause.drop_for_person(session, person.id, f"{person.name} has left")
    held = seat.held_by(session, person.id)
    _look_again(session, person, now)
    for one, agency in held:
        seat.seat_person(session, one.id, None, now)
        _list_vacancy(session, one, agency, f"{person.name} has left", now)
    person.left_at = now
    take_back(session, person.id, f"{person.name} has left", now, by)
    session.flush()


def _list_vacancy(session: Session, held: Seat, agency: Agency, why: str, now: datetime) -> None:
    chore.open_once(
        session,
        ChoreKind.FILL_SEAT,
        chore.name_seat(held.board_id, agency.id, held.role.value),
        f"{agency.name} needs a {held.role.words}: {why}.",
        now,
        board_id=held.board_id,
        agency_id=agency.id,
    )


def _look_again(session: Session, person: Person, now: datetime) -> None:
    """Let the asks of every agency in which they hold a seat be looked at afresh."""
    session.flush()
    for _, agency in seat.held_by(session, person.id):
        alarm.ring(session, [ask.id for ask in live_of_agency(session, agency.id)], now)
