"""Departing: somebody gives up their seats, or has left, and names who comes after them or nobody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from messages.changes import recording, seating
from messages.proof.known_domains import is_known_domain
from store import chore
from store.database import Session
from store.letters import bounce
from store.people import person, seat
from store.people.agency import Agency
from store.people.person import Person
from store.people.seat import Seat, SeatRole


@dataclass(frozen=True, slots=True)
class Successor:
    """Who is to come after somebody, as they typed it."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Departure:
    """One seat that somebody gave up, and what becomes of it."""

    board_id: UUID
    agency: str
    role: SeatRole
    #: Who has it now; empty while somebody is to be found.
    taker: str
    #: Whether the one who was named has to be looked at by a person first.
    is_proposed: bool


def depart(
    session: Session,
    leaver: Person,
    seats: Collection[UUID],
    successor: Successor | None,
    now: datetime,
    *,
    is_gone: bool,
) -> list[Departure] | str:
    """Empty some seats of a person, or give them to their successor; with `is_gone` they have left.

    Debts, history and drafts stay with each seat. A successor whose address lies in no known domain of the
    agency takes none: their name stands in the chore of finding somebody, for a person to look at. Gives what
    became of each seat, or why nothing was done.
    """
    known = person.by_address(session, successor.email) if successor else None
    if known is not None and known.id == leaver.id:
        return "That is your own address: name somebody else, or nobody."
    if successor and known is not None and known.left_at is not None:
        return f"We were told that {known.name} has left."
    held = [(place, agency) for place, agency in seat.held_by(session, leaver.id) if place.id in seats]
    told = [_give_up(session, leaver, place, agency, successor, now) for place, agency in held]
    if is_gone and leaver.left_at is None:
        recording.left(session, leaver, now, leaver.name)
    return told


def _give_up(
    session: Session,
    leaver: Person,
    place: Seat,
    agency: Agency,
    successor: Successor | None,
    now: datetime,
) -> Departure:
    if successor is not None and is_known_domain(session, agency, successor.email):
        taker = person.keep(session, successor.name, successor.email)
        seating.fill(session, place, agency, taker, now, leaver.name)
        return Departure(place.board_id, agency.name, place.role, taker.name, is_proposed=False)
    why = f"{leaver.name} gave it up on their own page"
    if successor is not None:
        why += f" and names {successor.name} ({successor.email}), outside the known domains: check them"
    seating.fill(session, place, agency, None, now, leaver.name)
    chore.open_all(session, [bounce.vacancy(place, agency, why)], now)
    return Departure(place.board_id, agency.name, place.role, "", is_proposed=successor is not None)
