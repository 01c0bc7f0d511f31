"""Serve: the pages and the loops of one process, started together and stopped cleanly."""

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

import uvicorn
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.web.app import build_app, configure_server
from bot.wiring import House
from bot.worker import Worker
from store.errors import StoreError

#: Seconds between looks; what is due is decided by the database, so a look costs next to nothing.
LOOK = {"clock": 5, "worker": 1, "repair": 30, "night": 300}
#: Seconds that open requests are given when the process is told to stop.
GRACE = 10

log = logging.getLogger(__name__)


class Part(StrEnum):
    """What a process may do; several processes may share the work."""

    WEB = "web"  #: the pages
    CLOCK = "clock"  #: climbs ladders and gathers letters
    WORKER = "worker"  #: sends letters


class PortTaken(Exception):  # noqa: N818 - named for what the setting must avoid
    """The address that pages are to be served at cannot be had."""


class Pages(uvicorn.Server):
    """A web server that leaves signals to the process around it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Catch none."""
        yield


@dataclass(slots=True)
class Loops:
    """The jobs that are woken by the scheduler; each runs at most once at a time."""

    house: House
    worker: Worker
    _running: set[asyncio.Task[object]] = field(default_factory=set)

    async def look(self) -> None:
        """Climb what is due and gather it into messages."""
        await self._run(self._wake)

    async def send(self) -> None:
        """Send what is due."""
        await self._run(self._send)

    async def repair(self) -> None:
        """List what a dead worker held."""
        await self._run(self._repair)

    async def empty_box(self) -> None:
        """Rewrite the anonymous answers of the day that has ended."""
        await self._run(self._empty_box)

    async def finish(self) -> None:
        """Let the group that is going out come to its end, and say goodbye to the mail server."""
        self.worker.sender.halted = True
        if self._running:
            await asyncio.wait(self._running)
        await self.worker.sender.close()

    async def _wake(self) -> None:
        if not await self.worker.wake(await self.house.clock.now()):
            log.warning("Nothing is sent after a long stop: look at the list with `cascade resume`.")

    async def _send(self) -> None:
        await self.worker.send(await self.house.clock.now())

    async def _repair(self) -> None:
        await self.worker.sender.repair(await self.house.clock.now())

    async def _empty_box(self) -> None:
        await self.worker.empty_box(await self.house.clock.now())

    async def _run(self, job: Callable[[], Awaitable[None]]) -> None:
        """Do one look; a database that is busy or away is tried again at the next."""
        task = asyncio.current_task()
        if task is None or self.worker.sender.halted:
            return
        self._running.add(task)
        try:
            await job()
        except StoreError as error:
            log.warning("%s", error)
        finally:
            self._running.discard(task)


async def serve(
    house: House, parts: frozenset[Part], stop: asyncio.Event, opened: Callable[[str], None]
) -> None:
    """Do the parts' work until told to stop; `opened` hears where the pages are.

    Raises PortTaken where the pages cannot be served at the address of the settings.
    """
    listener = _listen(house) if Part.WEB in parts else None
    loops = Loops(house, house.worker())
    scheduler = _schedule(loops, parts)
    scheduler.start()
    try:
        if listener is not None:
            await _serve_pages(house, listener, stop, opened)
        else:
            opened("")
            await stop.wait()
    finally:
        scheduler.pause()
        await loops.finish()
        scheduler.shutdown(wait=False)


def _schedule(loops: Loops, parts: frozenset[Part]) -> AsyncIOScheduler:
    """Jobs live in memory only: the database decides what is due, so a second process is harmless."""
    scheduler = AsyncIOScheduler(
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    if Part.CLOCK in parts:
        scheduler.add_job(loops.look, "interval", seconds=LOOK["clock"])
        scheduler.add_job(loops.empty_box, "interval", seconds=LOOK["night"])
    if Part.WORKER in parts:
        scheduler.add_job(loops.send, "interval", seconds=LOOK["worker"])
        scheduler.add_job(loops.repair, "interval", seconds=LOOK["repair"])
    return scheduler


def _listen(house: House) -> socket.socket:
    web = house.settings.web
    try:
        return socket.create_server((web.host, web.port), backlog=256)
    except OSError as error:
        raise PortTaken(
            f"Pages cannot be served at {web.host}, port {web.port}: {os.strerror(error.errno or 0)}. "
            "Stop what uses it, or choose another with the settings web.host and web.port."
        ) from error


def configure_pages(house: House) -> uvicorn.Config:
    """How the pages are served, by the settings of the installation."""
    web = house.settings.web
    config = configure_server(build_app(house), web.host, web.port, web.trusted_proxies)
    config.timeout_graceful_shutdown = GRACE
    return config


async def _serve_pages(
    house: House, listener: socket.socket, stop: asyncio.Event, opened: Callable[[str], None]
) -> None:
    pages = Pages(configure_pages(house))
    serving = asyncio.create_task(pages.serve(sockets=[listener]))
    stopping = asyncio.create_task(stop.wait())
    host, port = listener.getsockname()[:2]
    opened(f"http://{host}:{port}")
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    pages.should_exit = True
    await serving
