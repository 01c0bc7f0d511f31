"""After a worker's death each message is unsent, sent or doubtful, and what is doubtful is listed."""

import asyncio
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.bench.sink import sink_process
from messages.letters.message import Message
from messages.sending.channel import DeliveryError
from store.asking.ask import AskState
from store.database import Database
from store.letters import outbox, settlement
from store.letters.delivery import DeliveryState
from store.letters.settlement import Outcome, Settled
from store.letters.touch import TouchState
from tests.doubt import doubtful
from tests.fakes import FakeChannel
from tests.make import START
from tests.messages.smtp.outcomes import channel_to
from tests.story import ACKNOWLEDGED, Story

pytestmark = pytest.mark.sqlite_first

REAL = datetime(2030, 1, 1, tzinfo=UTC)
REMINDED = datetime(2026, 10, 15, 8, tzinfo=UTC)


class PowerCutError(BaseException):
    """The power goes, just after a letter has left."""


class Clock:
    """Real time, as the leases see it."""

    def __init__(self) -> None:
        self.moment = REAL

    def __call__(self) -> datetime:
        return self.moment

    def pass_lease(self) -> None:
        self.moment += timedelta(seconds=61)


class Dying(FakeChannel):
    """Takes a letter, and then the power goes."""

    async def send(self, message: Message, address: str) -> str:
        await super().send(message, address)
        raise PowerCutError


async def die_sending(story: Story, clock: Clock) -> Dying:
    """A worker of its own sends what is due, and stops in the middle."""
    channel = Dying()
    worker = Story(story.database, channel=channel, real_now=clock).new_worker("doomed")
    with pytest.raises(PowerCutError):
        await worker.send(story.now)
    return channel


async def test_a_doubtful_first_letter_goes_once_more_and_is_the_same_letter(database: Database) -> None:
    clock = Clock()
    story = Story(database, real_now=clock)
    story.begin("A")
    await story.worker.wake(START)
    died = await die_sending(story, clock)
    assert [one.state for one in story.deliveries()] == [DeliveryState.SENDING]
    assert await story.worker.sender.repair(START) == 0  # its lease has not ended
    clock.pass_lease()
    assert await story.worker.sender.repair(START) == 1
    assert len(story.read(doubtful)) == 1
    assert await story.worker.send(START) == 0  # not at once: the first may still arrive
    await story.until(START + timedelta(hours=1))
    [again] = story.channel.sent
    [first] = died.sent
    assert again.message.body == first.message.body
    assert again.parsed["Message-ID"] == first.parsed["Message-ID"]
    [listed] = story.read(doubtful)
    assert listed.state is DeliveryState.SENT
    assert listed.doubted_at == clock()


async def test_a_doubtful_reminder_is_left_to_the_next_rung(database: Database) -> None:
    clock = Clock()
    story = Story(database, real_now=clock)
    story.begin("A")
    await story.until(REMINDED - timedelta(minutes=1))
    story.now = REMINDED
    await story.worker.wake(REMINDED)
    await die_sending(story, clock)
    clock.pass_lease()
    await story.worker.sender.repair(REMINDED)
    assert story.touches("wren-1")[-1].state is TouchState.DOUBTFUL
    sent = len(story.channel.sent)
    await story.until(REMINDED + timedelta(days=1))
    assert len(story.channel.sent) == sent
    await story.until(REMINDED + timedelta(days=7))
    assert sorted(story.rungs("wren-1")[1:]) == [
        ("deputy", "asked", "sent"),
        ("deputy", "deputy", "sent"),
        ("reminder", "asked", "doubtful"),
    ]
    assert [one.state for one in story.read(doubtful)] == [DeliveryState.DOUBTFUL]


async def test_a_worker_that_lost_its_lease_cannot_settle(database: Database) -> None:
    clock = Clock()
    story = Story(database, real_now=clock)
    story.begin("A")
    await story.worker.wake(START)
    day = date(2026, 10, 12)

    def take(worker: str) -> outbox.Claim:
        until = clock() + timedelta(seconds=60)
        return story.write(
            lambda session: outbox.claim(session, worker, story.now, until, day, 9, office_open=True)
        )

    [held] = take("slow").taken
    clock.pass_lease()
    await story.worker.sender.repair(START)
    story.now = START + timedelta(minutes=16)
    [again] = take("other").taken
    assert again.delivery_id == held.delivery_id
    late = Settled(held.delivery_id, Outcome.REFUSED, "too late", story.now)
    story.write(lambda session: settlement.settle(session, "slow", story.now, [late]))
    story.write(lambda session: settlement.renew(session, "slow", [held.delivery_id], REAL))
    [kept] = story.deliveries()
    assert (kept.state, kept.worker) == (DeliveryState.SENDING, "other")
    assert kept.lease_until == clock() + timedelta(seconds=60)
    assert story.touches("wren-1")[0].state is TouchState.TO_SEND


async def test_a_worker_that_was_not_repaired_yet_settles_nothing_twice(database: Database) -> None:
    clock = Clock()
    story = Story(database, real_now=clock)
    story.begin("AB")
    await story.until(START)
    [one, _] = story.deliveries()
    late = Settled(one.id, Outcome.RETRY, "once more", START)
    story.write(lambda session: settlement.settle(session, "first", START, [late]))
    assert {one.state for one in story.deliveries()} == {DeliveryState.SENT}


async def test_a_lost_line_is_doubt_too(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.channel.refuses["rowan.a@agencya.example"] = DeliveryError("the line was lost", doubtful=True)
    await story.until(START)
    [one] = story.read(doubtful)
    assert (one.state, one.error) == (DeliveryState.WAITING, "the line was lost")
    story.channel.refuses.clear()
    await story.until(START + timedelta(hours=1))
    assert len(story.channel.sent) == 1
    assert [one.state for one in story.read(doubtful)] == [DeliveryState.SENT]


async def test_a_doubtful_letter_that_was_answered_meanwhile_is_not_repeated(database: Database) -> None:
    clock = Clock()
    story = Story(database, real_now=clock)
    story.begin("A")
    await story.worker.wake(START)
    await die_sending(story, clock)
    clock.pass_lease()
    await story.worker.sender.repair(START)
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")  # it had arrived
    await story.until(START + timedelta(hours=1))
    assert story.ask("wren-1").state is AskState.ANSWERED
    assert story.channel.sent == []


async def test_repair_takes_nothing_from_a_worker_that_renews(database: Database) -> None:
    clock = Clock()
    story = Story(database, real_now=clock)
    story.begin("A")
    await story.worker.wake(START)
    released, held = asyncio.Event(), asyncio.Event()

    class Slow(FakeChannel):
        async def send(self, message: Message, address: str) -> str:
            held.set()
            await released.wait()
            return await super().send(message, address)

    slow = Story(database, channel=Slow(), real_now=clock, lease=0.06)
    sending = asyncio.create_task(slow.worker.send(START))
    await held.wait()
    clock.moment += timedelta(seconds=30)
    while story.deliveries()[0].lease_until != clock() + timedelta(seconds=0.06):
        await asyncio.sleep(0.005)
    assert await story.worker.sender.repair(START) == 0
    released.set()
    assert await sending == 1
    assert [one.state for one in story.deliveries()] == [DeliveryState.SENT]
    assert story.read(settlement.in_doubt) == 0


async def test_every_letter_carries_the_moment_after_which_it_must_not_be_begun(database: Database) -> None:
    story = Story(database, lease=60.0)
    story.begin("AB")
    before = time.monotonic()
    await story.until(START)
    for letter in story.channel.sent:
        assert before < letter.message.deadline - 30.0 <= time.monotonic()


async def test_no_content_leaves_after_the_deadline_and_nothing_is_doubtful(database: Database) -> None:
    with sink_process() as sink:
        async with channel_to(sink.port) as channel:
            story = Story(database, real=channel, lease=0.0)  # lost as soon as it is held
            story.begin("A")
            await story.worker.step(START)
    assert sink.tally is not None
    assert sink.tally.letters == 0
    [one] = story.deliveries()
    assert one.state is DeliveryState.WAITING
    assert one.doubted_at is None
    assert one.next_try_at > START
