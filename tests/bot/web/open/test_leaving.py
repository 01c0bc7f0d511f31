"""Whoever leaves a page waits for nothing: not for the database, and not for what others are writing."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlencode

import pytest

from store.database import Database
from store.errors import StoreBusyError
from store.surveying.ended_page import EndedPage
from tests.bot.web.make_server import LONGEST_WAIT, call, read_all
from tests.bot.web.open.make_open import OpenScene
from tests.bot.web.open.make_visit import served
from tests.bot.web.open.test_ended import SECRET, another_process, pages


@contextmanager
def held(place: OpenScene) -> Iterator[None]:
    """Another process writes, and nobody else can."""
    name = place.house.settings.database.removeprefix("sqlite:///")
    with closing(sqlite3.connect(name, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def send(host: str, address: str, fields: dict[str, str]) -> str:
    """What the server says to a page that is sent."""
    body = urlencode(fields)
    head = f"POST {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
    with call(host) as line:
        line.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}".encode())
        return read_all(line)


@pytest.mark.parametrize(("how", "status"), [("yes", 303), ("leave", 200)])
def test_the_answer_is_out_before_anything_is_written(place: OpenScene, how: str, status: int) -> None:
    page = pages(place)[-1]
    with served(place) as host:
        with held(place):
            left = send(host, place.address(), {**page, "stop-here": how})
            assert left.startswith(f"HTTP/1.1 {status} ")
            again = send(host, place.address(), page)
            assert "/stopped" in again
            assert SECRET not in again
        # What waits for a lock too long is given up: it is written only if nobody waited for it before.
        deadline = time.monotonic() + LONGEST_WAIT
        while not written(place) and time.monotonic() < deadline:
            time.sleep(0.02)
    assert written(place) == 1
    assert another_process(place).post(place.address(), data=page).headers["location"].endswith("/stopped")


class UnreadableDatabase(Database):
    async def glance(self, fn: object) -> "object":  # type: ignore[override]
        raise StoreBusyError(StoreBusyError.__doc__)


def test_stop_works_though_nothing_can_be_read(place: OpenScene) -> None:
    typed = pages(place)[-1]
    shut, whole = UnreadableDatabase(place.house.database.url), place.house.database
    place.house.database = shut
    try:
        stopped = place.client.post(place.address(), data={**typed, "stop-here": "yes"})
    finally:
        place.house.database = whole
        shut.close_now()
    assert ("You stopped" in stopped.text, SECRET in stopped.text) == (True, False)
    again = place.client.post(place.address(), data=typed)
    assert (again.status_code, again.text) == (303, "")


def written(place: OpenScene) -> int:
    """How many pages the records know to be given up."""
    return place.read(lambda session: session.query(EndedPage).count())
