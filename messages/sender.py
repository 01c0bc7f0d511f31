"""Sender: claims what is due, composes it, sends it and settles it, one small group after another."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.almanac import Almanac
from messages.channel import Channel, DeliveryError
from messages.hours import is_polite, next_polite
from messages.press import Press
from messages.writing.expressions import LetterError
from store import outbox, settlement, stationery
from store.database import Database, Session
from store.errors import StoreError
from store.outbox import Claim, Claimed
from store.settlement import Outcome, Settled

#: Messages claimed at once, at most.
GROUP = 64
#: A group is to take no longer, so that what was re-checked in the claim still holds.
GROUP_SECONDS = 2.0
#: Seconds after which `send_due` comes back, so that its caller's clock stays true.
SPELL = 20.0
#: Seconds a claim is good for without renewal.
LEASE = 60.0
#: Gaps before the next try after a refusal for now; the last one repeats.
GAPS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240))
#: Until when a refusal for now is tried again.
PATIENCE = timedelta(hours=48)
#: A doubtful first letter is sent again after this.
DOUBT_REST = timedelta(minutes=15)
#: A first letter on which the line is lost each time is not tried more often: it may arrive each time.
DOUBTFUL_TRIES = 3

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
    tally: Counter[str] = field(default_factory=Counter)
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
        since, gives_up = time.perf_counter(), time.monotonic() + self.lease / 2
        while True:
            held_from = time.monotonic()
            try:
                claim = await self.database.write(
                    lambda session: self._settle_and_claim(session, now, results, limit)
                )
            except StoreError as error:
                if not results or time.monotonic() > gives_up:
                    raise
                log.warning("settling waits: %s", error)
                await asyncio.sleep(0.2)
                continue
            self.shares.add("database", since)
            # No content is sent in the second half of a lease: that is left for the server's reply.
            return _Held(claim, held_from + self.lease / 2)

    def _settle_and_claim(self, session: Session, now: datetime, results: list[Settled], limit: int) -> Claim:
        settlement.settle(session, self.worker, now, results)
        if limit == 0:
            return Claim((), 0)
        until = self.real_now() + timedelta(seconds=self.lease)
        today = now.astimezone(self.press.identity.zone).date()
        claim = outbox.claim(session, self.worker, now, until, today, limit, office_open=self.office_open)
        missing = self.press.missing(claim.taken)
        if missing:
            self.press.stationery.update(stationery.fetch(session, missing))
        return claim

    async def _send_group(self, held: "_Held", now: datetime) -> list[Settled]:
        """Send one group, keeping its lease alive while it takes."""
        renewing = asyncio.ensure_future(self._keep_alive(held.claim))
        since = time.perf_counter()
        try:
            jobs = [self._send_one(one, now, held.deadline) for one in held.claim.taken]
            results = list(await asyncio.gather(*jobs))
        finally:
            renewing.cancel()
            self.shares.add("sending", since)
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

    async def _send_one(self, one: Claimed, now: datetime, deadline: float) -> Settled:
        """Send one message; whatever happens ends as a Settled, so that one never stops the rest."""
        try:
            since = time.perf_counter()
            message = self.press.compose(one, now, deadline)
            self.shares.add("composing", since)
            reference = await self.channels[one.channel].send(message, one.address)
        except DeliveryError as error:
            return self._refused(one, now, error)
        except LetterError as error:
            log.error("message %s cannot be written: %s", one.delivery_id, error)
            return self._retry(one, now, f"it could not be written: {error}", GAPS[-1])
        except Exception as error:
            # One bad row must not starve the queue: it is put aside for a while, and said.
            log.exception("message %s is put aside", one.delivery_id)
            return self._retry(one, now, f"it could not be sent: {error!r}", GAPS[-1])
        self.tally["sent"] += 1
        return Settled(one.delivery_id, Outcome.SENT, reference, now)

    def _refused(self, one: Claimed, now: datetime, error: DeliveryError) -> Settled:
        if error.doubtful:
            self.tally["doubtful"] += 1
            repeat = one.is_first and one.attempts < DOUBTFUL_TRIES
            return Settled(one.delivery_id, Outcome.DOUBTFUL, str(error), now + DOUBT_REST, repeat=repeat)
        gap = GAPS[min(one.attempts, len(GAPS)) - 1]
        if error.permanent:
            about = error.about_address
            self.tally["refused" if about else "put off"] += 1
            # Unless it is of the address it may be of us, as by a wrong setting, which can be mended.
            patience = timedelta(0) if about else PATIENCE
            return Settled(
                one.delivery_id,
                Outcome.REFUSED,
                str(error),
                now if about else now + gap,
                bounced=about,
                patience=patience,
            )
        if now - one.made_at > PATIENCE:
            self.tally["refused"] += 1
            hours = int(PATIENCE.total_seconds() // 3600)
            return Settled(
                one.delivery_id, Outcome.REFUSED, f"still refused after {hours} hours: {error}", now
            )
        return self._retry(one, now, str(error), gap)

    def _retry(self, one: Claimed, now: datetime, said: str, gap: timedelta) -> Settled:
        self.tally["retried"] += 1
        return Settled(one.delivery_id, Outcome.RETRY, said, now + gap)

    async def close(self) -> None:
        """Close every channel politely."""
        for channel in self.channels.values():
            await channel.close()


def is_open(session: Session, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the board's offices are open, so that what is not urgent may go."""
    return is_polite(now, Almanac(session).office(), zone)


def next_turn(session: Session, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When there is something to send again: what is not urgent waits for office hours."""
    urgent, soonest = outbox.next_send(session, any_hour=True), outbox.next_send(session)
    if soonest is None:
        return None
    in_hours = next_polite(max(soonest, now), Almanac(session).office(), zone)
    return min(urgent, in_hours) if urgent is not None else in_hours
