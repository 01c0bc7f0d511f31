"""Anew: letters that go once more, or at last: held back, in doubt, or refused by no fault of theirs."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import String, cast, select, update
from sqlalchemy.orm import Session

from store.ask import Ask, AskState
from store.delivery import Delivery, DeliveryState
from store.outbox import PLAIN
from store.person import Address, AddressState, Person
from store.touch import Touch, TouchState

#: A message in one of these states goes, or has gone, by itself.
UNDER_WAY = (DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.SENT)


def free(session: Session, touch: Touch, at: datetime, local_day: date) -> None:
    """Let a touch go anew: in the message that may have gone before, with its Message-ID, else in another."""
    before = session.get(Delivery, touch.delivery_id) if touch.delivery_id else None
    if before is None or before.doubts == 0 or before.state in UNDER_WAY:
        touch.delivery_id = None
    else:
        before.state, before.next_try_at, before.local_day = DeliveryState.WAITING, at, local_day
    session.flush()


def held_asks(session: Session, campaign_id: UUID) -> list[UUID]:
    """The live asks of a campaign of which letters are held back, one entry a letter."""
    query = (
        select(Touch.ask_id)
        .join(Ask, Ask.id == Touch.ask_id)
        .where(Ask.campaign_id == campaign_id, Ask.state == AskState.ASKED, Touch.state == TouchState.HELD)
    )
    return list(session.execute(query).scalars())


def send_again(session: Session, campaign_id: UUID, at: datetime, local_day: date) -> int:
    """Let first letters go again, at a moment, that were refused or are in doubt; tells how many.

    Only where it is still owed by the same round, and the reader's address is good.
    """
    owed = select(Ask.id).where(
        Ask.campaign_id == campaign_id, Ask.state == AskState.ASKED, Ask.round == Touch.round
    )
    reached = (
        select(Address.id)
        .join(Person, Person.id == Address.person_id)
        .where(Address.person_id == Touch.person_id, Address.state == AddressState.GOOD)
        .where(Person.left_at.is_(None))
    )
    lost = select(Touch).where(
        Touch.ask_id.in_(owed.scalar_subquery()),
        Touch.is_first,
        Touch.state.in_((TouchState.REFUSED, TouchState.DOUBTFUL)),
        reached.exists(),
    )
    touches = session.execute(lost).scalars().all()
    give_up_keys(session, [touch.delivery_id for touch in touches if touch.delivery_id])
    for touch in touches:
        touch.state, touch.reason = TouchState.TO_SEND, "sent again"
        # A reminder is not to come on the same day.
        touch.climbed_at = touch.not_before = at
        free(session, touch, at, local_day)
    return len(touches)


def give_up_keys(session: Session, delivery_ids: list[UUID]) -> None:
    """Let messages that were lost give up their keys, which let a person have one of a kind a day."""
    messages = update(Delivery).where(Delivery.id.in_(delivery_ids))
    session.execute(
        messages.values(key=Delivery.key + ":" + cast(Delivery.id, String)), execution_options=PLAIN
    )
