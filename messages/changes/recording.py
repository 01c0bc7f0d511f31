"""Recording: what a coordinator learned by other ways: away, left, bounced; debts stay with the seat."""

from datetime import date, datetime

from store import chore
from store.asking.round import take_back
from store.database import Session
from store.decision import note
from store.letters import bounce, pause
from store.people import seat
from store.people.person import Address, Person


def away(session: Session, person: Person, until: date, now: datetime, by: str) -> None:
    """Note an absence, its last day included. It is no answer: the deputy gets one notice instead."""
    reason = f"{person.name} is away until {until}"
    if person.away_until is None or person.away_until < now.date():
        person.away_since = now
    person.away_until = until
    note(session, now, "away", reason, by, person_id=person.id)
    # A colleague who has something in somebody's place gives it back; its holder may well be there.
    take_back(session, person.id, reason, now, by)
    bounce.look_again(session, person, now)


def bounced(session: Session, address: Address, reason: str, now: datetime, by: str) -> None:
    """Mark an address that refuses mail for good; nothing more goes there, and somebody is to be found."""
    bounce.mark(session, address, reason, now, by)


def left(session: Session, person: Person, now: datetime, by: str) -> None:
    """Note that somebody has left: every seat of theirs is vacant, every link of theirs is dead."""
    note(session, now, "left", f"{person.name} has left", by, person_id=person.id)
    pause.drop_for_person(session, person.id, f"{person.name} has left")
    held = seat.held_by(session, person.id)
    bounce.look_again(session, person, now)
    for one, _ in held:
        seat.seat_person(session, one.id, None, now)
    chore.open_all(
        session, [bounce.vacancy(one, agency, f"{person.name} has left") for one, agency in held], now
    )
    person.left_at = now
    take_back(session, person.id, f"{person.name} has left", now, by)
    session.flush()
