"""The database: where rows live, and the two ways to them, `read` and `write`."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from store.engine import BUSY_SECONDS, explained, is_sqlite, open_engine
from store.errors import is_contention
from store.writer import Writer

__all__ = ["Database", "Session"]

T = TypeVar("T")

#: Reads, and on PostgreSQL writes, that run side by side.
THREADS = 8
#: How often a write is run again that another transaction got in the way of.
TRIES = 5


class Database:
    """Rows behind one URL. Functions given to it are plain, take a Session and never commit.

    A writing one may be run again, where another got in its way or failed beside it.

    SQLite writes pass one thread that commits what has gathered; PostgreSQL's go through a pool.
    Raises a StoreError when the database is locked, full or absent; nothing was kept then.
    """

    def __init__(self, url: str, *, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open the database at a URL such as sqlite:///cascade.db or postgresql://host/name.

        A write to SQLite waits for another program's for so many seconds, and fails then.
        """
        self.url = url
        self.is_sqlite = is_sqlite(url)
        self._reads = open_engine(url, size=THREADS, writes=not self.is_sqlite)
        self._writes = open_engine(url, size=1, busy_seconds=busy_seconds) if self.is_sqlite else self._reads
        self._writer = Writer(self._writes) if self.is_sqlite else None
        self._glancing = threading.Lock()
        self._glances: Session | None = None
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="cascade-store")

    async def read(self, fn: Callable[[Session], T]) -> T:
        """Run a reading function on a thread and give its result."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(self.read_now, fn))

    async def glance(self, fn: Callable[[Session], T]) -> T:
        """As `read`, for a look at a few rows by their keys, and at nothing longer.

        On SQLite it is run where it is asked for: no writer keeps a reader waiting there, nor can another
        process while this one has it open, and handing a look over to a thread takes longer than the look.
        """
        return self._glance_now(fn) if self.is_sqlite else await self.read(fn)

    async def write(self, fn: Callable[[Session], T], *, urgent: bool = False) -> T:
        """Run a writing function in a transaction; returns only when it is committed.

        `urgent` puts it before all that waits: answers of people are.
        """
        if self._writer is not None:
            return await asyncio.wrap_future(self._writer.submit(fn, urgent=urgent))
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(self.write_now, fn))

    def read_now(self, fn: Callable[[Session], T]) -> T:
        """As `read`, for callers that have no event loop."""
        with explained(), Session(self._reads, expire_on_commit=False) as session:
            return fn(session)

    def _glance_now(self, fn: Callable[[Session], T]) -> T:
        with self._glancing, explained():
            # One session on one connection for all glances: to make them takes longer than to use them.
            session = self._glances
            if session is None:
                session = self._glances = Session(self._reads.connect(), expire_on_commit=False)
            try:
                return fn(session)
            finally:
                session.close()

    def write_now(self, fn: Callable[[Session], T]) -> T:
        """As `write`, for callers that have no event loop."""
        if self._writer is not None:
            return self._writer.submit(fn, urgent=False).result()
        for remaining in reversed(range(TRIES)):
            try:
                with explained(), Session(self._writes, expire_on_commit=False) as session, session.begin():
                    return fn(session)
            except DBAPIError as error:
                if remaining == 0 or not is_contention(error):
                    raise
        raise AssertionError("unreachable")

    async def close(self) -> None:
        """Finish what is queued, then let go of every connection."""
        await asyncio.get_running_loop().run_in_executor(None, self.close_now)

    def close_now(self) -> None:
        """As `close`, for callers that have no event loop."""
        if self._writer is not None:
            self._writer.close()
        self._threads.shutdown()
        if self._glances is not None:
            self._glances.connection().close()
        self._writes.dispose()
        self._reads.dispose()
