"""Seating: somebody new takes a seat, or it falls vacant; the debt stays with the seat."""

from datetime import datetime
from uuid import UUID

from messages.chasing.addressees import ASKED, names_of
from store import chore
from store.asking import ask
from store.asking.ask import AskState
from store.asking.round import begin_round
from store.chore import ChoreKind
from store.database import Session
from store.decision import note
from store.letters import alarm, pause
from store.people import seat
from store.people.agency import Agency
from store.people.person import Person
from store.people.seat import Seat


def fill(session: Session, place: Seat, agency: Agency, taker: Person | None, now: datetime, by: str) -> bool:
    """Put a person into a seat, or empty it with None; False where nothing changes.

    What waited for the one before is dropped and their links die. Whoever takes a seat that owes
    something gets a first letter about it, and the ladder goes on with them.
    """
    before = seat.holder(session, place.id)
    if (before.id if before else None) == (taker.id if taker else None):
        return False
    seat.seat_person(session, place.id, taker.id if taker else None, now)
    reason = _reason(place, agency, before, taker)
    note(
        session,
        now,
        "seat changed",
        reason,
        by,
        board_id=place.board_id,
        agency_id=agency.id,
        person_id=taker.id if taker else before.id if before else None,
    )
    if before is not None:
        roles = names_of(place.role.value, is_school=agency.is_school)
        pause.drop_for_seat(session, place, before.id, ASKED, roles, reason)
    if taker is not None:
        key = chore.name_seat(place.board_id, agency.id, place.role.value)
        chore.finish(session, ChoreKind.FILL_SEAT, key, by, now)
    _pass_on(session, place, taker, reason, now)
    _look_again(session, agency.id, now)
    return True


def _reason(place: Seat, agency: Agency, before: Person | None, taker: Person | None) -> str:
    seat_words = f"{place.role.words} of {agency.name}"
    if taker is None:
        return f"the seat of {seat_words} is vacant" + (f", after {before.name}" if before else "")
    return f"{taker.name} is now {seat_words}" + (f", after {before.name}" if before else "")


def _pass_on(session: Session, place: Seat, taker: Person | None, reason: str, now: datetime) -> None:
    """Let every open ask of the seat rest with whoever holds it now; older links to it die."""
    for owed in ask.open_of_seat(session, place.id):
        owed.delegate_id = None
        owed.generation += 1
        session.flush()
        if taker is not None and owed.state is AskState.ASKED:
            begin_round(session, owed, now, reason)


def _look_again(session: Session, agency_id: UUID, now: datetime) -> None:
    alarm.ring(session, [one.id for one in ask.live_of_agency(session, agency_id)], now)
