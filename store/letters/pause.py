"""Pause: calling back what waits to go out about an ask, or to a person."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from store.asking.ask import Ask
from store.letters.outbox import PLAIN
from store.letters.touch import Touch, TouchState
from store.people.seat import Seat

WAITING = (TouchState.DRAFTED, TouchState.TO_SEND, TouchState.HELD)


def drop_waiting(session: Session, ask_id: UUID, reason: str, *, keep_first: bool = False) -> None:
    """Drop every touch of an ask that has not gone out; with `keep_first` not its first letters."""
    statement = update(Touch).where(Touch.ask_id == ask_id, Touch.state.in_(WAITING))
    if keep_first:
        statement = statement.where(Touch.is_first.is_(False))
    session.execute(statement.values(state=TouchState.DROPPED, reason=reason), execution_options=PLAIN)


def drop_for_person(session: Session, person_id: UUID, reason: str) -> None:
    """Drop every touch to a person that has not gone out, whatever it is about."""
    statement = update(Touch).where(Touch.person_id == person_id, Touch.state.in_(WAITING))
    session.execute(statement.values(state=TouchState.DROPPED, reason=reason), execution_options=PLAIN)


def drop_for_seat(
    session: Session, place: Seat, person_id: UUID, asked: str, roles: Collection[str], reason: str
) -> None:
    """Drop what waits for the one before in a seat, and nothing that they get in another of theirs.

    That is what the seat itself is asked (role `asked`, whoever it was handed to), and what goes to
    them as a stand-in of the same agency for the same board, by any of `roles`.
    """
    its_own = select(Ask.id).where(Ask.seat_id == place.id)
    around = select(Ask.id).where(Ask.agency_id == place.agency_id, Ask.board_id == place.board_id)
    statement = update(Touch).where(
        Touch.state.in_(WAITING),
        or_(
            and_(Touch.role == asked, Touch.ask_id.in_(its_own)),
            and_(Touch.person_id == person_id, Touch.role.in_(roles), Touch.ask_id.in_(around)),
        ),
    )
    session.execute(statement.values(state=TouchState.DROPPED, reason=reason), execution_options=PLAIN)


def drop_of_campaign(session: Session, campaign_id: UUID, reason: str) -> None:
    """Drop every touch of a campaign that has not gone out."""
    asks = select(Ask.id).where(Ask.campaign_id == campaign_id)
    statement = update(Touch).where(Touch.ask_id.in_(asks.scalar_subquery()), Touch.state.in_(WAITING))
    session.execute(statement.values(state=TouchState.DROPPED, reason=reason), execution_options=PLAIN)
