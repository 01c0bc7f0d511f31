"""A database that is locked, full, absent or read-only: one clear line, and nothing half kept."""

import asyncio
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest

from store import schema
from store.database import Database, Session
from store.errors import StoreBusyError, StoreFullError, StoreUnreachableError, explain
from store.people.person import Person


def add(session: Session, name: str) -> None:
    session.add(Person(name=name, language="en", audience=""))
    session.flush()


def names(session: Session) -> set[str]:
    return {name for (name,) in session.query(Person.name)}


@pytest.fixture
def sqlite(new_database: Callable[[str, Path, bool], str], tmp_path: Path) -> str:
    """The URL of a migrated SQLite database."""
    return new_database("sqlite", tmp_path, True)


async def test_a_locked_database_says_so_in_time_and_loses_nothing(sqlite: str) -> None:
    database = Database(sqlite, busy_seconds=0.1)
    await database.write(lambda session: add(session, "Ada"))
    locker = sqlite3.connect(sqlite.removeprefix("sqlite:///"), isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusyError, match=r"try again in a moment"):
        await database.write(lambda session: add(session, "Bea"))
    assert await database.read(names) == {"Ada"}  # readers are not held up
    locker.execute("ROLLBACK")
    locker.close()
    await database.write(lambda session: add(session, "Cleo"))
    assert await database.read(names) == {"Ada", "Cleo"}
    await database.close()


async def test_a_lock_that_ends_in_time_is_waited_for(sqlite: str) -> None:
    database = Database(sqlite)
    locker = sqlite3.connect(sqlite.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    locker.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.1, locker.execute, ["COMMIT"])
    release.start()
    await database.write(lambda session: add(session, "Ada"))
    release.join()
    locker.close()
    assert await database.read(names) == {"Ada"}
    await database.close()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of two megabytes; skipped where none may be mounted."""
    with tempfile.TemporaryDirectory(prefix="cascade-small-") as folder:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False
        )
        if mounted.returncode:
            pytest.skip("no small disk may be mounted here")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def fill(database: Database, rows: int) -> None:
    """Write many rows in one transaction."""

    def add_all(session: Session) -> None:
        for number in range(rows):
            session.add(Person(name=f"{number:06} {'x' * 190}", language="en", audience=""))
        session.flush()

    database.write_now(add_all)


async def test_a_full_disk_says_so_and_keeps_nothing_by_halves(small_disk: Path) -> None:
    url = f"sqlite:///{small_disk / 'cascade.db'}"
    schema.create(url)
    database = Database(url)
    await database.write(lambda session: add(session, "Ada"))
    with pytest.raises(StoreFullError, match="make room"):
        fill(database, 20_000)
    assert await database.read(names) == {"Ada"}
    await database.close()


async def test_a_file_that_may_not_grow_says_so_and_goes_on_afterwards(sqlite: str) -> None:
    database = Database(sqlite)

    def limit(session: Session) -> None:
        session.connection().exec_driver_sql("PRAGMA max_page_count=120")

    await database.write(limit)
    with pytest.raises(StoreFullError):
        fill(database, 5_000)
    assert await database.read(names) == set()
    await database.write(lambda session: add(session, "Ada"))
    assert await database.read(names) == {"Ada"}
    await database.close()


async def test_all_who_share_a_commit_that_fails_are_told(sqlite: str) -> None:
    database = Database(sqlite)
    started, go = threading.Event(), threading.Event()

    def hold(session: Session) -> None:
        started.set()
        go.wait(10)

    def crowd(session: Session) -> None:
        session.connection().exec_driver_sql("PRAGMA max_page_count=120")
        for number in range(5_000):
            session.add(Person(name=f"{number:06} {'x' * 190}", language="en", audience=""))
        session.flush()

    held = asyncio.create_task(database.write(hold))
    await asyncio.to_thread(started.wait, 10)
    jobs = [
        asyncio.create_task(database.write(crowd)),
        asyncio.create_task(database.write(partial(add, name="Ada"))),
    ]
    await asyncio.sleep(0)
    go.set()
    told = await asyncio.gather(*jobs, return_exceptions=True)
    await held
    assert [type(error) for error in told] == [StoreFullError, StoreFullError]
    assert await database.read(names) == set()
    await database.close()


async def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachableError, match="check the setting `database`"):
        schema.current(f"sqlite:///{tmp_path / 'nowhere' / 'cascade.db'}")


async def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachableError, match="check the setting `database`"):
        schema.current(f"postgresql://cascade@/none?host={tmp_path}")


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_a_deadlock_is_tried_again(database_url: str) -> None:
    database = Database(database_url)
    for name in ("Ada", "Bea"):
        database.write_now(partial(add, name=name))
    both = threading.Barrier(2, timeout=10)

    def cross(first: str, second: str, tries: list[int]) -> None:
        def rename(session: Session) -> None:
            tries.append(1)
            session.query(Person).filter_by(name=first).update({"language": "en"})
            if len(tries) == 1:
                both.wait()
            session.query(Person).filter_by(name=second).update({"language": "en"})

        database.write_now(rename)

    tries: tuple[list[int], list[int]] = ([], [])
    threads = [
        threading.Thread(target=cross, args=("Ada", "Bea", tries[0])),
        threading.Thread(target=cross, args=("Bea", "Ada", tries[1])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # The server ends at least one of two that wait for each other; on a busy machine it may end both.
    assert sum(map(len, tries)) > 2
    assert max(map(len, tries)) > 1
    await database.close()


def test_faults_of_ours_are_not_explained_away() -> None:
    assert explain(sqlite3.IntegrityError("UNIQUE constraint failed")) is None
    assert explain(psycopg.errors.DiskFull("could not extend file: No space left on device")) is not None
