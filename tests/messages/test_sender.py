"""Sending: claimed once, whoever else is at it; refused for now, tried again; refused for good, told on."""

import asyncio
import itertools
import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from messages.letters.message import Message
from messages.sending.channel import DeliveryError
from store.asking.campaign import WordsVersion
from store.asking.lesson import Priority
from store.base import ordered_id
from store.chore import ChoreKind
from store.database import Database, Session
from store.letters import outbox
from store.letters.delivery import Delivery, DeliveryState
from store.letters.outbox import Claim
from store.letters.touch import Touch, TouchState
from store.people.person import AddressState
from store.quick import bulk
from tests import make
from tests.fakes import FakeChannel
from tests.make import START
from tests.story import Story, address_of, find, local

pytestmark = pytest.mark.sqlite_first

LATER = datetime(2026, 10, 12, 9, 5, tzinfo=UTC)
TODAY = date(2026, 10, 12)
ROWAN = "rowan.a@agencya.example"


def claim(session: Session, worker: str, limit: int = 64, *, office_open: bool = True) -> Claim:
    return outbox.claim(session, worker, START, LATER, TODAY, limit, office_open=office_open)


def taken(some: Claim) -> list[UUID]:
    return [one.delivery_id for one in some.taken]


async def ready(story: Story, letters: str = "ABCD") -> None:
    """Messages that wait to be claimed."""
    story.begin(letters)
    await story.worker.wake(START)


async def test_a_claimed_message_is_claimed_by_nobody_else(database: Database) -> None:
    story = Story(database)
    await ready(story)
    first = story.write(lambda session: claim(session, "one", 3))
    second = story.write(lambda session: claim(session, "two", 3))
    third = story.write(lambda session: claim(session, "one", 3))
    assert (len(first.taken), len(second.taken), len(third.taken)) == (3, 1, 0)
    assert not set(taken(first)) & set(taken(second))
    assert Counter(one.worker for one in story.deliveries()) == {"one": 3, "two": 1}
    assert {one.attempts for one in story.deliveries()} == {1}


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_a_claim_under_way_holds_up_no_other_and_shares_nothing_with_it(
    database_url: str, database: Database
) -> None:
    story, other = Story(database), Database(database_url)
    await ready(story)

    def both(session: Session) -> tuple[Claim, Claim]:
        mine = claim(session, "one", 2)
        return mine, other.write_now(lambda theirs: claim(theirs, "two", 64))

    mine, theirs = story.write(both)
    await other.close()
    assert (len(mine.taken), len(theirs.taken)) == (2, 2)
    assert not set(taken(mine)) & set(taken(theirs))


async def test_a_claim_that_is_not_committed_claims_nothing(database: Database) -> None:
    story = Story(database)
    await ready(story, "A")

    def fail(session: Session) -> None:
        assert len(claim(session, "one").taken) == 1
        raise RuntimeError

    with pytest.raises(RuntimeError):
        story.write(fail)
    assert [one.state for one in story.deliveries()] == [DeliveryState.WAITING]


async def test_out_of_office_hours_only_urgent_messages_are_claimed(database: Database) -> None:
    story = Story(database)
    await ready(story, "AB")
    urgent = story.deliveries()[0].id
    story.write(lambda session: setattr(session.get_one(Delivery, urgent), "any_hour", True))
    assert taken(story.write(lambda session: claim(session, "one", office_open=False))) == [urgent]


@dataclass
class MeetingPlace(FakeChannel):
    """One sender's way out, on which its first letter waits until the other has begun as well."""

    both: asyncio.Barrier = field(default_factory=lambda: asyncio.Barrier(2))
    has_begun: bool = False

    async def send(self, message: Message, address: str) -> str:
        if not self.has_begun:
            self.has_begun = True
            await asyncio.wait_for(self.both.wait(), 30)
        return await super().send(message, address)


@pytest.mark.timeout(60)
async def test_two_senders_at_once_send_each_of_five_hundred_letters_once(
    database_url: str, database: Database
) -> None:
    place = MeetingPlace()
    story = Story(database, channel=place)

    def build(session: Session) -> None:
        board = make.board(session)
        bulk.add_agencies(session, board.id, 1, 500, START)
        make.launched(session, make.campaign(session, board))

    story.write(build)
    await story.worker.wake(START)
    meeting = MeetingPlace(sent=place.sent, both=place.both)
    other = Story(Database(database_url), channel=meeting)
    mine, theirs = story.worker.sender, other.new_worker("second").sender
    tried = await asyncio.gather(mine.send_due(START), theirs.send_due(START))
    await other.database.close()
    assert sum(tried) == 500
    assert min(tried) > 0, "both were at it"
    assert set(Counter(letter.address for letter in story.channel.sent).values()) == {1}
    assert len(story.channel.sent) == 500
    identifiers = {letter.parsed["Message-ID"] for letter in story.channel.sent[:50]}
    assert len(identifiers) == 50
    assert {one.state for one in story.deliveries()} == {DeliveryState.SENT}


async def test_a_message_is_written_down_before_it_is_sent(database: Database) -> None:
    story = Story(database)
    await ready(story, "A")
    seen: list[DeliveryState] = []

    class Watching(FakeChannel):
        async def send(self, message: Message, address: str) -> str:
            seen.extend(one.state for one in story.deliveries())
            return "250 taken"

    story.worker.sender.channels = {"email": Watching()}
    await story.worker.send(START)
    assert seen == [DeliveryState.SENDING]
    assert [(one.state, one.reference) for one in story.deliveries()] == [(DeliveryState.SENT, "250 taken")]


async def test_a_refusal_for_now_is_tried_again_with_growing_gaps(database: Database) -> None:
    story = Story(database)
    story.begin("AB")
    story.channel.refuses[ROWAN] = DeliveryError("451 4.7.1 greylisted")
    await story.until(START + timedelta(hours=5))
    tries = [at for address, at in story.channel.tries if address == ROWAN and at is not None]
    gaps = [int((later - at).total_seconds() // 60) for at, later in itertools.pairwise(tries)]
    assert gaps == [1, 5, 15, 30, 60, 120]
    assert len(story.channel.sent) == 1  # the other agency's went at once
    assert {one.error for one in story.deliveries() if one.sent_at is None} == {"451 4.7.1 greylisted"}
    del story.channel.refuses[ROWAN]
    await story.until(START + timedelta(days=1))
    assert len(story.channel.to("rowan.a@")) == 1


async def test_a_first_letter_refused_for_two_days_is_still_tried_and_said(database: Database) -> None:
    story = Story(database)
    story.begin("A", priority=Priority.URGENT)
    story.channel.refuses[ROWAN] = DeliveryError("451 4.7.1 later")
    await story.until(START + timedelta(hours=47))
    first = next(one for one in story.touches("wren-1") if one.role == "asked")
    assert first.state is TouchState.TO_SEND
    assert ChoreKind.SEND_AGAIN not in {one.kind for one in story.chores()}
    await story.until(START + timedelta(hours=56))
    first = next(one for one in story.touches("wren-1") if one.role == "asked")
    assert first.state is TouchState.TO_SEND
    [told] = [one for one in story.chores() if one.kind is ChoreKind.SEND_AGAIN]
    assert "do not go, and are still being tried; the latest: 451 4.7.1 later" in told.text


@pytest.mark.drill
async def test_refused_day_after_day_a_first_letter_waits_and_stands_for_the_reminder(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("A")
    story.channel.refuses[ROWAN] = DeliveryError("451 4.7.1 later")
    await story.until(START + timedelta(days=10))
    first, reminder = story.touches("wren-1")[:2]
    assert first.state is TouchState.TO_SEND
    assert reminder.state is TouchState.SKIPPED
    assert reminder.reason == "“issue” goes to the same reader in the same message"


async def test_a_refused_address_is_marked_and_the_deputy_steps_in(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    refusal = DeliveryError("550 5.1.1 no such mailbox", permanent=True, about_address=True)
    story.channel.refuses[ROWAN] = refusal
    await story.until(START + timedelta(hours=1))
    address = story.read(lambda session: address_of(session, "Rowan A"))
    assert address.state is AddressState.BOUNCED
    assert address.reason == "550 5.1.1 no such mailbox"
    assert story.rungs("wren-1") == [("issue", "asked", "refused"), ("cover_gone", "deputy", "sent")]
    assert [letter.address for letter in story.channel.sent] == ["devi.a@agencya.example"]
    [chore] = [one for one in story.chores() if one.kind is ChoreKind.FILL_SEAT]
    assert "Rowan A cannot be reached at rowan.a@agencya.example: 550 5.1.1 no such mailbox" in chore.text
    await story.until(START + timedelta(days=14))
    assert [address for address, _ in story.channel.tries].count(ROWAN) == 1


async def test_a_refusal_that_is_not_about_the_address_leaves_it_good(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.channel.refuses[ROWAN] = DeliveryError("552 too big", permanent=True)
    await story.until(START + timedelta(hours=50))
    assert story.rungs("wren-1") == [("issue", "asked", "refused")]
    assert story.read(lambda session: address_of(session, "Rowan A")).state is AddressState.GOOD


async def test_one_letter_that_cannot_be_written_holds_up_nobody(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "messages.sending.sender")
    story = Story(database)
    await ready(story, "ABC")
    broken = story.touches("wren-1")[0].words_id

    def spoil(session: Session) -> None:
        words = session.get_one(WordsVersion, broken)
        copy = {column.key: getattr(words, column.key) for column in WordsVersion.__table__.columns}
        bad = WordsVersion(**copy | {"id": ordered_id(), "version": 9, "body": "{{ 1 // 0 }}"})
        session.add(bad)
        session.flush()
        session.query(Touch).filter_by(ask_id=find(session, "wren-1").id).one().words_id = bad.id

    story.write(spoil)
    await story.worker.step(START)
    assert len(story.channel.sent) == 2
    [put_aside] = [one for one in story.deliveries() if one.state is DeliveryState.WAITING]
    assert put_aside.error is not None
    assert put_aside.error.startswith("it could not be")
    assert put_aside.next_try_at > START + timedelta(hours=1)


async def test_groups_stay_within_their_limit_and_grow_while_the_server_is_quick(database: Database) -> None:
    story = Story(database)
    assert story.worker.sender.group <= 8  # begins small: what may be in doubt stays small
    await ready(story, [f"{number:02}" for number in range(40)])  # type: ignore[arg-type]
    await story.worker.send(START)
    assert 8 < story.worker.sender.group <= 64
    assert local(story.deliveries()[0].sent_at) == "12 Oct 10:00"
