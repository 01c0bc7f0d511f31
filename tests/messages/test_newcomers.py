"""Whoever an ask newly rests with hears of it, and nobody is told that it is new who has it already."""

from datetime import UTC, date, datetime, timedelta

import pytest

from messages.changes import handing_over, more_time, recording
from messages.sending.channel import DeliveryError
from store.asking.ask import AskState
from store.database import Database
from tests.make import START, ZONE
from tests.story import ACKNOWLEDGED, WHO, Story, by_name, find

pytestmark = pytest.mark.sqlite_first

COL = "col@agencya.example"
GONE = DeliveryError("550 5.1.1 no such user", permanent=True, about_address=True)


def hand_to_col(story: Story, reference: str = "wren-1") -> None:
    story.write(
        lambda s: handing_over.hand_over(
            s, find(s, reference), by_name(s, "Rowan A").id, "Col A", COL, story.now, WHO
        )
    )


def ask_for_time(story: Story, reference: str) -> None:
    story.write(
        lambda s: more_time.ask_for(s, find(s, reference), by_name(s, "Rowan A").id, 5, "x", story.now, ZONE)
    )


async def test_whoever_asks_for_more_time_is_not_told_that_it_is_theirs_now(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    await story.until(START + timedelta(hours=2))
    ask_for_time(story, "wren-2")
    await story.until(START + timedelta(days=2))
    assert story.rungs("wren-2") == []


async def test_more_time_given_before_the_first_letter_loses_no_lesson(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    ask_for_time(story, "wren-1")
    await story.until(START + timedelta(hours=1))
    [letter] = story.channel.sent
    assert [one.rung for one in story.touches("wren-1") if one.state.value == "sent"] == ["issue"]
    assert "Monday 26 October 2026" in letter.text  # the new date


async def test_an_ask_handed_to_an_address_that_refuses_goes_back_and_is_said(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(minutes=1))
    story.channel.refuses[COL] = GONE
    hand_to_col(story)
    await story.until(START + timedelta(days=1))
    assert story.ask("wren-1").delegate_id is None
    first, again = story.channel.to("rowan.a")
    assert (first.subject != again.subject, "to you" in again.subject) == (True, True)


async def test_a_colleague_who_is_away_gives_back_what_they_were_handed(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(minutes=1))
    hand_to_col(story)
    await story.until(START + timedelta(hours=1))
    story.write(lambda s: recording.away(s, by_name(s, "Col A"), date(2026, 11, 3), story.now, WHO))
    await story.until(START + timedelta(days=1))
    assert story.ask("wren-1").delegate_id is None
    assert len(story.channel.to("rowan.a")) == 2
    assert story.channel.to("devi.a") == []


async def test_a_question_opened_late_is_due_some_days_on(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.write(lambda s: more_time.extend(s, find(s, "wren-1"), 30, "flood", story.now, WHO, ZONE))
    await story.until(datetime(2026, 11, 27, 12, tzinfo=UTC))
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    await story.until(datetime(2026, 11, 27, 15, tzinfo=UTC))
    second = story.ask("wren-2")
    assert (second.state, second.original_due_on) == (AskState.ASKED, date(2026, 11, 9))
    assert second.due_on == date(2026, 12, 4)
    assert len(story.decisions("due later")) == 1
    await story.until(datetime(2026, 12, 7, 12, tzinfo=UTC))
    assert story.channel.to("devi.a") == []


async def test_a_question_handed_over_after_its_date_says_that_it_was_due(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    await story.until(datetime(2026, 11, 17, 12, tzinfo=UTC))
    hand_to_col(story, "wren-2")
    await story.until(datetime(2026, 11, 27, 12, tzinfo=UTC))
    reasons = {one.rung: one.reason for one in story.touches("wren-2") if one.round == 2}
    assert reasons["today"] == "was due, 2026-11-09"
