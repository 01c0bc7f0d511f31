"""Stage: the demonstration's installation, with nothing outside, and the clock that its buttons move."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.clock import VirtualClock
from bot.demo.postbox import Postbox
from bot.settings import Settings, Smtp, Web
from bot.wiring import House, build
from bot.worker import Worker
from messages.proof.links import Keyring, load_keyring, new_key
from store import schema

#: Monday 12 October 2026, ten in the morning: half-term and a clock change lie ahead.
START = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
#: How far the clock goes on where a message waits for an office to open.
PATIENCE = timedelta(minutes=15)
#: Seconds between two looks at what visitors wish for.
ATTENTION = 1.0


class Cast(Protocol):
    """People who do something of their own accord."""

    def next_turn(self, now: datetime) -> datetime | None:
        """When somebody does something next."""
        ...

    async def act(self, stage: "Stage", now: datetime) -> None:
        """Do what is to be done by now."""
        ...


@dataclass(slots=True)
class Stage:
    """One process, one SQLite file, one mail server, one clock."""

    house: House
    worker: Worker
    postbox: Postbox
    clock: VirtualClock
    cast: Cast | None = None
    _moving: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    async def open(cls, folder: Path, host: str, port: int) -> "Stage":
        """Set up an installation in an empty folder; pages are to be served at host and port."""
        postbox = Postbox(START)
        await postbox.open()
        url = f"sqlite:///{folder / 'demonstration.db'}"
        await asyncio.to_thread(schema.create, url)
        settings = Settings(
            database=url,
            base_url=f"http://{host}:{port}",
            mailbox="cascade@westberks-lscb.example",
            smtp=Smtp(host="127.0.0.1", port=postbox.port, security="none", connections=4),
            web=Web(host=host, port=port),
        )
        house = build(settings, keyring=_fresh_keys())
        clock = VirtualClock(house.database)
        await clock.set(START)
        house.clock = clock
        return cls(house, house.worker(), postbox, clock)

    async def advance(self, until: datetime) -> None:
        """Let time pass, through every wake-up on the way: nothing is jumped over."""
        async with self._moving:
            now = await self.clock.now()
            while (now := await self._next(now)) <= until:
                await self._at(now)
            await self._at(until)

    async def begin(self) -> None:
        """Do what is due at the very start."""
        async with self._moving:
            await self._at(await self.clock.now())

    async def attend(self) -> None:
        """Send what visitors wish for, such as six digits, at the moment where the clock stands; for ever."""
        while True:
            await asyncio.sleep(ATTENTION)
            async with self._moving:
                await self.worker.step(await self.clock.now())

    async def close(self) -> None:
        """Take everything down."""
        await self.worker.sender.close()
        await self.house.close()
        await self.postbox.close()

    async def _next(self, now: datetime) -> datetime:
        wake = await self.worker.next_wake(now)
        turn = self.cast.next_turn(now) if self.cast is not None else None
        moment = min(wake, turn) if turn is not None else wake
        return moment if moment > now else now + PATIENCE

    async def _at(self, now: datetime) -> None:
        await self.clock.set(now)
        self.postbox.moment = now
        await self.worker.step(now)
        if self.cast is not None:
            await self.cast.act(self, now)
            await self.worker.step(now)


def _fresh_keys() -> Keyring:
    """Keys that live as long as the demonstration."""
    ring = load_keyring(new_key())
    if isinstance(ring, str):
        raise ValueError(ring)
    return ring
