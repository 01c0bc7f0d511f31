"""Anew: letters that go once more, or at last: held back, in doubt, or refused by no fault of theirs."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, Step
from store.letters.alarm import DueAsk
from store.letters.delivery import Delivery, DeliveryState
from store.letters.touch import Touch, TouchState
from store.people.agency import Agency
from store.people.person import Address, AddressState, Person


def free(session: Session, touch: Touch, at: datetime, local_day: date) -> None:
    """Let a touch go anew: in the message that may have gone before, with its Message-ID, else in another."""
    before = session.get(Delivery, touch.delivery_id) if touch.delivery_id else None
    if (
        before is not None
        and before.doubts
        and before.state not in (DeliveryState.SENDING, DeliveryState.SENT)
    ):
        before.state, before.next_try_at, before.local_day = DeliveryState.WAITING, at, local_day
    else:
        if before is not None and before.state is DeliveryState.REFUSED:
            give_up_key(session, before)
        touch.delivery_id = None
    session.flush()


def held_asks(session: Session, campaign_id: UUID) -> list[UUID]:
    """The live asks of a campaign of which letters are held back, one entry a letter."""
    query = (
        select(Touch.ask_id)
        .join(Ask, Ask.id == Touch.ask_id)
        .where(Ask.campaign_id == campaign_id, Ask.state == AskState.ASKED, Touch.state == TouchState.HELD)
    )
    return list(session.execute(query).scalars())


def lost(session: Session, campaign_id: UUID) -> list[tuple[Touch, DueAsk]]:
    """First letters of a campaign that were refused or are in doubt, of asks still owed."""
    reached = (
        select(Address.id)
        .join(Person, Person.id == Address.person_id)
        .where(Address.person_id == Touch.person_id, Address.state == AddressState.GOOD)
        .where(Person.left_at.is_(None))
    )
    query = (
        select(Touch, Ask, Step, Campaign, Agency)
        .join(Ask, Ask.id == Touch.ask_id)
        .join(Step, Step.id == Ask.step_id)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .where(Ask.campaign_id == campaign_id, Ask.state == AskState.ASKED, Touch.is_first)
        .where(Touch.state.in_((TouchState.REFUSED, TouchState.DOUBTFUL)), reached.exists())
        .order_by(Touch.climbed_at, Touch.id)
    )
    return [(row[0], DueAsk(*row[1:])) for row in session.execute(query)]


def give_up_key(session: Session, message: Delivery) -> None:
    """Let a message that was lost give up its key, which lets a person have one of a kind a day."""
    message.key = message.id.hex
    session.flush()
