"""Where a process has much to write, those that write beside it take their turns."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from store.database import Database, Session
from store.people.person import Person

#: Transactions of the busy one, and the seconds that each keeps the database.
MANY, EACH = 40, 0.03
#: After how many of the busy one's transactions another's write is kept: the one under way and a few that
#: begin while it knocks.
TURNS = 5


@pytest.fixture
def engine() -> str:
    """Only in SQLite do writers wait for one another."""
    return "sqlite"


@pytest.fixture
async def another(database_url: str) -> AsyncIterator[Database]:
    """The same database opened once more, as by another process."""
    opened = Database(database_url)
    yield opened
    await opened.close()


async def test_another_process_is_not_kept_waiting_by_one_with_much_to_write(
    database: Database, another: Database
) -> None:
    begun = 0

    def keep_busy(session: Session) -> None:
        nonlocal begun
        begun += 1
        session.add(Person(name="Busy", language="en", audience=""))
        session.flush()
        time.sleep(EACH)

    async def write_much() -> None:
        for _ in range(MANY):
            await database.write(keep_busy)

    def write_little(session: Session) -> None:
        session.add(Person(name="Little", language="en", audience=""))

    busy = asyncio.create_task(write_much())
    waited = []
    while not busy.done():
        before = begun
        await another.write(write_little)
        waited.append(begun - before)
        await asyncio.sleep(0.01)
    assert len(waited) > MANY // TURNS
    assert max(waited) <= TURNS
