"""One thread writes: a failing job harms nobody, people's answers go first, results wait for the commit."""

import asyncio
import contextlib
import threading

import pytest
from sqlalchemy.exc import IntegrityError

from store.database import Database, Session
from store.people.person import Person


def add(session: Session, name: str) -> str:
    session.add(Person(name=name, language="en", audience=""))
    session.flush()
    return name


def names(session: Session) -> list[str]:
    return [name for (name,) in session.query(Person.name).order_by(Person.name)]


@pytest.fixture
def engine() -> str:
    """Only SQLite has a writer thread."""
    return "sqlite"


class Gate:
    """A job that holds the writer until it is let go, so that others gather behind it."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.open = threading.Event()

    def __call__(self, session: Session) -> None:
        self.reached.set()
        assert self.open.wait(10)


async def gathered(database: Database, gate: Gate) -> "asyncio.Task[None]":
    """Hold the writer at the gate."""
    held = asyncio.create_task(database.write(gate))
    await asyncio.to_thread(gate.reached.wait, 10)
    return held


async def test_one_failing_job_does_not_harm_the_others_of_its_batch(database: Database) -> None:
    def fail(session: Session) -> None:
        add(session, "Half Done")
        raise ValueError("no")

    gate = Gate()
    held = await gathered(database, gate)
    jobs = [
        asyncio.ensure_future(job)
        for job in (
            database.write(lambda session: add(session, "Ada")),
            database.write(fail),
            database.write(lambda session: add(session, "Bea")),
        )
    ]
    await asyncio.sleep(0)
    gate.open.set()
    results = await asyncio.gather(*jobs, return_exceptions=True)
    await held
    assert (results[0], results[2]) == ("Ada", "Bea")
    assert isinstance(results[1], ValueError)
    assert await database.read(names) == ["Ada", "Bea"]


async def test_a_database_fault_of_one_job_stays_its_own(database: Database) -> None:
    def twice(session: Session) -> None:
        known = session.query(Person).filter_by(name="Ada").one()
        session.expunge(known)
        session.add(Person(id=known.id, name="Imposter", language="en", audience=""))
        session.flush()

    await database.write(lambda session: add(session, "Ada"))
    gate = Gate()
    held = await gathered(database, gate)
    bad = asyncio.ensure_future(database.write(twice))
    good = asyncio.ensure_future(database.write(lambda session: add(session, "Bea")))
    await asyncio.sleep(0)
    gate.open.set()
    with pytest.raises(Exception, match="UNIQUE"):
        await bad
    await asyncio.gather(good, held)
    assert await database.read(names) == ["Ada", "Bea"]


async def test_a_job_that_makes_light_of_its_failure_takes_nothing_from_others(
    database: Database,
) -> None:
    def make_light(session: Session) -> str:
        known = session.query(Person).filter_by(name="Ada").one()
        session.expunge(known)
        session.add(Person(id=known.id, name="Imposter", language="en", audience=""))
        with contextlib.suppress(IntegrityError):
            session.flush()
        session.rollback()
        return "never mind"

    await database.write(lambda session: add(session, "Ada"))
    gate = Gate()
    held = await gathered(database, gate)
    jobs = [
        asyncio.ensure_future(job)
        for job in (
            database.write(lambda session: add(session, "Bea")),
            database.write(lambda session: add(session, "Cato")),
            database.write(make_light),
        )
    ]
    await asyncio.sleep(0)
    gate.open.set()
    assert await asyncio.gather(*jobs) == ["Bea", "Cato", "never mind"]
    await held
    assert await database.read(names) == ["Ada", "Bea", "Cato"]


async def test_what_people_say_goes_before_all_that_waits(database: Database) -> None:
    order: list[str] = []
    gate = Gate()
    held = await gathered(database, gate)
    jobs = [asyncio.ensure_future(database.write(lambda _: order.append("tick"))) for _ in range(3)]
    await asyncio.sleep(0)
    jobs.append(asyncio.ensure_future(database.write(lambda _: order.append("answer"), urgent=True)))
    await asyncio.sleep(0)
    gate.open.set()
    await asyncio.gather(held, *jobs)
    assert order == ["answer", "tick", "tick", "tick"]


async def test_a_result_comes_only_when_it_is_committed(database_url: str, database: Database) -> None:
    other = Database(database_url)
    gate = Gate()
    held = await gathered(database, gate)
    first = asyncio.ensure_future(database.write(lambda session: add(session, "Ada")))
    behind = Gate()
    second = asyncio.ensure_future(database.write(behind))
    await asyncio.sleep(0)
    gate.open.set()
    await asyncio.to_thread(behind.reached.wait, 10)
    # The first job has run, but shares a commit with the second, which has not ended.
    assert not first.done()
    assert await other.read(names) == []
    behind.open.set()
    await asyncio.gather(held, first, second)
    assert await other.read(names) == ["Ada"]
    await other.close()


async def test_closing_finishes_what_is_queued(database_url: str) -> None:
    database = Database(database_url)
    jobs = [asyncio.ensure_future(database.write(lambda session: add(session, "Ada"))) for _ in range(50)]
    await asyncio.sleep(0)
    await database.close()
    await asyncio.gather(*jobs)
    again = Database(database_url)
    assert len(await again.read(names)) == 50
    await again.close()
    with pytest.raises(RuntimeError, match="closed"):
        await database.write(lambda session: add(session, "Late"))


async def test_a_cancelled_write_that_had_not_begun_is_not_made(database: Database) -> None:
    gate = Gate()
    held = await gathered(database, gate)
    late = asyncio.ensure_future(database.write(lambda session: add(session, "Late")))
    await asyncio.sleep(0)
    late.cancel()
    await asyncio.sleep(0)
    gate.open.set()
    await held
    assert await database.read(names) == []
