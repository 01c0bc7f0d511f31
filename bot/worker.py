"""The worker: what one wake-up does, from alarms to messages, whoever's clock it follows."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.asking.yearly import Year, is_due, next_look
from bot.night import Night
from messages.chasing.climb import CHUNK, climb_due
from messages.chasing.pace import AIM, UNHURRIED, Pace
from messages.gathering.gather import gather_due
from messages.sending import heartbeat
from messages.sending.sender import Sender, next_turn
from store import installation
from store.database import Database, Session
from store.letters import alarm, gathering, queue
from store.surveying import box
from surveys.open import anonymous


@dataclass(slots=True)
class Worker:
    """Climbs, gathers and sends. A second one, anywhere, is harmless."""

    database: Database
    sender: Sender
    #: What has been done since the start, for whoever looks.
    tally: Counter[str] = field(default_factory=Counter)
    _night: Night = field(init=False)
    _year: Year = field(init=False)
    _climbing: Pace = field(init=False)

    def __post_init__(self) -> None:
        """Remember from one look to the next what a night could not do."""
        self._night = Night(self.database, self.sender.press.identity.zone)
        self._year = Year(self.database, self.sender.press.identity)
        self._climbing = Pace(CHUNK, AIM if self.database.is_sqlite else UNHURRIED)

    async def wake(self, now: datetime) -> bool:
        """Look at what is due and put it into messages; False while a long stop waits for a yes.

        Where nothing is due it is one short transaction, however much there is.
        """
        return (await self._wake(now)).may_go

    async def _wake(self, now: datetime) -> "_Look":
        zone = self.sender.press.identity.zone
        look = await self.database.write(partial(_look, now=now, zone=zone))
        if look.may_go and (look.has_entry or self._year.is_new_day(now)) and await self._year.pass_by(now):
            look = await self.database.write(partial(_look, now=now, zone=zone))
        # First every rung, then the messages: debts that come up together share one.
        climb = partial(climb_due, now=now, zone=zone)
        while look.rings and (climbed := await self.database.write(self._climbing.timed(climb))):
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
        """Do the work of the latest night, where it is not done; tells how many answers were rewritten."""
        moved = await self._night.pass_by(now)
        self.tally["rewritten"] += moved
        return moved

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
    #: An entry of the year has had its day.
    has_entry: bool = False


def _look(session: Session, now: datetime, zone: ZoneInfo) -> _Look:
    if not heartbeat.beat(session, now, zone):
        return _Look(may_go=False, rings=False, waits=False)
    waits = _is_due(gathering.next_gathering(session), now) or _is_due(queue.next_send(session), now)
    rings = _is_due(alarm.next_alarm(session), now)
    return _Look(may_go=True, rings=rings, waits=waits, has_entry=is_due(session, now, zone))


def _has_letters(session: Session, now: datetime) -> bool:
    return _is_due(queue.next_send(session), now) and not is_stopped(session)


def _is_due(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def is_stopped(session: Session) -> bool:
    """Whether work waits for a person's yes after a long stop."""
    from_row = installation.row_or_none(session)
    return from_row is not None and from_row.stopped_from is not None


def next_moment(session: Session, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The next moment for an alarm, a touch, a message, an entry of the year, or a night.

    None when there is nothing to come, or all of it waits for a person's yes after a long stop.
    """
    if is_stopped(session):
        return None
    moments = (
        alarm.next_alarm(session),
        gathering.next_gathering(session),
        next_turn(session, now, zone),
        next_look(session, now, zone),
        anonymous.next_night(now, zone) if box.campaigns(session) else None,
    )
    return min((moment for moment in moments if moment is not None), default=None)
