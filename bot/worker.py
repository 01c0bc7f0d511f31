"""The worker: what one wake-up does, from alarms to messages, whoever's clock it follows."""

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.standby import watch
from bot.sweep import sweep_day
from messages import heartbeat
from messages.climb import climb_due
from messages.gather import gather_due
from messages.sender import Sender, next_turn
from store import alarm, gathering, installation, queue
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
        """Look at what is due and put it into messages; False while a long stop waits for a yes.

        Where nothing is due it is one short transaction, however much there is.
        """
        return (await self._wake(now)).may_go

    async def _wake(self, now: datetime) -> "_Look":
        zone = self.sender.press.identity.zone
        look = await self.database.write(partial(_look, now=now, zone=zone))
        # First every rung, then the messages: debts that come up together share one.
        while look.rings and (climbed := await self.database.write(partial(climb_due, now=now, zone=zone))):
            self.tally["climbed"] += climbed
        while (look.rings or look.waits) and (
            gathered := await self.database.write(partial(gather_due, now=now, zone=zone))
        ):
            self.tally["gathered"] += gathered
        return look

    async def send(self, now: datetime) -> int:
        """Send what is due; gives back how many messages were tried."""
        if not await self.database.read(partial(_has_letters, now=now)):
            return 0
        tried = await self.sender.send_due(now)
        self.tally["tried"] += tried
        return tried

    async def empty_box(self, now: datetime) -> int:
        """Rewrite the anonymous answers that wait, where the latest night has not; tells how many.

        Files that were sent and that no answer or draft uses go with the night too, and so does the order of
        wishes to be contacted.
        A second run, or a second process, finds nothing left to do; one that was cut short is taken up again.
        """
        zone = self.sender.press.identity.zone
        day = anonymous.day_ended(now, zone)
        evening = await self.database.read(partial(_find_evening, day=day))
        if evening.is_over:
            return 0
        moved, is_whole = 0, True
        for campaign_id in evening.campaigns:
            rewrite = partial(anonymous.rewrite, campaign_id=campaign_id, day=day, zone=zone)
            try:
                moved += await self.database.write(rewrite)
            except StoreError:
                raise
            except Exception:
                log.exception("The anonymous answers of campaign %s wait for another try.", campaign_id)
                is_whole = False
        await self._watch(now)
        # Whatever is unclear by now was made so by us, or by another process that clears it as well.
        if await self.database.write(partial(_sweep, day=day, now=now, zone=zone, is_whole=is_whole)):
            await asyncio.to_thread(remains.clear, self.database.url)
            if is_whole:
                await self.database.write(partial(night.finish, day=day))
        self.tally["rewritten"] += moved
        return moved

    async def _watch(self, now: datetime) -> None:
        """See whether somebody stands by for families; what goes wrong there leaves no trace uncleared."""
        zone = self.sender.press.identity.zone
        try:
            await self.database.write(partial(watch, now=now, zone=zone))
        except StoreError:
            raise
        except Exception:
            log.exception("Whether somebody stands by for families could not be told.")

    async def step(self, now: datetime) -> None:
        """One whole wake-up: look, gather, and send until nothing is due at this moment."""
        await self.empty_box(now)
        look = await self._wake(now)
        if look.rings or look.waits:
            while await self.send(now):
                await self.wake(now)

    async def next_wake(self, now: datetime) -> datetime:
        """When there is something to do again: at the latest a day on, for the heartbeat."""
        zone = self.sender.press.identity.zone
        soonest = await self.database.read(lambda session: next_moment(session, now, zone))
        tomorrow = now + timedelta(days=1)
        return min(tomorrow, max(soonest, now)) if soonest is not None else tomorrow


class _Look(NamedTuple):
    """What a wake-up finds at first sight."""

    may_go: bool
    rings: bool
    #: Touches wait for a message, or messages to be sent.
    waits: bool


class _Evening(NamedTuple):
    """What a night has before it."""

    is_over: bool
    campaigns: list[UUID]


def _look(session: Session, now: datetime, zone: ZoneInfo) -> _Look:
    if not heartbeat.beat(session, now, zone):
        return _Look(may_go=False, rings=False, waits=False)
    waits = _is_due(gathering.next_gathering(session), now) or _is_due(queue.next_send(session), now)
    return _Look(may_go=True, rings=_is_due(alarm.next_alarm(session), now), waits=waits)


def _has_letters(session: Session, now: datetime) -> bool:
    return _is_due(queue.next_send(session), now) and not is_stopped(session)


def _is_due(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def _find_evening(session: Session, day: date) -> _Evening:
    if night.is_over(session, day):
        return _Evening(is_over=True, campaigns=[])
    return _Evening(is_over=False, campaigns=box.campaigns(session))


def _sweep(session: Session, day: date, now: datetime, zone: ZoneInfo, *, is_whole: bool) -> bool:
    """Do the rest of a night's work; tells whether the files have to be cleared before it is over."""
    sweep_day(session, day, zone)
    attachment.drop_spare(session, now)
    if night.is_unclear(session):
        return True
    if is_whole:
        night.finish(session, day)
    return False


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
