"""Pause: calling back what waits to go out about an ask, or to a person."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.ask import Ask, AskState
from store.campaign import CampaignState
from store.outbox import PLAIN
from store.touch import Touch, TouchState

WAITING = (TouchState.DRAFTED, TouchState.TO_SEND)


def drop_waiting(session: Session, ask_id: UUID, reason: str) -> None:
    """Drop every touch of an ask that has not gone out."""
    statement = update(Touch).where(Touch.ask_id == ask_id, Touch.state.in_(WAITING))
    session.execute(statement.values(state=TouchState.DROPPED, reason=reason), execution_options=PLAIN)


def drop_for_person(session: Session, person_id: UUID, reason: str, agency_id: UUID | None = None) -> None:
    """Drop every touch to a person that has not gone out; of one agency's asks, where one is given."""
    statement = update(Touch).where(Touch.person_id == person_id, Touch.state.in_(WAITING))
    if agency_id is not None:
        asks = select(Ask.id).where(Ask.agency_id == agency_id)
        statement = statement.where(Touch.ask_id.in_(asks.scalar_subquery()))
    session.execute(statement.values(state=TouchState.DROPPED, reason=reason), execution_options=PLAIN)


def drop_of_campaign(session: Session, campaign_id: UUID, reason: str) -> None:
    """Drop every touch of a campaign that has not gone out."""
    asks = select(Ask.id).where(Ask.campaign_id == campaign_id)
    statement = update(Touch).where(Touch.ask_id.in_(asks.scalar_subquery()), Touch.state.in_(WAITING))
    session.execute(statement.values(state=TouchState.DROPPED, reason=reason), execution_options=PLAIN)


def restore(session: Session, campaign_id: UUID, now: datetime) -> int:
    """Let touches wait again that came up to be sent while their campaign was paused; tells how many."""
    asks = select(Ask.id).where(Ask.campaign_id == campaign_id, Ask.state == AskState.ASKED)
    statement = update(Touch).where(
        Touch.ask_id.in_(asks.scalar_subquery()),
        Touch.state == TouchState.DROPPED,
        Touch.reason == f"the campaign is {CampaignState.PAUSED.value}",
    )
    values = {"state": TouchState.TO_SEND, "delivery_id": None, "not_before": now, "reason": "resumed"}
    restored = session.execute(statement.values(**values).returning(Touch.id), execution_options=PLAIN)
    return len(restored.all())
