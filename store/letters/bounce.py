"""Bounce: an address that refuses mail for good, whoever noticed it."""

from datetime import datetime

from sqlalchemy.orm import Session

from store import chore
from store.asking.ask import live_of_agency
from store.asking.round import has_another_address, take_back
from store.chore import ChoreKind, Wanted
from store.decision import note
from store.letters import alarm, pause
from store.people import seat
from store.people.agency import Agency
from store.people.person import Address, AddressState, Person
from store.people.seat import Seat


def mark(session: Session, address: Address, reason: str, now: datetime, by: str) -> None:
    """Mark an address; nothing more goes there, and where its owner has no other somebody is to be found."""
    owner = session.get_one(Person, address.person_id)
    address.state, address.reason, address.marked_at = AddressState.BOUNCED, reason, now
    session.flush()
    note(session, now, "bounced", f"{address.value}: {reason}", by, person_id=owner.id)
    if not has_another_address(session, address):
        pause.drop_for_person(session, owner.id, f"{address.value} bounced")
        told = f"{owner.name} cannot be reached at {address.value}: {reason}"
        held = seat.held_by(session, owner.id)
        chore.open_all(session, [vacancy(one, agency, told) for one, agency in held], now)
        take_back(session, owner.id, f"{owner.name} cannot be reached: {reason}", now, by)
    look_again(session, owner, now)


def shun(address: Address, reason: str) -> None:
    """Let nothing more go to an address today; the night marks it, with all that follows.

    What is written down tells nothing nearer than the day. `mark` gives it the day it was found on.
    """
    address.state, address.reason, address.marked_at = AddressState.BOUNCED, reason, None


def vacancy(held: Seat, agency: Agency, why: str) -> Wanted:
    """The chore of finding somebody for a seat."""
    return Wanted(
        ChoreKind.FILL_SEAT,
        chore.name_seat(held.board_id, agency.id, held.role.value),
        f"{agency.name} needs a {held.role.words}: {why}.",
        held.board_id,
        agency.id,
    )


def look_again(session: Session, person: Person, now: datetime) -> None:
    """Let the asks of every agency in which somebody holds a seat be looked at afresh."""
    session.flush()
    for _, agency in seat.held_by(session, person.id):
        alarm.ring(session, [ask.id for ask in live_of_agency(session, agency.id)], now)
