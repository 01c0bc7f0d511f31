"""Greeting: whom letters about an ask were for, so that nobody new to it goes without."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from store.asking.ask import Ask
from store.letters.touch import Touch, TouchState
from store.people.seat import Holding


def addressed(session: Session, ask_ids: Collection[UUID], role: str) -> dict[UUID, UUID]:
    """Whom the last letter of some asks in one role was for, since each was last asked: ask → person.

    Whatever came of the letter: whoever had it before somebody else took the ask is to hear that it is
    theirs again, even where the somebody never got theirs.
    """
    query = (
        select(Touch.ask_id, Touch.person_id)
        .join(Ask, Ask.id == Touch.ask_id)
        .where(Touch.ask_id.in_(list(ask_ids)), Touch.role == role, Touch.state != TouchState.SKIPPED)
        .where(Touch.person_id.is_not(None), or_(Ask.asked_at.is_(None), Touch.climbed_at >= Ask.asked_at))
        .order_by(Touch.climbed_at, Touch.id)
    )
    return {ask_id: person_id for ask_id, person_id in session.execute(query) if person_id is not None}


def seated(session: Session, ask_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Since when the seats that some asks are put to have their holders: ask → moment."""
    query = (
        select(Ask.id, Holding.since)
        .join(Holding, and_(Holding.seat_id == Ask.seat_id, Holding.until.is_(None)))
        .where(Ask.id.in_(list(ask_ids)))
    )
    return dict(session.execute(query).all())


def stood_in(session: Session, ask_ids: Collection[UUID], asked: str) -> dict[UUID, dict[str, datetime]]:
    """Which rungs of some asks went to others than whoever was asked, in any round: ask → rung → when."""
    found: dict[UUID, dict[str, datetime]] = {}
    query = (
        select(Touch.ask_id, Touch.rung, Touch.climbed_at)
        .where(Touch.ask_id.in_(list(ask_ids)), Touch.role != asked)
        .where(Touch.state.in_([TouchState.SENT, TouchState.DOUBTFUL]))
        .order_by(Touch.climbed_at)
    )
    for ask_id, rung, climbed_at in session.execute(query):
        found.setdefault(ask_id, {})[rung] = climbed_at
    return found
