"""The writer: one thread for all of a process's writes to SQLite, committing what has gathered."""

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from store.engine import KNOCK_MS, explained
from store.errors import concerns_all

#: Writes that share one commit, at most. Beyond it a slow disk is no longer what costs.
GATHERED = 128
URGENT, NORMAL, CLOSING = 0, 1, 9
#: After a transaction that took so many seconds, this process lets go for a moment, longer than another one
#: that would write waits between two knocks: else it might take the lock again and again before that one.
LONG, LET_GO = 0.02, 0.001 * (KNOCK_MS + 1)

T = TypeVar("T")


@dataclass(order=True)
class _Job:
    """One write that waits for its turn."""

    rank: int
    turn: int
    fn: Callable[[Session], Any] | None = field(compare=False)
    result: "Future[Any]" = field(compare=False)


class Writer:
    """Runs writes one after another: answers first, then all else, each in the order it came."""

    def __init__(self, engine: Engine) -> None:
        """Start the thread; the engine must be SQLite's."""
        self._engine = engine
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._lock = threading.Lock()
        self._turn = 0
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="cascade-writer", daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[[Session], T], *, urgent: bool) -> "Future[T]":
        """Queue a write; the future holds its result once it is committed, never before."""
        result: Future[T] = Future()
        self._put(URGENT if urgent else NORMAL, fn, result)
        return result

    def close(self) -> None:
        """Finish what is queued, then stop."""
        done: Future[None] = Future()
        self._put(CLOSING, None, done)
        self._thread.join()

    def _put(self, rank: int, fn: Callable[[Session], Any] | None, result: "Future[Any]") -> None:
        with self._lock:
            if self._closed:
                raise RuntimeError("the database is closed")
            self._closed = rank == CLOSING
            self._turn += 1
            self._jobs.put(_Job(rank, self._turn, fn, result))

    def _run(self) -> None:
        with self._engine.connect() as connection:
            # The transaction is the writer's: the session neither commits nor ends it.
            session = Session(connection, expire_on_commit=False, join_transaction_mode="rollback_only")
            while True:
                batch = self._gather()
                began = time.perf_counter()
                if todo := [job for job in batch if job.fn and job.result.set_running_or_notify_cancel()]:
                    self._commit(session, connection, todo)
                if batch[-1].fn is None:
                    return
                if time.perf_counter() - began > LONG:
                    time.sleep(LET_GO)

    def _gather(self) -> list[_Job]:
        batch = [self._jobs.get()]
        while len(batch) < GATHERED and batch[-1].fn is not None:
            try:
                batch.append(self._jobs.get_nowait())
            except queue.Empty:
                break
        return batch

    def _commit(self, session: Session, connection: Connection, jobs: list[_Job]) -> None:
        """Run the jobs in one transaction; where one fails, all are run again, and it undoes only itself.

        A savepoint costs as much as many a job, and hardly any job fails.
        """
        try:
            with explained(), connection.begin() as shared:
                results = [_call(session, job) for job in jobs]
                if not shared.is_active:
                    raise RuntimeError("a job let its failure be, and so undid what it shares with others")
        except BaseException as error:
            if len(jobs) == 1 or not isinstance(error, Exception) or concerns_all(error):
                _tell_all(jobs, error)
            else:
                self._commit_apart(session, connection, jobs)
            return
        for job, result in zip(jobs, results, strict=True):
            job.result.set_result(result)

    def _commit_apart(self, session: Session, connection: Connection, jobs: list[_Job]) -> None:
        """Run the jobs in one transaction, each with a savepoint before it."""
        done: list[tuple[_Job, Any]] = []
        try:
            with explained(), connection.begin():
                for job in jobs:
                    try:
                        with connection.begin_nested():
                            result = _call(session, job)
                    except Exception as error:
                        if concerns_all(error):
                            raise  # SQLite may have undone the whole batch, as on a full disk
                        job.result.set_exception(error)  # it belongs to the caller, not to the others
                    else:
                        done.append((job, result))
        except BaseException as error:
            _tell_all(jobs, error)
            return
        for job, result in done:
            job.result.set_result(result)


def _call(session: Session, job: _Job) -> Any:
    assert job.fn is not None  # noqa: S101 - the word to stop is no job
    try:
        result = job.fn(session)
        session.flush()
        return result
    finally:
        session.close()


def _tell_all(jobs: list[_Job], error: BaseException) -> None:
    """Nothing of the batch was kept: everybody in it is told, none believes otherwise."""
    for job in jobs:
        if not job.result.done():
            job.result.set_exception(error)
