"""Greeting: who has had a letter about an ask in a given role, so that nobody new to it goes without."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.touch import Touch, TouchState

#: What counts as written to: it went, may have gone, or waits to go.
WRITTEN = (TouchState.TO_SEND, TouchState.DRAFTED, TouchState.SENT, TouchState.DOUBTFUL)


def greeted(session: Session, ask_ids: Collection[UUID], role: str) -> dict[UUID, set[UUID]]:
    """Who was written to about some asks in one role, in any round: ask → people."""
    found: dict[UUID, set[UUID]] = {}
    query = select(Touch.ask_id, Touch.person_id).where(
        Touch.ask_id.in_(list(ask_ids)), Touch.role == role, Touch.state.in_(WRITTEN)
    )
    for ask_id, person_id in session.execute(query):
        if person_id is not None:
            found.setdefault(ask_id, set()).add(person_id)
    return found
