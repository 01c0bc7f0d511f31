"""However many workers look, and wherever one is cut off, each entry of the year is launched once."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from bot.asking import launching
from bot.asking.yearly import Year
from store import chore
from store.asking import campaign
from store.asking.campaign import CampaignState
from store.asking.year import EntryState
from store.database import Database, Session
from tests.bot.make_year import DAY, asked, look, said, town
from tests.make import IDENTITY, ZONE

T = TypeVar("T")


async def test_workers_at_once_launch_an_entry_once(database: Database) -> None:
    await database.write(lambda session: town(session, "tna"))
    await asyncio.gather(*(Year(database, IDENTITY).pass_by(DAY) for _ in range(4)))
    slugs = await database.read(lambda session: [one.slug for one in campaign.every(session)])
    assert slugs == ["tna-2026-schools"]
    assert await database.read(asked) == {"tna-2026-schools": 1}
    whats = ("launched", "asked for", "not launched")
    assert [await database.read(partial(said, what=what)) for what in whats] == [1, 1, 0]


async def test_workers_at_once_tell_the_office_once(database: Database) -> None:
    await database.write(lambda session: town(session, "website"))
    day = datetime(2026, 10, 7, 9, 0, tzinfo=UTC)
    await asyncio.gather(*(Year(database, IDENTITY).pass_by(day) for _ in range(4)))
    assert await database.read(partial(said, what="asked for")) == 1


class Overtaken(Database):
    """A process whose draft somebody launches by hand as soon as it has made it."""

    writes = 0

    async def write(self, fn: Callable[[Session], T], *, urgent: bool = False) -> T:
        done = await super().write(fn, urgent=urgent)
        self.writes += 1
        if self.writes == 2:
            [draft] = await self.read(campaign.every)
            await launching.carry_out(self, ZONE, draft.id, DAY, "morgan")
        return done


async def test_a_launch_by_hand_in_between_is_no_failure(database: Database) -> None:
    await database.write(lambda session: town(session, "tna"))
    slow = Overtaken(database.url)
    await Year(slow, IDENTITY).pass_by(DAY)
    await slow.close()
    assert (await look(database, "tna-2026-schools")).state is EntryState.LAUNCHED
    assert await database.read(lambda session: chore.waiting(session)) == []
    assert await database.read(partial(said, what="not launched")) == 0


class Cut(BaseException):
    """The process is gone."""


class Dying(Database):
    """A process that ends just before one of its writes, counted from none."""

    left = 0

    async def write(self, fn: Callable[[Session], T], *, urgent: bool = False) -> T:
        self.left -= 1
        if self.left < 0:
            raise Cut
        return await super().write(fn, urgent=urgent)


async def test_a_launch_that_was_cut_off_anywhere_is_taken_up_where_it_stood(database: Database) -> None:
    await database.write(lambda session: town(session, "tna"))
    states, writes, done = set(), 0, False
    while not done:
        dying = Dying(database.url)
        dying.left, writes = writes, writes + 1
        try:
            await Year(dying, IDENTITY).pass_by(DAY)
            done = True
        except Cut:
            states |= {one.state for one in await database.read(campaign.every)}
        finally:
            await dying.close()
        # The next process has nothing left but what the rows say.
        assert await database.read(lambda session: len(campaign.every(session))) <= 1
    assert states == {CampaignState.DRAFT, CampaignState.LAUNCHING, CampaignState.LIVE}
    assert await database.read(asked) == {"tna-2026-schools": 1}
    assert (await look(database, "tna-2026-schools")).state is EntryState.LAUNCHED
