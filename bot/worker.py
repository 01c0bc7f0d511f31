"""The worker: what one wake-up does, from alarms to messages, whoever's clock it follows."""

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from messages import heartbeat
from messages.climb import climb_due
from messages.gather import gather_due
from messages.sender import Sender, next_turn
from store import alarm, gathering, installation
from store.database import Database, Session
from store.errors import StoreError
from store.surveying import attachment, box, night, remains
from surveys import anonymous

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Worker:
    """Climbs, gathers and sends. A second one, anywhere, is harmless."""

    database: Database
    sender: Sender
    #: What has been done since the start, for whoever looks.
    tally: Counter[str] = field(default_factory=Counter)

    async def wake(self, now: datetime) -> bool:
        """Look at what is due and put it into messages; False while a long stop waits for a yes."""
        zone = self.sender.press.identity.zone
        if not await self.database.write(lambda session: heartbeat.beat(session, now, zone)):
            return False
        # First every rung, then the messages: debts that come up together share one.
        while climbed := await self.database.write(lambda session: climb_due(session, now, zone)):
            self.tally["climbed"] += climbed
        while gathered := await self.database.write(lambda session: gather_due(session, now, zone)):
            self.tally["gathered"] += gathered
        return True

    async def send(self, now: datetime) -> int:
        """Send what is due; gives back how many messages were tried."""
        if await self.database.read(is_stopped):
            return 0
        tried = await self.sender.send_due(now)
        self.tally["tried"] += tried
        return tried

    async def empty_box(self, now: datetime) -> int:
        """Rewrite the anonymous answers that wait, where the latest night has not; tells how many.

        Files that were sent and that no answer or draft uses go with the night too.
        A second run, or a second process, finds nothing left to do; one that was cut short is taken up again.
        """
        zone = self.sender.press.identity.zone
        day = anonymous.day_ended(now, zone)
        if await self.database.read(partial(night.is_over, day=day)):
            return 0
        moved, is_whole = 0, True
        for campaign_id in await self.database.read(box.campaigns):
            rewrite = partial(anonymous.rewrite, campaign_id=campaign_id, day=day, zone=zone)
            try:
                moved += await self.database.write(rewrite)
            except StoreError:
                raise
            except Exception:
                log.exception("The anonymous answers of campaign %s wait for another try.", campaign_id)
                is_whole = False
        if await self.database.read(night.is_unclear):
            await asyncio.to_thread(remains.clear, self.database.url)
        await self.database.write(partial(attachment.drop_spare, now=now))
        if is_whole:
            await self.database.write(partial(night.finish, day=day))
        self.tally["rewritten"] += moved
        return moved

    async def step(self, now: datetime) -> None:
        """One whole wake-up: look, gather, and send until nothing is due at this moment."""
        await self.empty_box(now)
        if await self.wake(now):
            while await self.send(now):
                await self.wake(now)

    async def next_wake(self, now: datetime) -> datetime:
        """When there is something to do again: at the latest a day on, for the heartbeat."""
        zone = self.sender.press.identity.zone
        soonest = await self.database.read(lambda session: next_moment(session, now, zone))
        tomorrow = now + timedelta(days=1)
        return min(tomorrow, max(soonest, now)) if soonest is not None else tomorrow


def is_stopped(session: Session) -> bool:
    """Whether work waits for a person's yes after a long stop."""
    from_row = installation.row_or_none(session)
    return from_row is not None and from_row.stopped_from is not None


def next_moment(session: Session, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The next moment at which an alarm rings, a touch may be gathered, a message may go, or a night begins.

    None when there is nothing to come, or all of it waits for a person's yes after a long stop.
    """
    if is_stopped(session):
        return None
    moments = (
        alarm.next_alarm(session),
        gathering.next_gathering(session),
        next_turn(session, now, zone),
        anonymous.next_night(now, zone) if box.campaigns(session) else None,
    )
    return min((moment for moment in moments if moment is not None), default=None)
