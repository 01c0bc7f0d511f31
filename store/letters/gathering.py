"""Gathering: touches that wait for a message, and the messages they are put into."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from store.asking.ask import Ask
from store.asking.campaign import Campaign
from store.base import insert_unless_there
from store.letters.delivery import Delivery, DeliveryState
from store.letters.touch import Touch, TouchState
from store.people.agency import Agency


@dataclass(frozen=True, slots=True)
class Ungathered:
    """One touch without a message yet, with what it belongs to."""

    touch: Touch
    ask: Ask
    campaign: Campaign
    agency: Agency


_WAITING = (
    select(Touch, Ask, Campaign, Agency)
    .join(Ask, Ask.id == Touch.ask_id)
    .join(Campaign, Campaign.id == Ask.campaign_id)
    .join(Agency, Agency.id == Ask.agency_id)
    .where(Touch.state == TouchState.TO_SEND, Touch.delivery_id.is_(None))
    .with_for_update(skip_locked=True, of=Touch)
)
#: What the key of a message begins with that counts against its reader's budget, before the reader and day.
BUDGETED = "chase:"


def ungathered(session: Session, now: datetime, limit: int) -> list[Ungathered]:
    """Take up to `limit` touches whose time has come, keeping other workers off them until the commit."""
    query = _WAITING.where(Touch.not_before <= now).order_by(Touch.not_before, Touch.id).limit(limit)
    return [Ungathered(*row) for row in session.execute(query)]


def resting(session: Session, people: Collection[UUID], now: datetime) -> list[Ungathered]:
    """Take the touches of some people that wait for a later time, as `ungathered` takes those due."""
    query = _WAITING.where(Touch.person_id.in_(list(people)), Touch.not_before > now)
    return [Ungathered(*row) for row in session.execute(query.order_by(Touch.not_before, Touch.id))]


def last_heard(session: Session, people: Collection[UUID]) -> dict[UUID, date]:
    """The local day of the last message to some people that counts against their budget: reader → day."""
    query = (
        select(Delivery.person_id, func.max(Delivery.local_day))
        .where(Delivery.person_id.in_(list(people)), Delivery.key.startswith(BUDGETED))
        .where(Delivery.state.in_([DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.DOUBTFUL]))
        .group_by(Delivery.person_id)
    )
    return dict(session.execute(query).all())


def let_go(session: Session, now: datetime, today: date) -> None:
    """Drop messages of an earlier day that have not gone: what they carry is gathered afresh.

    Urgent ones and those in doubt stay as they are; so does what another worker holds.
    """
    past = select(Delivery.id).where(
        Delivery.state == DeliveryState.WAITING,
        Delivery.next_try_at <= now,
        Delivery.local_day < today,
        Delivery.any_hour.is_(False),
        Delivery.doubts == 0,
        Delivery.id.in_(select(Touch.delivery_id).where(Touch.delivery_id == Delivery.id)),
    )
    ids = list(session.execute(past.with_for_update(skip_locked=True)).scalars())
    if ids:
        free = update(Touch).where(Touch.delivery_id.in_(ids), Touch.state == TouchState.TO_SEND)
        session.execute(free.values(delivery_id=None), execution_options={"synchronize_session": "fetch"})
        dropped = update(Delivery).where(Delivery.id.in_(ids), Delivery.state == DeliveryState.WAITING)
        session.execute(dropped.values(state=DeliveryState.DROPPED))


def wake(session: Session, person_id: UUID, now: datetime) -> None:
    """Let what waits for somebody be looked at afresh, as when they choose another day to hear of it."""
    waits = update(Touch).where(
        Touch.person_id == person_id, Touch.state == TouchState.TO_SEND, Touch.delivery_id.is_(None)
    )
    session.execute(waits.values(not_before=now), execution_options={"synchronize_session": "fetch"})


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


def move_to(session: Session, message: Delivery, today: date) -> bool:
    """Let a message in doubt be its reader's one of this day; False where they have another already."""
    if not message.key.startswith(BUDGETED):
        return True  # it counts against no budget
    key = f"{BUDGETED}{message.person_id}:{today}"
    if standing(session, [key]):
        return False
    message.key, message.local_day = key, today
    session.flush()
    return True


def next_gathering(session: Session) -> datetime | None:
    """When the next touch may be gathered."""
    query = select(func.min(Touch.not_before)).where(
        Touch.state == TouchState.TO_SEND, Touch.delivery_id.is_(None)
    )
    return session.execute(query).scalar()


def standing(session: Session, keys: Collection[str]) -> dict[str, Delivery]:
    """The messages that stand under some keys already; one that never arrived gives up its key."""
    found = session.execute(select(Delivery).where(Delivery.key.in_(list(keys))).with_for_update()).scalars()
    kept: dict[str, Delivery] = {}
    for delivery in found:
        if delivery.state in (DeliveryState.DROPPED, DeliveryState.REFUSED):
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


def carry_first(session: Session, delivery_ids: Collection[UUID]) -> None:
    """Mark messages that carry a first letter by now: one in doubt goes again, as a first letter does."""
    marked = update(Delivery).where(Delivery.id.in_(list(delivery_ids)))
    session.execute(marked.values(is_first=True), execution_options={"synchronize_session": "fetch"})


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
