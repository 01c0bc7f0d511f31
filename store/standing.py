"""Standing: in which role, if any, a person may answer an ask today."""

from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from store.ask import Ask
from store.person import Person
from store.seat import Holding, Seat, SeatRole

#: Those of an agency's line who may answer in the place of whoever was asked.
STAND_IN = (SeatRole.DEPUTY, SeatRole.LINE_MANAGER)


def of(session: Session, ask: Ask, person_id: UUID) -> str | None:
    """The role in which a person may answer; None when they may not, as after leaving their seat."""
    person = session.get(Person, person_id)
    if person is None or person.left_at is not None:
        return None
    if person_id in (ask.delegate_id, ask.person_id):
        return "asked"
    query = (
        select(Seat.id, Seat.role)
        .join(Holding, and_(Holding.seat_id == Seat.id, Holding.until.is_(None)))
        .where(Holding.person_id == person_id, Seat.agency_id == ask.agency_id, Seat.board_id == ask.board_id)
    )
    roles = dict(session.execute(query).all())
    if ask.seat_id in roles:
        return "asked"
    return next((role.value for role in STAND_IN if role in roles.values()), None)
