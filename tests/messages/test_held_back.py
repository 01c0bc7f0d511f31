"""Letters held back by a pause or a hold: taken up afresh, for whoever they are for now, one on a day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from messages.changes import more_time, recording
from messages.launching import approval
from store.answers import tallies
from store.database import Database
from store.letters import touch
from store.letters.delivery import DeliveryState
from store.people.seat import SeatRole
from tests.make import START, ZONE
from tests.story import ACKNOWLEDGED, WHO, Story, by_name, campaign_of, find
from tests.story_rest import about_to_go, halt, hold, keep_back_now, resume
from tests.story_seat import reseat

pytestmark = pytest.mark.sqlite_first


@pytest.mark.parametrize("kept_back", ["paused", "held"])
async def test_a_letter_held_back_never_goes_to_whoever_has_left_the_seat(
    database: Database, kept_back: str
) -> None:
    story = Story(database)
    story.begin("A")
    back = halt if kept_back == "paused" else (lambda told: hold(told, "wren-1", date(2026, 10, 21)))
    await about_to_go(story, datetime(2026, 10, 21, 8, tzinfo=UTC), back)
    assert ("deputy", "deputy", "held") in story.rungs("wren-1")
    reseat(story, SeatRole.DEPUTY, "Newby A")
    story.now = datetime(2026, 10, 22, 8, tzinfo=UTC)
    if kept_back == "paused":
        resume(story)
    await story.until(datetime(2026, 10, 24, 12, tzinfo=UTC))
    assert story.channel.to("devi.a") == []


async def test_letters_held_back_are_counted_as_such(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await about_to_go(story, datetime(2026, 10, 15, 8, tzinfo=UTC), halt)
    tally = story.read(lambda session: tallies.letters(session, campaign_of(session).id))
    assert (tally.held, tally.states) == (1, {DeliveryState.SENT: 1})


async def test_an_approved_letter_held_back_is_not_for_the_one_before_in_the_seat(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    await story.until(datetime(2026, 11, 24, 12, tzinfo=UTC))
    assert story.write(lambda s: approval.approve(s, touch.drafted(s), story.now, WHO)) == 1
    hold(story, "wren-2", date(2026, 11, 26))
    await story.until(datetime(2026, 11, 25, 12, tzinfo=UTC))
    reseat(story, SeatRole.BOARD_MEMBER, "Newbose A")
    await story.until(datetime(2026, 11, 28, 12, tzinfo=UTC))
    assert story.channel.to("bose.a") == []


async def test_a_new_holder_gets_the_letter_of_a_pause_alone(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await keep_back_now(story, halt)
    reseat(story, SeatRole.REPRESENTATIVE, "Newby A")
    await story.until(START + timedelta(hours=3))
    resume(story)
    await story.until(START + timedelta(hours=4))
    assert [letter.address for letter in story.channel.sent] == ["newby.a@agencya.example"]


async def test_more_time_given_in_a_pause_takes_its_reminder_back(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await about_to_go(story, datetime(2026, 10, 15, 8, tzinfo=UTC), halt)
    story.write(lambda s: more_time.extend(s, find(s, "wren-1"), 10, "staff away", story.now, WHO, ZONE))
    await story.until(START + timedelta(days=3, hours=4))
    resume(story)
    await story.until(START + timedelta(days=4))
    assert [at for at, _ in story.letters()] == ["12 Oct 10:00"]


async def test_after_a_pause_one_rung_goes_and_the_next_on_another_day(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await about_to_go(story, datetime(2026, 10, 15, 8, tzinfo=UTC), halt)
    await story.until(datetime(2026, 10, 22, 11, tzinfo=UTC))
    resume(story)
    await story.until(datetime(2026, 10, 23, 18, tzinfo=UTC))
    assert [f"{at[:6]} {address[:5]}" for at, address in story.letters()] == [
        "12 Oct rowan",
        "22 Oct rowan",
        "23 Oct devi.",
    ]
    assert "things still needed" not in story.channel.to("rowan")[1].subject


async def test_a_letter_held_back_is_not_for_somebody_who_is_away_by_then(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await about_to_go(story, datetime(2026, 10, 15, 8, tzinfo=UTC), halt)
    story.write(lambda s: recording.away(s, by_name(s, "Rowan A"), date(2026, 10, 30), story.now, WHO))
    resume(story)
    await story.until(datetime(2026, 10, 15, 16, tzinfo=UTC))
    assert ("reminder", "asked", "dropped") in story.rungs("wren-1")
    assert [address for _, address in story.letters()] == [
        "rowan.a@agencya.example",
        "devi.a@agencya.example",
    ]


async def test_a_hold_gives_what_rested_a_few_days_before_it_lapses(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(datetime(2026, 10, 22, 12, tzinfo=UTC))
    hold(story, "wren-1", date(2026, 11, 20))
    await story.until(datetime(2026, 11, 25, 12, tzinfo=UTC))
    assert story.ask("wren-1").state.is_live
    await story.until(datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert not story.ask("wren-1").state.is_live
