"""Yearly: lets the year run; on its day each entry becomes a campaign and is launched, once."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.asking.composing import Nobody, NotToday, compose, give_days
from bot.asking.launching import Refused, carry_out, launch_checked
from bot.asking.year import plan_all
from messages.catalogue.board_year import say_year
from messages.days.almanac import Almanac
from messages.days.hours import is_polite, next_polite
from messages.letters.identity import Identity
from store import chore
from store.asking import year
from store.asking.campaign import Campaign, CampaignState
from store.asking.year import COMING, EntryState, YearEntry
from store.chore import ChoreKind
from store.database import Database, Session
from store.decision import note
from store.errors import StoreError

#: Who acts where no person does.
BY = "the year"
#: A campaign that is still to be launched, or was cut off in the middle of it.
BEFORE = (CampaignState.DRAFT, CampaignState.LAUNCHING)

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Year:
    """Launches what has its day. A second one, anywhere, is harmless: each entry has one campaign."""

    database: Database
    identity: Identity
    #: When this process last saw whether anything is missing, and what there was then.
    _planned_on: date | None = field(default=None, init=False)
    _signs: tuple[int, ...] = field(default=(), init=False)

    def is_new_day(self, now: datetime) -> bool:
        """Whether this process has not yet seen today whether anything is missing."""
        return self._planned_on != now.astimezone(self.identity.zone).date()

    async def pass_by(self, now: datetime) -> int:
        """Lay down once a day what lessons have brought since, and launch what is due; tells how many."""
        zone = self.identity.zone
        today = now.astimezone(zone).date()
        if self.is_new_day(now):
            signs = await self.database.read(year.signs)
            if signs != self._signs or signs[-1]:
                await self.database.write(partial(plan_all, now=now, zone=zone))
            self._planned_on, self._signs = today, signs
        due = await self.database.read(partial(_find_due, now=now, zone=zone))
        return sum([await self._launch(one, now) for one in due])

    async def _launch(self, entry_id: UUID, now: datetime) -> bool:
        """Launch one entry; what goes wrong there holds up no other, and is tried again."""
        try:
            return await self._try(entry_id, now)
        except StoreError:
            raise
        except Exception:
            log.exception("An entry of the year could not be launched.")
            why = "something went wrong that the log of `cascade serve` tells"
            await self.database.write(
                partial(_postpone, entry_id=entry_id, why=why, now=now, zone=self.identity.zone)
            )
            return False

    async def _try(self, entry_id: UUID, now: datetime) -> bool:
        zone = self.identity.zone
        claim = partial(_claim, entry_id=entry_id, now=now, zone=zone)
        found = await self.database.write(claim)
        if found is None:
            return False
        campaign_id, state = found
        if state is CampaignState.LAUNCHING:
            # Its plan was looked at before it was cut off.
            done: int | Refused = await carry_out(self.database, zone, campaign_id, now, BY)
        else:
            done = await launch_checked(self.database, self.identity, campaign_id, now, BY)
        if isinstance(done, Refused):
            why = "; ".join(done.faults)
            await self.database.write(partial(_postpone, entry_id=entry_id, why=why, now=now, zone=zone))
            return False
        return await self.database.write(partial(_finish, entry_id=entry_id, now=now))


def next_look(session: Session, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The next working hour of the board's office at which an entry wants to be looked at; None for none."""
    day = year.next_day(session)
    if day is None:
        return None
    morning = datetime.combine(day, time(), zone).astimezone(UTC)
    return next_polite(max(now, morning), Almanac(session).office(), zone)


def is_due(session: Session, now: datetime, zone: ZoneInfo) -> bool:
    """Whether an entry's day has come, at whatever hour: one short look."""
    day = year.next_day(session)
    return day is not None and day <= now.astimezone(zone).date()


def _find_due(session: Session, now: datetime, zone: ZoneInfo) -> list[UUID]:
    """The entries to launch now: none outside the office's working hours."""
    if not is_due(session, now, zone) or not is_polite(now, Almanac(session).office(), zone):
        return []
    return year.due(session, now.astimezone(zone).date())


def _claim(
    session: Session, entry_id: UUID, now: datetime, zone: ZoneInfo
) -> tuple[UUID, CampaignState] | None:
    """Give an entry its one campaign, or take up the one that it has; None where none is to be launched."""
    entry = year.hold(session, entry_id)
    today = now.astimezone(zone).date()
    if entry.state not in COMING or entry.wakes_on is None or entry.wakes_on > today:
        return None
    if not entry.playbook:
        _tell_office(session, entry, now)
        return None
    if entry.campaign_id is not None:
        return _take_up(session, entry, session.get_one(Campaign, entry.campaign_id), now, today)
    composed = compose(session, entry, now, zone, BY)
    match composed:
        case Nobody(why):
            year.settle(session, entry.id, COMING, EntryState.OFF, why)
            _note(session, entry, now, "not asked", why)
            return None
        case NotToday(why):
            _postpone(session, entry.id, why, now, zone)
            return None
        case Campaign():
            entry.campaign_id = composed.id
            session.flush()
            return composed.id, composed.state


def _take_up(
    session: Session, entry: YearEntry, made: Campaign, now: datetime, today: date
) -> tuple[UUID, CampaignState] | None:
    """Go on with a campaign that was made before; None where it was launched since."""
    if made.state not in BEFORE:
        _finish(session, entry.id, now)
        return None
    if made.state is CampaignState.DRAFT:
        give_days(session, entry, made, today)
    return made.id, made.state


def _postpone(session: Session, entry_id: UUID, why: str, now: datetime, zone: ZoneInfo) -> None:
    """Leave an entry for the next working day, with a chore that says what stands in the way."""
    entry = year.hold(session, entry_id)
    made = session.get_one(Campaign, entry.campaign_id) if entry.campaign_id else None
    if made is not None and made.state not in BEFORE:
        # Another worker was quicker, or a person.
        _finish(session, entry_id, now)
        return
    if entry.state not in COMING:
        return
    again = Almanac(session).office().add(now.astimezone(zone).date(), 1)
    entry.state, entry.wakes_on, entry.why = EntryState.FAILED, again, why
    session.flush()
    told = f" `cascade plan {made.slug}` tells all of it." if made else ""
    text = (
        f"{entry.slug}, “{entry.title}”, was not launched on {entry.opens_on:%d/%m/%Y}: {why.rstrip('.')}."
        f"{told} It is tried again on {again:%d/%m/%Y}; "
        f"`cascade year off {say_year(entry.year)} {entry.slug}` lets it be."
    )
    chore.open_once(session, ChoreKind.LAUNCH, str(entry.id), text, now, board_id=entry.board_id)
    _note(session, entry, now, "not launched", why)


def _finish(session: Session, entry_id: UUID, now: datetime) -> bool:
    """Note that an entry is launched; False where somebody has."""
    if not year.settle(session, entry_id, COMING, EntryState.LAUNCHED, ""):
        return False
    entry = session.get_one(YearEntry, entry_id)
    chore.finish(session, ChoreKind.LAUNCH, str(entry_id), BY, now)
    _note(session, entry, now, "asked for", f"{entry.slug} had its day")
    return True


def _tell_office(session: Session, entry: YearEntry, now: datetime) -> None:
    """What is the office's own is a chore: no letter goes."""
    text = f"{entry.title}: it is yours to do by {entry.due_on:%d/%m/%Y}."
    chore.open_once(session, ChoreKind.OFFICE_DAY, str(entry.id), text, now, board_id=entry.board_id)
    year.settle(session, entry.id, COMING, EntryState.LAUNCHED, "a chore for the office")
    _note(session, entry, now, "asked for", "a chore for the office; no letter goes")


def _note(session: Session, entry: YearEntry, now: datetime, what: str, why: str) -> None:
    note(session, now, what, why, BY, board_id=entry.board_id, campaign_id=entry.campaign_id)
