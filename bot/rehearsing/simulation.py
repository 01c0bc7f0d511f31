"""Simulation: the same worker, on a copy of the database and a virtual clock, sending to nobody."""

import asyncio
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from email.policy import default
from functools import partial
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.clock import real_now
from bot.rehearsing.scenario import Event, perform
from bot.worker import Worker, is_stopped
from messages.letters.identity import Identity
from messages.letters.message import Message
from messages.letters.press import Press
from messages.letters.seat_words import seat_meant
from messages.sending import heartbeat
from messages.sending.sender import Sender
from store import copying
from store.answers import tallies
from store.answers.tallies import Carried, Drafted
from store.database import Database
from store.people import agency

#: How far the clock goes on where a message waits for an office to open.
PATIENCE = timedelta(minutes=15)


@dataclass(slots=True)
class Posted:
    """One letter that would be sent."""

    at: datetime
    delivery_id: UUID
    address: str
    person: str
    subject: str
    carried: Sequence[Carried] = ()


@dataclass(slots=True)
class Recorder:
    """A channel that takes every letter, notes it, and sends it nowhere."""

    moment: datetime
    name: str = "email"
    posted: list[Posted] = field(default_factory=list)

    async def send(self, message: Message, address: str) -> str:
        """Note a letter."""
        head = BytesHeaderParser(policy=default).parsebytes(message.body)
        delivery = UUID(hex=str(head["Message-ID"]).strip().removeprefix("<").partition("@")[0])
        person = head["To"].addresses[0].display_name or address
        self.posted.append(Posted(self.moment, delivery, address, person, str(head["Subject"])))
        return "250 noted, and sent nowhere"

    async def close(self) -> None:
        """There is nothing to close."""


@dataclass(slots=True)
class Simulation:
    """What a simulation led to."""

    began: datetime
    until: datetime
    letters: list[Posted] = field(default_factory=list)
    #: Letters that were drafted, and waited in vain for a yes.
    drafted: list[Drafted] = field(default_factory=list)
    #: Events that were not taken, and why.
    refused: list[tuple[Event, str]] = field(default_factory=list)
    #: Whether work waits for a person's yes after a long stop; here that yes is taken as given.
    stopped: bool = False
    wakes: int = 0
    #: The names of the agencies that are schools, whose upper letters go to seats of their own line.
    schools: set[str] = field(default_factory=set)

    def seat_of(self, part: Carried) -> str:
        """The seat that a letter's role means at its agency."""
        return seat_meant(part.role, is_school=part.agency in self.schools, is_personal=part.is_personal)


async def simulate(
    source: str,
    identity: Identity,
    now: datetime,
    until: datetime,
    events: Sequence[Event] = (),
    tick: Callable[[datetime], None] = lambda _: None,
) -> Simulation:
    """Play everything from `now` until a moment on a throw-away copy of the database at `source`.

    `events` are done at their moments, those of the past at once. `tick` is told how far the clock has come.
    The database itself is only read. Raises StoreError where it cannot be copied.
    """
    with tempfile.TemporaryDirectory(prefix="cascade-simulation-") as folder:
        copy = f"sqlite:///{Path(folder) / 'copy.db'}"
        await asyncio.to_thread(copying.copy, source, copy)
        database = Database(copy)
        try:
            return await _play(database, identity, now, until, events, tick)
        finally:
            await database.close()


async def _play(
    database: Database,
    identity: Identity,
    now: datetime,
    until: datetime,
    events: Sequence[Event],
    tick: Callable[[datetime], None],
) -> Simulation:
    recorder, made = Recorder(now), Simulation(now, until)
    worker = Worker(
        database, Sender(database, {"email": recorder}, Press(identity), "simulation", real_now, group=32)
    )
    coming = sorted(events, key=lambda event: event.at)
    moment = now
    while moment <= until:
        recorder.moment = moment
        while coming and coming[0].at <= moment:
            await _do(database, made, coming.pop(0), moment, identity.zone)
        await worker.step(moment)
        if await database.read(is_stopped):
            made.stopped = True
            await database.write(partial(heartbeat.go_on, now=moment, by="the simulation"))
            continue
        made.wakes += 1
        tick(moment)
        upcoming = await worker.next_wake(moment)
        moment = upcoming if upcoming > moment else moment + PATIENCE
        if coming:
            moment = min(moment, coming[0].at)
    made.letters = recorder.posted
    carried = await database.read(
        lambda session: tallies.carried(session, [one.delivery_id for one in made.letters])
    )
    for letter in made.letters:
        letter.carried = carried.get(letter.delivery_id, ())
    made.drafted = await database.read(tallies.drafted)
    made.schools = await database.read(agency.schools)
    return made


async def _do(database: Database, made: Simulation, event: Event, now: datetime, zone: ZoneInfo) -> None:
    refusal = await database.write(lambda session: perform(session, event, now, zone), urgent=True)
    if refusal:
        made.refused.append((event, refusal))
