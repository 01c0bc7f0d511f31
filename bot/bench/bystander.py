"""The bystander: somebody else who writes to the same database, in another process, while a bench runs."""

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event
from typing import Any
from uuid import UUID

from store.database import Database, Session
from store.people.board import Board

#: Seconds between two writes: a hundred people at once, each of whom saves every second.
BETWEEN = 0.01
#: Seconds that the process may take to begin, and to end.
PATIENCE = 60


@dataclass(slots=True)
class Bystander:
    """How long the writes of the other process took, in seconds; filled when it ends."""

    waits: list[float] = field(default_factory=list)


@contextmanager
def bystander(url: str, board_id: UUID) -> Iterator[Bystander]:
    """Write a little, again and again, from another process until the end of the block.

    Raises RuntimeError where that process does not begin or comes to grief.
    """
    spawning = multiprocessing.get_context("spawn")
    begun, ended = spawning.Event(), spawning.Event()
    ours, theirs = spawning.Pipe(duplex=False)
    process = spawning.Process(target=_keep_writing, args=(url, board_id, begun, ended, theirs), daemon=True)
    process.start()
    theirs.close()
    seen = Bystander()
    try:
        if not begun.wait(PATIENCE):
            raise RuntimeError("the other process of the bench did not begin; see the lines above")
        yield seen
        ended.set()
        if not ours.poll(PATIENCE):
            raise RuntimeError("the other process of the bench did not end; see the lines above")
        seen.waits.extend(ours.recv())
    finally:
        ended.set()
        process.join(PATIENCE)
        process.kill()


def _keep_writing(url: str, board_id: UUID, begun: Event, ended: Event, told: Any) -> None:
    database = Database(url)
    waits: list[float] = []

    def write(session: Session) -> None:
        board = session.get_one(Board, board_id)
        board.contact_phone = "" if board.contact_phone else "by letter"

    # The first opens the connection.
    database.write_now(write)
    begun.set()
    while not ended.wait(BETWEEN):
        started = time.perf_counter()
        database.write_now(write)
        waits.append(time.perf_counter() - started)
    told.send(waits)
    database.close_now()
