"""Launching: the one way in which a campaign comes to ask, whoever or whatever launches it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.asking.gate import plan_whole
from bot.hearing import evidence
from messages.chasing.pace import AIM, UNHURRIED, Pace
from messages.launching import launch
from messages.launching.plan import Plan
from messages.letters.identity import Identity
from store.asking.campaign import Campaign
from store.database import Database, Session

#: Gives the asks of a campaign what is their own, between making them and going live; may be repeated.
Dress = Callable[[Session, Campaign], None]
#: The playbooks whose asks differ from one another.
DRESSES: Mapping[str, Dress] = {evidence.PLAYBOOK: evidence.dress}


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a campaign was not launched, a sentence each."""

    faults: list[str]


async def check(database: Database, identity: Identity, campaign_id: UUID, now: datetime) -> Plan:
    """Work out what launching a campaign now would lead to, with all that stops it; changes nothing."""
    return await database.read(
        lambda session: plan_whole(session, session.get_one(Campaign, campaign_id), now, identity)
    )


async def launch_checked(
    database: Database, identity: Identity, campaign_id: UUID, now: datetime, by: str
) -> int | Refused:
    """Launch a campaign, or say what stops it; tells how many are asked."""
    made = await check(database, identity, campaign_id, now)
    if made.errors:
        return Refused(made.errors)
    return await carry_out(database, identity.zone, campaign_id, now, by)


async def carry_out(
    database: Database,
    zone: ZoneInfo,
    campaign_id: UUID,
    now: datetime,
    by: str,
    tick: Callable[[int], None] = lambda _: None,
) -> int:
    """Launch a campaign whose plan was looked at; tells how many are asked now.

    One that was cut off is taken up where it stood, and of two at once one goes live. `tick` is called after
    each chunk of asks, with how many places it may have held.
    """
    await database.write(lambda session: launch.begin(session, session.get_one(Campaign, campaign_id), now))
    await make_asks(database, zone, campaign_id, now, tick)
    opened, reached = await _open_most(database, campaign_id, now)
    return await database.write(
        lambda session: launch.go_live(
            session, session.get_one(Campaign, campaign_id), now, by, opened, reached
        )
    )


async def _open_most(database: Database, campaign_id: UUID, now: datetime) -> tuple[int, int]:
    """Open what is left of the first asks in chunks, for a short flip to live; tells how many, up to which.

    They are made open, so none is left but those of a launch that was cut off and is taken up later.
    """
    pace = _pace(database)

    def open_next(session: Session, limit: int, after: int) -> tuple[int | None, int]:
        return launch.open_some(session, campaign_id, after, now, limit)

    opened, reached = await database.read(lambda session: launch.opened_at(session, campaign_id, now))
    while True:
        last, some = await database.write(pace.timed(partial(open_next, after=reached)))
        if last is None:
            return opened, reached
        opened, reached = opened + some, last


async def make_asks(
    database: Database,
    zone: ZoneInfo,
    campaign_id: UUID,
    now: datetime,
    tick: Callable[[int], None] = lambda _: None,
) -> None:
    """Make the asks chunk by chunk, each its own transaction, so that nobody else waits long."""
    pace = _pace(database)

    def make(session: Session, limit: int, last: UUID | None) -> UUID | None:
        return launch.make_asks(session, campaign_id, last, now, zone, limit)

    after: UUID | None = None
    while (after := await database.write(pace.timed(partial(make, last=after)))) is not None:
        tick(pace.dealt_with)
    await database.write(lambda session: _dress(session, campaign_id))


def _pace(database: Database) -> Pace:
    return Pace(launch.CHUNK, AIM if database.is_sqlite else UNHURRIED)


def launch_whole(session: Session, wanted: Campaign, now: datetime, zone: ZoneInfo, by: str) -> int:
    """Launch a small campaign in one transaction; its plan was looked at."""
    launch.begin(session, wanted, now)
    after: UUID | None = None
    while (after := launch.make_asks(session, wanted.id, after, now, zone)) is not None:
        pass
    _dress(session, wanted.id)
    return launch.go_live(session, wanted, now, by)


def _dress(session: Session, campaign_id: UUID) -> None:
    wanted = session.get_one(Campaign, campaign_id)
    if dress := DRESSES.get(wanted.playbook):
        dress(session, wanted)
