"""A glance is a read like any other: it sees what is committed, waits for no writer, leaves nothing open."""

import asyncio
import threading

import pytest

from store.database import Database, Session
from store.people.person import Person


def add(session: Session, name: str) -> None:
    session.add(Person(name=name, language="en", audience=""))
    session.flush()


def names(session: Session) -> list[str]:
    return [name for (name,) in session.query(Person.name).order_by(Person.name)]


async def test_each_glance_sees_what_was_kept_before_it(database: Database) -> None:
    assert await database.glance(names) == []
    await database.write(lambda session: add(session, "Ada"))
    assert await database.glance(names) == ["Ada"]


async def test_a_glance_that_fails_harms_no_later_one(database: Database) -> None:
    def fail(session: Session) -> None:
        names(session)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await database.glance(fail)
    await database.write(lambda session: add(session, "Ada"))
    assert await database.glance(names) == ["Ada"]


async def test_a_glance_waits_for_no_writer(database: Database) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def linger(session: Session) -> None:
        add(session, "Ada")
        reached.set()
        assert go_on.wait(10)

    writing = asyncio.create_task(database.write(linger))
    await asyncio.to_thread(reached.wait, 10)
    assert await database.glance(names) == []
    go_on.set()
    await writing
    assert await database.glance(names) == ["Ada"]


async def test_a_glance_writes_nothing(database: Database) -> None:
    if database.is_sqlite:
        with pytest.raises(Exception, match="readonly"):
            await database.glance(lambda session: add(session, "Ada"))
    else:
        await database.glance(lambda session: add(session, "Ada"))
    assert await database.read(names) == []
