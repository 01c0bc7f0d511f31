"""Letters that could not go for days: a first letter still goes, a reminder is given up and somebody told."""

from datetime import timedelta

import pytest

from messages.sending import heartbeat
from messages.sending.channel import DeliveryError
from store.answers import tallies
from store.chore import ChoreKind
from store.database import Database, Session
from store.letters.delivery import DeliveryState
from store.letters.touch import Touch, TouchState
from store.people.term import Term
from tests import make
from tests.make import START, ZONE
from tests.story import Story, by_name, campaign_of

pytestmark = pytest.mark.sqlite_first

ROWAN = "rowan.a@agencya.example"


async def test_a_first_letter_goes_however_long_the_mail_was_down(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.channel.refuses[ROWAN] = DeliveryError("connection refused")
    await story.until(START + timedelta(days=6))
    assert story.letters() == []
    story.channel.refuses.clear()
    await story.until(START + timedelta(days=8))
    issue = next(one for one in story.touches("wren-1") if one.rung == "issue")
    assert issue.state is TouchState.SENT


async def test_a_first_letter_outlives_a_long_stop(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.climb()
    story.gather()
    story.write(lambda session: heartbeat.beat(session, story.now, ZONE))
    story.now = START + timedelta(days=9)
    await story.worker.step(story.now)
    story.write(lambda session: heartbeat.go_on(session, story.now, "morgan.ellery@west.example.org"))
    await story.until(story.now + timedelta(hours=5))
    issue = next(one for one in story.touches("wren-1") if one.rung == "issue")
    assert issue.state is TouchState.SENT


async def test_a_reminder_that_waited_too_long_is_given_up_listed_and_counted(database: Database) -> None:
    story = Story(database)
    story.begin("AB")
    await story.until(START + timedelta(hours=1))
    for letter in "ab":
        story.channel.refuses[f"rowan.{letter}@agency{letter}.example"] = DeliveryError("connection refused")
    await story.until(START + timedelta(days=10))
    reminders = [one for one in story.touches("wren-1") if one.role == "asked" and not one.is_first]
    assert TouchState.REFUSED in {one.state for one in reminders}
    [listed] = [one for one in story.chores() if "could not be delivered" in one.text]
    assert listed.kind is ChoreKind.PHONE
    assert "wren" in listed.text
    given_up = story.read(lambda s: s.query(Touch).filter_by(state=TouchState.REFUSED).count())
    tally = story.read(lambda session: tallies.letters(session, campaign_of(session).id))
    assert tally.states[DeliveryState.REFUSED] == given_up >= 2


async def test_a_letter_that_a_person_approved_never_goes_stale(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    story.channel.refuses[ROWAN] = DeliveryError("connection refused")
    await story.until(START + timedelta(days=4))

    story.write(lambda s: s.query(Touch).filter_by(rung="reminder").update({"approved_at": story.now}))
    await story.until(START + timedelta(days=10))
    story.channel.refuses.clear()
    await story.until(START + timedelta(days=11))
    reminder = next(one for one in story.touches("wren-1") if one.rung == "reminder")
    assert reminder.state is TouchState.SENT


async def test_one_agency_whose_terms_are_unreadable_keeps_nobody_elses_letter(database: Database) -> None:
    story = Story(database)

    def world(session: Session) -> None:
        board, _ = make.world(session, "A")
        school = make.agency(session, board, "Kennet School", "education", make.terms(session))
        make.line(session, board, school, "S")
        make.launched(session, make.campaign(session, board))

    story.write(world)
    story.climb()

    def spoil(session: Session) -> None:
        term = session.query(Term).filter_by(name="Autumn 1").one()
        term.first_day, term.last_day = term.last_day, term.first_day

    story.write(spoil)
    story.gather()
    assert [one.person_id for one in story.deliveries()] == [story.read(lambda s: by_name(s, "Rowan A").id)]
    [waits] = story.read(lambda s: s.query(Touch).filter_by(delivery_id=None).all())
    assert waits.not_before.timestamp() == (START + timedelta(hours=1)).timestamp()
