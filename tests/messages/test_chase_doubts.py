"""A letter in doubt may have arrived: its copy is alone on its day and says no more; `why` tells of it."""

from datetime import UTC, datetime, timedelta

import pytest

from messages.chasing.explain import explain
from messages.sending.channel import DeliveryError
from store.asking.lesson import Lesson
from store.database import Database, Session
from store.letters.delivery import Delivery
from store.letters.touch import TouchState
from store.people.board import Board
from tests import make
from tests.make import START, ZONE
from tests.story import Story, by_name, local
from tests.story_rest import hand_to_col, hold

pytestmark = pytest.mark.sqlite_first

ROWAN = "rowan.a@agencya.example"
LOST = DeliveryError("the line was lost", doubtful=True)
#: A Monday ten minutes before the office shuts: what is in doubt then goes again on Tuesday.
LATE = datetime(2026, 10, 12, 15, 20, tzinfo=UTC)


async def in_doubt(database: Database, at: datetime = START) -> Story:
    """A first letter to Rowan whose line was lost at a moment."""
    story = Story(database, now=at)
    story.begin("A")
    story.channel.refuses[ROWAN] = LOST
    await story.until(at + timedelta(minutes=1))
    story.channel.refuses.clear()
    return story


def ask_more(story: Story) -> None:
    def build(session: Session) -> None:
        board, about = session.query(Board).one(), session.query(Lesson).one()
        make.launched(session, make.campaign(session, board, "heron", about=about), story.now)

    story.write(build)


def why(story: Story) -> list[str]:
    return [line.what for line in story.read(lambda s: explain(s, by_name(s, "Rowan A"))).lines]


async def test_the_copy_of_a_letter_in_doubt_says_nothing_that_its_first_did_not(database: Database) -> None:
    story = await in_doubt(database)
    ask_more(story)
    await story.until(START + timedelta(hours=3))
    [copy] = story.channel.to("rowan")
    assert "wren-1" in copy.subject
    assert "heron-1" not in copy.text
    await story.until(START + timedelta(days=3))
    assert "heron-1" in "".join(letter.text for letter in story.channel.to("rowan")[1:])


async def test_on_the_day_on_which_a_copy_goes_nothing_else_does(database: Database) -> None:
    story = await in_doubt(database, LATE)
    ask_more(story)
    await story.until(datetime(2026, 10, 13, 20, tzinfo=ZONE))
    assert [(local(one.at)[:6], one.subject[-8:]) for one in story.channel.to("rowan")] == [
        ("13 Oct", "[wren-1]")
    ]
    await story.until(START + timedelta(days=7))
    assert story.rungs("heron-1")[0] == ("issue", "asked", "sent")
    days = [local(one.at)[:6] for one in story.channel.to("rowan")]
    assert len(days) == len(set(days))


async def test_a_copy_waits_where_its_reader_has_had_todays_message(database: Database) -> None:
    story = await in_doubt(database, LATE)

    def refuse_for_now(session: Session) -> None:
        """As after refusals for now: the copy is tried again on Tuesday at noon."""
        session.query(Delivery).one().next_try_at = datetime(2026, 10, 13, 11, tzinfo=UTC)

    story.write(refuse_for_now)
    ask_more(story)
    await story.until(datetime(2026, 10, 14, 20, tzinfo=ZONE))
    told = [(local(one.at)[:6], one.subject[-9:].strip()) for one in story.channel.to("rowan")]
    assert told == [("13 Oct", "[heron-1]"), ("14 Oct", "[wren-1]")]


async def test_why_tells_of_the_doubt_of_a_letter_that_is_held_back_since(database: Database) -> None:
    story = await in_doubt(database)
    hold(story, "wren-1", START.date())
    await story.until(START + timedelta(hours=1))
    assert story.rungs("wren-1") == [("issue", "asked", "held")]
    assert "doubtful" in why(story)


async def test_what_was_called_back_after_it_was_in_doubt_stays_in_doubt(database: Database) -> None:
    story = await in_doubt(database)
    hand_to_col(story, "wren-1")
    await story.until(START + timedelta(hours=1))
    [issue] = [one for one in story.touches("wren-1") if one.round == 1]
    assert issue.state is TouchState.DOUBTFUL
    assert issue.reason == "handed over to Col A; it may have gone before"
    assert "doubtful" in why(story)
    assert story.channel.to("rowan") == []
