"""Queue: the letters that wait to go, with what they are about and whom they are for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, CampaignState
from store.letters.delivery import Delivery, DeliveryState
from store.letters.touch import Touch, TouchState
from store.people.agency import Agency
from store.people.person import Person


@dataclass(frozen=True, slots=True)
class Queued:
    """One touch that waits to be sent."""

    touch: Touch
    ask: Ask
    campaign: Campaign
    agency: Agency
    person: Person


def queued(session: Session, state: TouchState = TouchState.TO_SEND) -> list[Queued]:
    """Every touch of a live campaign that waits to be sent, or is in another state, oldest first."""
    query = (
        select(Touch, Ask, Campaign, Agency, Person)
        .join(Ask, Ask.id == Touch.ask_id)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .join(Person, Person.id == Touch.person_id)
        .where(Touch.state == state, Ask.state == AskState.ASKED)
        .where(Campaign.state == CampaignState.LIVE)
        .order_by(Touch.climbed_at, Touch.id)
    )
    return [Queued(*row) for row in session.execute(query)]


def next_send(session: Session, *, any_hour: bool = False) -> datetime | None:
    """When the next message may be sent; with `any_hour` the next of those that wait for no office hour."""
    soonest = select(func.min(Delivery.next_try_at)).where(Delivery.state == DeliveryState.WAITING)
    if any_hour:
        soonest = soonest.where(Delivery.any_hour)
    return session.execute(soonest).scalar()
