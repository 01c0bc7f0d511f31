"""Night: what is done once a day about anonymous answers, campaign by campaign; none holds up another."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.asking.standby import watch
from bot.sweep import sweep_day
from store import chore
from store.asking.campaign import Campaign
from store.chore import ChoreKind
from store.database import Database, Session
from store.errors import StoreError
from store.surveying import attachment, box, night, remains, telling
from surveys.figures.release import TOGETHER
from surveys.open import anonymous

#: How long a campaign is left alone whose answers could not be written anew; each time twice as long.
FIRST_GAP, LONGEST_GAP = timedelta(hours=1), timedelta(hours=16)
#: Who ticks off what has come right by itself.
CASCADE = "cascade"

log = logging.getLogger(__name__)


class _Setback(NamedTuple):
    """A campaign whose answers could not be written anew."""

    again_at: datetime
    gap: timedelta


class _Evening(NamedTuple):
    """What a night has before it."""

    is_over: bool
    campaigns: list[UUID]


@dataclass(slots=True)
class Night:
    """Rewrites what waits, once a day; a second process, or a second look, finds nothing left to do.

    A campaign that cannot be rewritten is told once and tried again by itself at growing gaps, as far as this
    process remembers, and with every night; the others' night is over without it.
    """

    database: Database
    zone: ZoneInfo
    _setbacks: dict[UUID, _Setback] = field(default_factory=dict)

    async def pass_by(self, now: datetime) -> int:
        """Do what the latest night has left to do; tells how many answers were rewritten.

        Files that were sent and that no answer or draft uses go with the night too, and so does the order of
        wishes to be contacted. One that was cut short is taken up again.
        """
        day = anonymous.day_ended(now, self.zone)
        evening = await self.database.read(partial(_find_evening, day=day))
        if evening.is_over:
            return await self._make_up(day, now)
        moved = await self._rewrite(evening.campaigns, day, now)
        await self._watch(now)
        # Whatever is unclear by now was made so by us, or by another process that clears it as well.
        if await self.database.write(partial(_sweep, day=day, now=now, zone=self.zone)):
            await self._clear(day)
        return moved

    async def _make_up(self, day: date, now: datetime) -> int:
        """Try those campaigns once more whose time has come."""
        due = [one for one, setback in self._setbacks.items() if setback.again_at <= now]
        moved = await self._rewrite(due, day, now)
        if moved:
            await self._clear(day)
        return moved

    async def _rewrite(self, campaigns: list[UUID], day: date, now: datetime) -> int:
        moved = 0
        for campaign_id in campaigns:
            rewrite = partial(anonymous.rewrite, campaign_id=campaign_id, day=day, zone=self.zone)
            try:
                moved += await self.database.write(rewrite)
            except StoreError:
                raise
            except Exception as error:
                await self._set_back(campaign_id, error, now)
            else:
                await self._come_right(campaign_id, now)
        return moved

    async def _set_back(self, campaign_id: UUID, error: Exception, now: datetime) -> None:
        """Leave a campaign alone for a while; what is wrong is said in full the first time alone."""
        before = self._setbacks.get(campaign_id)
        gap = FIRST_GAP if before is None else min(2 * before.gap, LONGEST_GAP)
        self._setbacks[campaign_id] = _Setback(now + gap, gap)
        slug = await self.database.write(partial(_tell_of, campaign_id=campaign_id, now=now))
        said = "The anonymous answers of %s could not be written anew; another try at %s."
        log.error(said, slug, now + gap, exc_info=error if before is None else None)

    async def _come_right(self, campaign_id: UUID, now: datetime) -> None:
        key = str(campaign_id)
        if await self.database.read(partial(_is_told, key=key)):
            finish = partial(chore.finish, kind=ChoreKind.MIX_ANSWERS, key=key, by=CASCADE, now=now)
            await self.database.write(finish)
        self._setbacks.pop(campaign_id, None)

    async def _watch(self, now: datetime) -> None:
        """See whether somebody stands by for families; what goes wrong there leaves no trace uncleared."""
        try:
            await self.database.write(partial(watch, now=now, zone=self.zone))
        except StoreError:
            raise
        except Exception:
            log.exception("Whether somebody stands by for families could not be told.")

    async def _clear(self, day: date) -> None:
        await asyncio.to_thread(remains.clear, self.database.url)
        await self.database.write(partial(night.finish, day=day))


def _find_evening(session: Session, day: date) -> _Evening:
    if night.is_over(session, day):
        return _Evening(is_over=True, campaigns=[])
    found = {*box.campaigns(session), *telling.campaigns(session, TOGETHER)}
    return _Evening(is_over=False, campaigns=sorted(found))


def _sweep(session: Session, day: date, now: datetime, zone: ZoneInfo) -> bool:
    """Do the rest of a night's work; tells whether the files have to be cleared before it is over."""
    sweep_day(session, day, now, zone)
    attachment.drop_spare(session, now)
    if night.is_unclear(session):
        return True
    night.finish(session, day)
    return False


def _is_told(session: Session, key: str) -> bool:
    return chore.is_open(session, ChoreKind.MIX_ANSWERS, key)


def _tell_of(session: Session, campaign_id: UUID, now: datetime) -> str:
    """List the trouble once, for the board whose campaign it is; gives the campaign's short name."""
    asking = session.get_one(Campaign, campaign_id)
    text = (
        f"The anonymous answers of {asking.slug} could not be written anew in the night. They are safe and "
        "wait, and Cascade tries again by itself; until then none of them is told. If this stays, show the "
        "log of `cascade serve` to whoever looks after it."
    )
    chore.open_once(session, ChoreKind.MIX_ANSWERS, str(asking.id), text, now, board_id=asking.board_id)
    return asking.slug
