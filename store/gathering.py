"""Gathering: touches that wait for a message, and the messages they are put into."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from store.agency import Agency
from store.ask import Ask
from store.base import insert_unless_there
from store.campaign import Campaign
from store.delivery import Delivery, DeliveryState
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


@dataclass(frozen=True, slots=True)
class Doubted:
    """A message that goes once more, and an agency that it is about."""

    delivery: Delivery
    agency: Agency


def doubtful_of_another_day(session: Session, now: datetime, today: date) -> list[Doubted]:
    """The messages in doubt that are to go now, made on an earlier day; urgent ones wait for nothing."""
    query = (
        select(Delivery, Agency)
        .join(Touch, Touch.delivery_id == Delivery.id)
        .join(Ask, Ask.id == Touch.ask_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .where(Delivery.state == DeliveryState.WAITING, Delivery.next_try_at <= now, Delivery.doubts > 0)
        .where(Delivery.local_day < today, Delivery.any_hour.is_(False))
    )
    return [Doubted(*row) for row in session.execute(query)]


def next_gathering(session: Session) -> datetime | None:
    """When the next touch may be gathered."""
    query = select(func.min(Touch.not_before)).where(
        Touch.state == TouchState.TO_SEND, Touch.delivery_id.is_(None)
    )
    return session.execute(query).scalar()


def standing(session: Session, keys: Collection[str]) -> dict[str, Delivery]:
    """The messages that stand under some keys already; one that was dropped gives up its key."""
    found = session.execute(select(Delivery).where(Delivery.key.in_(list(keys))).with_for_update()).scalars()
    kept: dict[str, Delivery] = {}
    for delivery in found:
        if delivery.state is DeliveryState.DROPPED:
            delivery.key = f"{delivery.key}:{delivery.id.hex}"
        else:
            kept[delivery.key] = delivery
    session.flush()
    return kept


def of_roles(session: Session, delivery_ids: Iterable[UUID], roles: Collection[str]) -> set[UUID]:
    """Which of some messages carry a touch to one of some roles."""
    query = select(Touch.delivery_id).where(
        Touch.delivery_id.in_(list(delivery_ids)), Touch.role.in_(list(roles))
    )
    return {delivery_id for delivery_id in session.execute(query).scalars() if delivery_id is not None}


def add_messages(session: Session, rows: list[dict[str, Any]]) -> set[str]:
    """Add messages; gives the keys of those added, without the ones another worker was quicker with."""
    if not rows:
        return set()
    statement = insert_unless_there(session, Delivery).returning(Delivery.key)
    return set(session.execute(statement, rows).scalars())


def put_into(session: Session, places: Iterable[tuple[UUID, UUID]]) -> None:
    """Put touches into messages: pairs of touch and message. One that has a message keeps it."""
    touches = Touch.__table__
    statement = (
        update(touches)  # type: ignore[arg-type]
        .where(touches.c.id == bindparam("touch"), touches.c.delivery_id.is_(None))
        .values(delivery_id=bindparam("message"))
    )
    rows = [{"touch": touch, "message": message} for touch, message in places]
    if rows:
        session.connection().execute(statement, rows)
