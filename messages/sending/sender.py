"""Sender: claims what is due, composes it, sends it and settles it, one small group after another."""

import asyncio
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.days.almanac import Almanac
from messages.days.hours import is_polite, next_polite
from messages.letters.message import Message
from messages.letters.particulars import put_particulars
from messages.letters.press import Press
from messages.sending.channel import Channel, DeliveryError
from messages.sending.missed import see_to_missed
from messages.sending.verdict import DOUBT_REST, judge, put_aside
from messages.writing.expressions import LetterError
from store.database import Database, Session
from store.errors import StoreError
from store.letters import outbox, queue, settlement, stationery
from store.letters.alert import Alerted
from store.letters.outbox import Claim, Claimed
from store.letters.settlement import Outcome, Settled

#: Messages claimed at once, at most.
GROUP = 64
#: A group is to take no longer, so that what was re-checked in the claim still holds.
GROUP_SECONDS = 2.0
#: Seconds after which `send_due` comes back, so that its caller's clock stays true.
SPELL = 20.0
#: Seconds a claim is good for without renewal.
LEASE = 60.0
#: Messages composed ahead, by delivery, with what each was composed from.
Composed = dict[UUID, tuple[Claimed, Message]]

#: What a server's reply begins with.
_CODE = re.compile(r"([245]\d\d)[ -]")

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Shares:
    """Seconds spent, by what on: the bench prints them."""

    spent: Counter[str] = field(default_factory=Counter)

    def add(self, what: str, since: float) -> None:
        """Count the time since a moment of the monotonic clock."""
        self.spent[what] += time.perf_counter() - since  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class _Held:
    """A claim, and the moment of the monotonic clock after which nothing of it may be begun."""

    claim: Claim
    deadline: float
    composed: Composed


@dataclass(slots=True)
class Sender:
    """One worker. Any number may run, on any number of machines; the claim keeps them apart."""

    database: Database
    channels: Mapping[str, Channel]
    press: Press
    #: Unique among workers, so that a settled message is settled by the one that held it.
    worker: str
    #: Real time, aware; leases use nothing else.
    real_now: Callable[[], datetime]
    #: Messages to claim at once; found by trying.
    group: int = 4
    lease: float = LEASE
    shares: Shares = field(default_factory=Shares)
    #: How many attempts ended how.
    tally: Counter[Outcome] = field(default_factory=Counter)
    #: Set to end after the group that is going out, as when the process is told to stop.
    halted: bool = False
    #: Whether offices are open, as found when the present spell began.
    office_open: bool = False

    async def send_due(self, now: datetime) -> int:
        """Send what is due at `now`, for at most SPELL seconds; tells how many were tried or put aside.

        One group is claimed in the transaction that settles the group before, and no claim is held
        in reserve: what may be in doubt after a crash is one small group. Groups grow while the
        server is quick and shrink while it is slow.
        """
        tried, ends = 0, time.monotonic() + SPELL
        # Once a spell, not once a group: a spell is too short for an office to close in.
        self.office_open = await self.database.read(
            lambda session: is_open(session, now, self.press.identity.zone)
        )
        held = await self._turn(now, [], self.group)
        while held.claim.taken or held.claim.dropped:
            results = await self._send_group(held, now)
            tried += len(results) + held.claim.dropped
            held = await self._turn(now, results, self._wanted(ends))
        return tried

    def _wanted(self, ends: float) -> int:
        """How many to claim next; none when the spell is over or the process is to stop."""
        return 0 if self.halted or time.monotonic() >= ends else self.group

    async def repair(self, now: datetime) -> int:
        """Find what a dead worker held, list it as doubtful, and let first letters go once more."""
        found = await self.database.write(
            lambda session: settlement.repair(session, self.real_now(), now + DOUBT_REST)
        )
        if found:
            log.warning("%d messages are doubtful: the worker that held them stopped", found)
        return found

    async def _turn(self, now: datetime, results: list[Settled], limit: int) -> "_Held":
        """Settle one group and claim another, in one transaction.

        What was sent must be settled: a busy database is asked again for as long as the lease
        lasts, and after that the messages are doubtful, which is the truth.
        """
        gives_up = time.monotonic() + self.lease / 2
        while True:
            # No content is sent in the second half of a lease: that is left for the server's reply.
            deadline = time.monotonic() + self.lease / 2
            try:
                return await self._write_and_compose(now, results, limit, deadline)
            except StoreError as error:
                if not results or time.monotonic() > gives_up:
                    raise
                log.warning("settling waits: %s", error)
                await asyncio.sleep(0.2)

    async def _write_and_compose(
        self, now: datetime, results: list[Settled], limit: int, deadline: float
    ) -> "_Held":
        """Write one turn, and compose what it claimed while the disk makes it durable.

        Nothing composed is sent before the transaction is committed; what a transaction that had to
        be run again did not claim is thrown away.
        """
        loop, since = asyncio.get_running_loop(), time.perf_counter()
        claimed: asyncio.Future[Claim] = loop.create_future()

        def work(session: Session) -> Claim:
            claim = self._settle_and_claim(session, now, results, limit)
            loop.call_soon_threadsafe(_tell, claimed, claim)
            return claim

        writing = asyncio.ensure_future(self.database.write(work))
        await asyncio.wait({claimed, writing}, return_when=asyncio.FIRST_COMPLETED)
        composed: Composed = {}
        took = 0.0
        if claimed.done():
            begun = time.perf_counter()
            composed = self._compose_ahead(claimed.result(), now, deadline)
            took = time.perf_counter() - begun
        claim = await writing
        self.shares.spent["composing"] += took  # type: ignore[assignment]
        self.shares.spent["database"] += time.perf_counter() - since - took  # type: ignore[assignment]
        return _Held(claim, deadline, composed)

    def _compose_ahead(self, claim: Claim, now: datetime, deadline: float) -> Composed:
        """Compose what can be; what cannot be written is left out."""
        composed: Composed = {}
        for one in claim.taken:
            # Whatever is wrong with it is met, and said, when it is about to be sent.
            with suppress(Exception):
                composed[one.delivery_id] = (one, self.press.compose(one, now, deadline))
        return composed

    def _settle_and_claim(self, session: Session, now: datetime, results: list[Settled], limit: int) -> Claim:
        settlement.settle(session, self.worker, now, results)
        see_to_missed(session, results, now, self.press.identity.zone)
        if limit == 0:
            return Claim((), 0)
        until = self.real_now() + timedelta(seconds=self.lease)
        today = now.astimezone(self.press.identity.zone).date()
        claim = outbox.claim(session, self.worker, now, until, today, limit, office_open=self.office_open)
        missing = self.press.missing(claim.taken)
        if missing:
            self.press.stationery.update(stationery.fetch(session, missing))
        return put_particulars(session, self.press, claim)

    async def _send_group(self, held: "_Held", now: datetime) -> list[Settled]:
        """Send one group, keeping its lease alive while it takes."""
        renewing = asyncio.ensure_future(self._keep_alive(held.claim))
        since = time.perf_counter()
        try:
            jobs = [self._send_one(one, now, held) for one in held.claim.taken]
            results = list(await asyncio.gather(*jobs))
        finally:
            renewing.cancel()
            self.shares.add("sending", since)
        self.tally.update(result.outcome for result in results)
        # When an alert is tried is when somebody wished, or wrote, something: a chore tells of it by the day.
        quiet = {one.delivery_id for one in held.claim.taken if isinstance(one.alert, Alerted)}
        _log_troubles([one for one in results if one.delivery_id not in quiet])
        took = time.perf_counter() - since
        if took > GROUP_SECONDS:
            self.group = max(1, int(self.group * GROUP_SECONDS / took))
        elif took < GROUP_SECONDS / 4:
            self.group = min(GROUP, self.group * 2)
        return results

    async def _keep_alive(self, claim: Claim) -> None:
        """Renew the lease of what is being sent, until it is."""
        ids = [one.delivery_id for one in claim.taken]
        while True:
            await asyncio.sleep(self.lease / 3)
            try:
                await self.database.write(self._renew(ids))
            except StoreError as error:
                log.warning("a lease was not renewed: %s", error)

    def _renew(self, ids: list[UUID]) -> Callable[[Session], None]:
        until = self.real_now() + timedelta(seconds=self.lease)
        return lambda session: settlement.renew(session, self.worker, ids, until)

    async def _send_one(self, one: Claimed, now: datetime, held: "_Held") -> Settled:
        """Send one message; whatever happens ends as a Settled, so that one never stops the rest."""
        try:
            written_for, message = held.composed.get(one.delivery_id, (None, None))
            if message is None or written_for is not one:
                message = self.press.compose(one, now, held.deadline)
            reference = await self.channels[one.channel].send(message, one.address)
        except DeliveryError as error:
            return judge(one, now, error)
        except LetterError as error:
            log.error("message %s cannot be written: %s", one.delivery_id, error)
            return put_aside(one, now, f"it could not be written: {error}")
        except Exception as error:
            # One bad row must not starve the queue: it is put aside for a while, and said.
            log.exception("message %s is put aside", one.delivery_id)
            return put_aside(one, now, f"it could not be sent: {error!r}")
        return Settled(one.delivery_id, Outcome.SENT, reference, now, is_alert=isinstance(one.alert, Alerted))

    async def close(self) -> None:
        """Close every channel politely."""
        for channel in self.channels.values():
            await channel.close()


def _log_troubles(results: list[Settled]) -> None:
    """Name what did not go by its id, with the server's code alone: its words may hold an address."""
    for one in results:
        if one.outcome is not Outcome.SENT:
            code = found[1] if (found := _CODE.match(one.said)) else "no reply code"
            log.warning("message %s: %s (%s)", one.delivery_id, one.outcome.value, code)


def _tell(claimed: "asyncio.Future[Claim]", claim: Claim) -> None:
    """Say what was claimed, unless an earlier run of the same transaction has said it."""
    if not claimed.done():
        claimed.set_result(claim)


def is_open(session: Session, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the board's offices are open, so that what is not urgent may go."""
    return is_polite(now, Almanac(session).office(), zone)


def next_turn(session: Session, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When there is something to send again: what is not urgent waits for office hours."""
    soonest = queue.next_send(session)
    if soonest is None:
        return None
    urgent = queue.next_send(session, any_hour=True)
    in_hours = next_polite(max(soonest, now), Almanac(session).office(), zone)
    return min(urgent, in_hours) if urgent is not None else in_hours
