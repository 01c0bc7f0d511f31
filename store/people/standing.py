"""Standing: in which role, if any, a person may answer an ask today."""

from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from store.asking.around import Visited
from store.asking.ask import Ask
from store.people import board
from store.people.person import Person
from store.people.seat import Holding, Seat, SeatRole
from store.surveying import contributor

#: Those of an agency's line who may answer in the place of whoever was asked; the representative, where that
#: was the author of a report.
STAND_IN = (SeatRole.REPRESENTATIVE, SeatRole.DEPUTY, SeatRole.LINE_MANAGER)
#: A colleague who was invited to fill in a part, and leaves the sending to those above.
CONTRIBUTOR = "contributor"
#: Somebody who acts for the board, and types in what an agency gave on paper or by telephone.
OFFICE = "office"


def of(session: Session, ask: Ask, person_id: UUID) -> str | None:
    """The role in which a person may answer; None when they may not, as after leaving their seat."""
    person = session.get(Person, person_id)
    if person is None or person.left_at is not None:
        return None
    if person_id in (ask.delegate_id, ask.person_id):
        return "asked"
    return _beside(session, ask, person_id)


def at(session: Session, visited: Visited) -> str | None:
    """As `of`, for a person who was fetched together with the ask."""
    person, asked = visited.person, visited.around.ask
    if person.left_at is not None:
        return None
    if visited.holds_seat or person.id in (asked.delegate_id, asked.person_id):
        return "asked"
    return _beside(session, asked, person.id)


def of_office(session: Session, visited: Visited) -> str | None:
    """The standing of somebody who types in for an agency: theirs while they may act for the board."""
    if visited.person.left_at is not None:
        return None
    held = board.roles_of(session, visited.around.ask.board_id, visited.person.id)
    return OFFICE if any(role.may_act for role in held) else None


def _beside(session: Session, ask: Ask, person_id: UUID) -> str | None:
    """The role of somebody whom neither the ask nor a hand-over names."""
    query = (
        select(Seat.id, Seat.role)
        .join(Holding, and_(Holding.seat_id == Seat.id, Holding.until.is_(None)))
        .where(Holding.person_id == person_id, Seat.agency_id == ask.agency_id, Seat.board_id == ask.board_id)
    )
    roles = dict(session.execute(query).all())
    if ask.seat_id in roles:
        return "asked"
    # Nobody stands in for whoever is asked by name.
    stands_in = () if ask.is_personal else STAND_IN
    stand_in = next((role.value for role in stands_in if role in roles.values()), None)
    if stand_in is None and contributor.is_invited(session, ask.id, person_id):
        return CONTRIBUTOR
    return stand_in


def may_send(role: str | None) -> bool:
    """Whether a standing is enough to send an answer, and not only to fill it in and save it."""
    return role not in (None, CONTRIBUTOR)
