"""Gathering: touches that wait for a message, and the messages they are put into."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from store.agency import Agency
from store.ask import Ask
from store.campaign import Campaign
from store.delivery import Delivery
from store.touch import Touch, TouchState


@dataclass(frozen=True, slots=True)
class Ungathered:
    """One touch without a message yet, with what it belongs to."""

    touch: Touch
    ask: Ask
    campaign: Campaign
    agency: Agency


def ungathered(session: Session, now: datetime, limit: int) -> list[Ungathered]:
    """Take up to `limit` touches whose time has come, keeping other workers off them until the commit."""
    query = (
        select(Touch, Ask, Campaign, Agency)
        .join(Ask, Ask.id == Touch.ask_id)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .where(Touch.state == TouchState.TO_SEND, Touch.delivery_id.is_(None), Touch.not_before <= now)
        .order_by(Touch.not_before, Touch.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Touch)
    )
    return [Ungathered(*row) for row in session.execute(query)]


def next_gathering(session: Session) -> datetime | None:
    """When the next touch may be gathered."""
    query = select(func.min(Touch.not_before)).where(
        Touch.state == TouchState.TO_SEND, Touch.delivery_id.is_(None)
    )
    return session.execute(query).scalar()


def by_key(session: Session, key: str) -> Delivery | None:
    """The message that stands under a key."""
    return session.execute(select(Delivery).where(Delivery.key == key).with_for_update()).scalar_one_or_none()


def put_into(session: Session, touch_ids: Collection[UUID], delivery_id: UUID) -> int:
    """Put touches into a message; tells how many were still without one."""
    statement = update(Touch).where(Touch.id.in_(list(touch_ids)), Touch.delivery_id.is_(None))
    result = session.execute(
        statement.values(delivery_id=delivery_id), execution_options={"synchronize_session": "fetch"}
    )
    assert isinstance(result, CursorResult)  # noqa: S101 - tells the type checker what an UPDATE returns
    return result.rowcount
