"""Letters that go once more: on a day of their own, to nobody twice, and told in full."""

from datetime import UTC, datetime, timedelta

import pytest

from messages.changes.new_link import write_again
from messages.chasing.batch import climbed_of
from messages.sending.channel import DeliveryError
from store.asking.lesson import Priority
from store.database import Database
from store.letters import outbox, pause, settlement
from store.letters.settlement import Outcome, Settled
from store.letters.touch import Touch, TouchState
from tests.make import START, ZONE
from tests.story import Story, find
from tests.story_rest import send_again

pytestmark = pytest.mark.sqlite_first

ROWAN = "rowan.a@agencya.example"
LOST = DeliveryError("line lost", doubtful=True)


def test_a_rung_that_was_passed_by_keeps_no_letter_waiting() -> None:
    rows = [
        Touch(rung="issue", state=TouchState.SENT, climbed_at=START),
        Touch(rung="issue", state=TouchState.SKIPPED, climbed_at=START),
        Touch(rung="soon", state=TouchState.SKIPPED, climbed_at=START + timedelta(days=3)),
    ]
    climbed, letters = climbed_of(rows)
    assert (set(climbed), letters) == ({"issue", "soon"}, {"issue": START})


async def test_the_longest_reason_fits_what_was_on_its_way(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.worker.wake(START)
    lease = story.now + timedelta(minutes=1)
    claimed = story.write(
        lambda s: outbox.claim(s, "w", story.now, lease, story.now.date(), 9, office_open=True)
    )
    story.write(lambda s: pause.drop_waiting(s, find(s, "wren-1").id, "x" * 600))
    went = Settled(claimed.taken[0].delivery_id, Outcome.SENT, "250", story.now)
    story.write(lambda s: settlement.settle(s, "w", story.now, [went]))
    [issue] = story.touches("wren-1")
    assert (issue.state.value, len(issue.reason)) == ("sent", 500)


async def test_an_urgent_letter_sent_again_and_its_chaser_go_on_two_days(database: Database) -> None:
    story = Story(database)
    story.begin("A", priority=Priority.URGENT)
    story.channel.refuses[ROWAN] = LOST
    await story.until(datetime(2026, 10, 14, 6, tzinfo=UTC))
    story.channel.refuses.clear()
    story.now = datetime(2026, 10, 14, 7, 30, tzinfo=UTC)
    assert send_again(story) == 1
    await story.until(datetime(2026, 10, 15, 12, tzinfo=UTC))
    days = [at[:6] for at, address in story.letters() if address == ROWAN]
    assert len(days) == len(set(days)) >= 2


async def test_whoever_has_asked_for_a_new_link_gets_no_second_first_letter(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.channel.refuses[ROWAN] = LOST
    await story.until(START + timedelta(hours=3))
    story.channel.refuses.clear()
    story.write(lambda s: write_again(s, ROWAN, story.now, ZONE))
    await story.until(START + timedelta(hours=4))
    assert len(story.channel.to("rowan.a")) == 1
    assert send_again(story) == 0
