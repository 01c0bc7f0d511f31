"""A stop of more than two working days is noticed, and nothing overdue goes without a person's yes."""

from datetime import UTC, datetime, timedelta

import pytest

from messages.sending import heartbeat
from store.database import Database
from tests.make import ZONE
from tests.story import ACKNOWLEDGED, WHO, Story

pytestmark = pytest.mark.sqlite_first


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def beat(story: Story, moment: str) -> bool:
    return story.write(lambda session: heartbeat.beat(session, at(moment), ZONE))


@pytest.mark.parametrize(
    ("last", "next_beat", "goes_on"),
    [
        ("2026-10-12 09:00", "2026-10-13 09:00", True),  # a day
        ("2026-10-12 09:00", "2026-10-14 09:00", True),  # two working days
        ("2026-10-12 09:00", "2026-10-15 09:00", False),  # more than two
        ("2026-10-09 17:00", "2026-10-12 09:00", True),  # a weekend
        ("2026-10-08 09:00", "2026-10-12 09:00", True),  # a weekend and two working days
        ("2026-12-24 17:00", "2026-12-29 09:00", True),  # Christmas with its substitute day
        ("2026-12-24 17:00", "2026-12-30 09:00", True),
        ("2026-12-24 17:00", "2026-12-31 09:00", False),
        ("2026-10-23 17:00", "2026-10-26 09:00", True),  # the clocks go back
        ("2026-10-12 09:00", "2026-10-12 08:00", True),  # a clock set back is no stop
    ],
)
def test_only_a_long_stop_waits_for_a_yes(
    database_url: str, last: str, next_beat: str, goes_on: bool
) -> None:
    database = Database(database_url)
    story = Story(database)
    assert beat(story, last)
    assert beat(story, next_beat) is goes_on
    assert len(story.decisions("stopped")) == (0 if goes_on else 1)
    database.close_now()


async def test_after_a_long_stop_nothing_is_climbed_or_sent_until_somebody_says_so(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("AB")
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    story.answer("wren-2", ACKNOWLEDGED, "Rowan B")
    await story.until(at("2026-10-26 10:00"))
    before = story.letters()
    story.now = at("2026-11-11 09:30")  # a fortnight later: four rungs are overdue
    story.channel.now = story.now
    await story.worker.step(story.now)
    assert await story.worker.send(story.now) == 0
    assert story.letters() == before
    await story.until(at("2026-11-12 10:00"))
    assert story.letters() == before

    assert story.write(lambda session: heartbeat.go_on(session, story.now, WHO))
    assert not story.write(lambda session: heartbeat.go_on(session, story.now, WHO))
    await story.until(at("2026-11-20 12:00"))
    days = [when[:6] for when, who in story.letters()[len(before) :] if who.startswith("rowan.a@")]
    assert days == ["12 Nov", "19 Nov"]
    [line] = story.decisions("went on")
    assert "2026-10-26" in line.reason
    assert line.by == WHO


async def test_messages_made_before_a_stop_wait_too(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.worker.wake(story.now)
    story.now += timedelta(days=7)
    assert not await story.worker.wake(story.now)
    assert await story.worker.send(story.now) == 0
    assert story.channel.sent == []
