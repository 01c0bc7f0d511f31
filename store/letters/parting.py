"""Parting: touches that do not go with the message they were put into, and what that leaves in doubt."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from store.letters.delivery import Delivery
from store.letters.touch import Touch, TouchState

#: Rows changed in bulk are not looked for among those a session holds: nobody holds any here.
PLAIN = {"synchronize_session": False}


def part_company(session: Session, touch_ids: Collection[UUID], goes: Collection[UUID]) -> None:
    """Take out of messages what does not go with them, since what is in a message is held to have gone.

    Only what is held back keeps its place in one that does not go either: it may go in it later. What was
    called back after its message had been in doubt may have gone: it is in doubt too, and stays in it.
    """
    if not touch_ids:
        return
    doubted = select(Delivery.id).where(Delivery.id == Touch.delivery_id, Delivery.doubts > 0)
    called_back = and_(Touch.id.in_(touch_ids), Touch.state == TouchState.DROPPED, doubted.exists())
    why = func.substr(Touch.reason + "; it may have gone before", 1, 500)
    in_doubt = update(Touch).where(called_back).values(state=TouchState.DOUBTFUL, reason=why)
    session.execute(in_doubt, execution_options=PLAIN)
    leaves = and_(
        or_(Touch.delivery_id.in_(goes), Touch.state == TouchState.DROPPED),
        Touch.state != TouchState.DOUBTFUL,
    )
    out = update(Touch).where(Touch.id.in_(touch_ids), leaves)
    session.execute(out.values(delivery_id=None), execution_options=PLAIN)
