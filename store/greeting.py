"""Greeting: who has had a letter about an ask in a given role, so that nobody new to it goes without."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from store.ask import Ask
from store.touch import Touch, TouchState

#: What counts as written to: it went, may have gone, or waits to go.
WRITTEN = (TouchState.TO_SEND, TouchState.DRAFTED, TouchState.SENT, TouchState.DOUBTFUL)


def greeted(session: Session, ask_ids: Collection[UUID], role: str) -> dict[UUID, set[UUID]]:
    """Who was last written to about some asks in one role, since each was last asked: ask → that person.

    Whoever had a letter before somebody else took the ask is to hear that it is theirs again.
    """
    query = (
        select(Touch.ask_id, Touch.person_id)
        .join(Ask, Ask.id == Touch.ask_id)
        .where(Touch.ask_id.in_(list(ask_ids)), Touch.role == role, Touch.state.in_(WRITTEN))
        .where(Touch.person_id.is_not(None), or_(Ask.asked_at.is_(None), Touch.climbed_at >= Ask.asked_at))
        .order_by(Touch.climbed_at, Touch.id)
    )
    return {ask_id: {person_id} for ask_id, person_id in session.execute(query) if person_id is not None}


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
