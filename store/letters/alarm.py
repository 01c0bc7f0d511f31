"""Alarms: which asks are due to be looked at, campaign by campaign, and when to look again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, CampaignState, Step
from store.base import insert_unless_there
from store.letters.touch import Touch
from store.people.agency import Agency


@dataclass(frozen=True, slots=True)
class DueAsk:
    """One ask whose alarm has rung, with what it belongs to."""

    ask: Ask
    step: Step
    campaign: Campaign
    agency: Agency


def live_campaigns(session: Session) -> list[Campaign]:
    """The campaigns whose asks are chased."""
    return session.query(Campaign).filter(Campaign.state == CampaignState.LIVE).order_by(Campaign.id).all()


def due(session: Session, now: datetime, limit: int) -> list[DueAsk]:
    """Take up to `limit` asks whose alarm has rung, and keep other workers off them until the commit.

    Goes campaign by campaign, so that the quiet asks of live campaigns and all those of paused
    ones cost nothing.
    """
    found: list[DueAsk] = []
    for campaign in live_campaigns(session):
        query = (
            select(Ask, Step, Agency)
            .join(Step, Step.id == Ask.step_id)
            .join(Agency, Agency.id == Ask.agency_id)
            .where(Ask.campaign_id == campaign.id, Ask.next_touch_at <= now)
            .order_by(Ask.next_touch_at)
            .limit(limit - len(found))
            .with_for_update(skip_locked=True, of=Ask)
        )
        found += [DueAsk(ask, step, campaign, agency) for ask, step, agency in session.execute(query)]
        if len(found) >= limit:
            break
    return found


def next_alarm(session: Session) -> datetime | None:
    """The next moment at which a live campaign wants to be looked at."""
    moments = [
        session.execute(select(func.min(Ask.next_touch_at)).where(Ask.campaign_id == campaign.id)).scalar()
        for campaign in live_campaigns(session)
    ]
    return min((moment for moment in moments if moment is not None), default=None)


def touched(session: Session, ask_ids: Collection[UUID]) -> dict[UUID, list[Touch]]:
    """The touches of some asks, in all their rounds."""
    found: dict[UUID, list[Touch]] = {}
    for touch in session.execute(select(Touch).where(Touch.ask_id.in_(list(ask_ids)))).scalars():
        found.setdefault(touch.ask_id, []).append(touch)
    return found


def written_to(session: Session, ask_ids: Collection[UUID], rung: str) -> dict[UUID, set[UUID]]:
    """Who was addressed by one rung of some asks, in any round."""
    found: dict[UUID, set[UUID]] = {}
    query = select(Touch.ask_id, Touch.person_id).where(Touch.ask_id.in_(list(ask_ids)), Touch.rung == rung)
    for ask_id, person_id in session.execute(query):
        if person_id is not None:
            found.setdefault(ask_id, set()).add(person_id)
    return found


def write_touches(session: Session, rows: list[dict[str, Any]]) -> None:
    """Add touches; one that stands already, by whichever worker, is left as it is."""
    if rows:
        session.execute(insert_unless_there(session, Touch), rows)


def move(session: Session, moves: Iterable[tuple[UUID, datetime, datetime]]) -> None:
    """Set alarms: ask, the alarm it had, the alarm it gets. One moved or silenced since is left alone."""
    asks = Ask.__table__
    statement = (
        update(asks)  # type: ignore[arg-type]
        .where(asks.c.id == bindparam("ask"), asks.c.next_touch_at == bindparam("was"))
        # Two comparisons: a list could not be run for many rows at once.
        .where((asks.c.state == AskState.ASKED) | (asks.c.state == AskState.PENDING))
        .values(next_touch_at=bindparam("at"))
    )
    rows = [{"ask": ask, "was": was, "at": at} for ask, was, at in moves]
    if rows:
        session.connection().execute(statement, rows)


def ring(session: Session, ask_ids: Iterable[UUID], now: datetime) -> None:
    """Let live asks be looked at afresh, because something about them has changed."""
    statement = update(Ask).where(Ask.id.in_(list(ask_ids)), Ask.state == AskState.ASKED)
    session.execute(statement.values(next_touch_at=now), execution_options={"synchronize_session": "fetch"})


def ring_step(session: Session, step: Step, after: int, limit: int, now: datetime) -> int | None:
    """As `ring`, for the next live asks of a step by number; gives back the last, None when all are."""
    live = (Ask.campaign_id == step.campaign_id, Ask.number > after)
    owed = (Ask.step_id == step.id, Ask.state == AskState.ASKED)
    numbers = select(Ask.number).where(*live, *owed).order_by(Ask.number).limit(limit)
    last = max(session.execute(numbers).scalars(), default=None)
    if last is not None:
        statement = update(Ask).where(*live, *owed, Ask.number <= last).values(next_touch_at=now)
        session.execute(statement, execution_options={"synchronize_session": False})
    return last
