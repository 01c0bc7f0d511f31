"""Served: what `cascade serve` runs, in a process of its own, for a bench to send requests to."""

import asyncio
import logging
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

from bot import event_loop
from bot.bench import scene
from bot.serve import Part, serve
from bot.settings import Settings, Smtp, Web
from bot.wiring import House
from messages.letters.identity import Identity
from messages.proof.links import Keyring
from messages.sending.sender import is_open
from store.database import Database

BASE_URL = "https://cascade.example.org"
KEYRING = Keyring([b"bench" * 8])
IDENTITY = Identity(BASE_URL, scene.BY, KEYRING, scene.ZONE)
SENDING = frozenset((Part.CLOCK, Part.WORKER))


class NoonClock:
    """A clock that stands at an hour at which letters may go."""

    async def now(self) -> datetime:
        """Noon."""
        return scene.NOON


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """A server running elsewhere on this machine; `port` is 0 where it serves no pages."""

    port: int
    pipe: Connection

    def spent(self) -> float:
        """Seconds of processor time that it has taken so far."""
        self.pipe.send("spent")
        return float(self.pipe.recv())


@contextmanager
def server_process(url: str, smtp_port: int, parts: frozenset[Part]) -> Iterator[ServerProcess]:
    """Serve some parts on a free port, over a database and a mail server, while the context lasts."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(url, smtp_port, parts, theirs))
    process.start()
    theirs.close()
    try:
        try:
            port = int(ours.recv())
        except EOFError as error:
            raise RuntimeError("the server of the bench did not start; see the lines above") from error
        yield ServerProcess(port, ours)
    finally:
        ours.close()
        process.join()


def _run(url: str, smtp_port: int, parts: frozenset[Part], pipe: Connection) -> None:
    # As `cascade serve` writes its log, to where nobody reads it.
    logging.basicConfig(
        filename=os.devnull, format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO
    )
    for noisy in ("apscheduler", "uvicorn.error"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    event_loop.run(_serve(url, smtp_port, parts, pipe))


async def _serve(url: str, smtp_port: int, parts: frozenset[Part], pipe: Connection) -> None:
    # Constructed without a look at this machine's settings: a bench measures the same everywhere.
    settings = Settings.model_construct(
        database=url,
        base_url=BASE_URL,
        mailbox=scene.BY,
        smtp=Smtp(host="127.0.0.1", port=smtp_port, security="none"),
        web=Web(port=0, trusted_proxies=("127.0.0.1",)),
    )
    house = House(settings, Database(url), IDENTITY, NoonClock())
    # The calendar library loads its years when first asked; that belongs to starting up, not to serving.
    await house.database.read(lambda session: is_open(session, scene.NOON, scene.ZONE))
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def opened(place: str) -> None:
        pipe.send(urlsplit(place).port or 0)
        threading.Thread(target=_hear, args=(pipe, loop, stop), daemon=True).start()

    try:
        await serve(house, parts, stop, opened)
    finally:
        await house.close()


def _hear(pipe: Connection, loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Tell how much was spent whenever asked; stop when whoever asked has gone."""
    try:
        while pipe.recv():
            pipe.send(time.process_time())
    except (EOFError, OSError):
        loop.call_soon_threadsafe(stop.set)
