"""The climb writes what was decided, once: with its reason and its words, in one transaction."""

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest

from messages.chasing.climb import climb_due
from messages.chasing.ladder import Anchor, Ladder, Rung
from messages.launching.compose import save_ladder, save_words
from store.asking import campaign
from store.asking.ask import Ask, AskState
from store.asking.campaign import WordsVersion
from store.asking.lesson import Priority
from store.base import ordered_id
from store.chore import ChoreKind
from store.database import Database, Session
from store.letters import alarm, touch
from store.letters.touch import Touch
from store.people.board import Board
from store.people.seat import SeatRole
from tests import make
from tests.make import START, ZONE
from tests.story import ACKNOWLEDGED, WHO, Story, campaign_of, find

pytestmark = pytest.mark.sqlite_first


def first_step(session: Session) -> "campaign.Step":
    return campaign.steps(session, campaign_of(session).id)[0]


async def test_every_touch_has_its_reason_and_every_letter_its_words(database: Database) -> None:
    story = Story(database)
    story.begin("AB")
    await story.until(START + timedelta(days=60))
    touches = story.touches("wren-1") + story.touches("wren-2")
    assert {one.rung for one in touches} == {"issue", "reminder", "deputy"}
    assert all(one.reason for one in touches)
    assert all(one.words_id for one in touches)
    by_words = {(one.rung, one.role): one.words_id for one in touches}
    assert len(set(by_words.values())) == len(by_words)


async def test_words_saved_later_leave_what_was_said_as_it_was(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START)
    [before] = story.touches("wren-1")

    def reword(session: Session) -> WordsVersion:
        kept = save_words(
            session, first_step(session).id, "reminder", "asked", "A new subject", "Please.", START, WHO
        )
        assert isinstance(kept, WordsVersion)
        return kept

    newer = story.write(reword)
    await story.until(START + timedelta(days=3))
    assert [one.words_id for one in story.touches("wren-1")] == [before.words_id, newer.id]
    assert newer.version == 2
    assert "A new subject" in story.channel.sent[-1].subject


async def test_a_row_whose_words_are_missing_is_postponed_with_a_reason_and_the_rest_go_on(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "messages.chasing.climb")
    story = Story(database)
    story.begin("AB")

    def poison(session: Session) -> None:
        other = make.campaign(session, session.query(Board).one(), "heron", about=None, book="bulletin")
        make.launched(session, other)
        session.query(WordsVersion).filter_by(step_id=campaign.steps(session, other.id)[0].id).delete()

    story.write(poison)
    await story.until(START)
    assert len(story.channel.sent) == 2  # the lesson's; no bulletin
    postponed = story.decisions("postponed")
    assert len(postponed) == 2
    assert all("no words are saved for rung “issue”" in one.reason for one in postponed)
    assert story.ask("heron-1").next_touch_at == START + timedelta(hours=1)
    assert story.touches("heron-1") == []

    def mend(session: Session) -> None:
        step = campaign.steps(session, campaign_of(session, "heron").id)[0]
        kept = save_words(session, step.id, "issue", "asked", "Bulletin", "News.", story.now, WHO)
        assert isinstance(kept, WordsVersion)

    story.write(mend)
    await story.until(START + timedelta(hours=1))
    assert len(story.channel.sent) == 4


async def test_unknown_term_dates_postpone_and_are_listed_once(database: Database) -> None:
    story = Story(database)

    def build(session: Session) -> None:
        board = make.board(session)
        lost = make.agency(session, board, "Far School", "education", "never imported")
        make.line(session, board, lost, "F")
        make.launched(session, make.campaign(session, board))

    story.write(build)
    await story.until(START + timedelta(days=3))
    assert story.channel.sent == []
    [chore] = [one for one in story.chores() if one.kind is ChoreKind.TERM_DATES]
    assert "never imported" in chore.text


async def test_nothing_is_decided_before_the_alarm_rings(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START)
    asked = story.ask("wren-1")
    assert asked.next_touch_at is not None
    story.now = asked.next_touch_at - timedelta(seconds=1)
    assert story.climb() == 0
    story.now = asked.next_touch_at
    assert story.climb() == 1


async def test_an_alarm_that_was_silenced_meanwhile_is_not_set_again(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    asked = story.ask("wren-1")
    assert asked.next_touch_at is not None
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    was, at = asked.next_touch_at, START + timedelta(days=1)
    story.write(lambda session: alarm.move(session, [(asked.id, was, at)]))
    assert story.ask("wren-1").next_touch_at is None


async def test_an_alarm_that_was_moved_meanwhile_is_left_alone(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    asked = story.ask("wren-1")
    stale, at = START - timedelta(days=1), START + timedelta(days=1)
    story.write(lambda session: alarm.move(session, [(asked.id, stale, at)]))
    assert story.ask("wren-1").next_touch_at == asked.next_touch_at


async def test_two_climbers_at_once_climb_each_rung_once(database_url: str, database: Database) -> None:
    story = Story(database)
    story.begin([f"{number:02}" for number in range(40)])
    other, start = Database(database_url), threading.Barrier(2, timeout=10)

    def climb(mine: Database) -> None:
        start.wait()
        while mine.write_now(lambda session: climb_due(session, START, ZONE, limit=7)):
            pass

    threads = [threading.Thread(target=climb, args=[mine]) for mine in (database, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    await other.close()
    keys = story.read(lambda s: [(t.ask_id, t.round, t.rung, t.role) for t in s.query(Touch)])
    assert len(keys) == len(set(keys)) == 40


async def test_a_rung_climbed_by_somebody_else_meanwhile_is_left_as_it_is(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START)
    [mine] = story.touches("wren-1")
    row = {column.key: getattr(mine, column.key) for column in Touch.__table__.columns}
    again = row | {"id": ordered_id(), "reason": "a second worker", "delivery_id": None}
    story.write(lambda session: alarm.write_touches(session, [again]))
    [kept] = story.touches("wren-1")
    assert (kept.id, kept.reason) == (mine.id, mine.reason)


async def test_a_changed_ladder_keeps_the_rungs_that_were_climbed(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START)

    def change(session: Session) -> None:
        rungs = (
            Rung("issue", Anchor.ISSUE, 0, ("asked",)),
            Rung("deputy", Anchor.DUE, -3, ("asked", "deputy")),
        )
        save_ladder(session, first_step(session).id, Ladder(rungs, 5))
        alarm.ring(session, [find(session, "wren-1").id], story.now)

    story.write(change)
    await story.until(START + timedelta(days=30))
    assert [rung for rung, _, _ in story.rungs("wren-1")] == ["issue", "deputy", "deputy"]


async def test_at_the_end_of_the_ladder_an_ask_lapses_and_the_next_one_opens(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(days=21))
    lapsed, following = story.ask("wren-1"), story.ask("wren-2")
    assert lapsed.state is AskState.LAPSED
    assert lapsed.next_touch_at is None
    assert following.state is AskState.ASKED
    [line] = story.decisions("lapsed")
    assert "the ladder came to its end" in line.reason
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    assert story.ask("wren-1").state is AskState.ANSWERED  # late answers are welcome


async def test_a_rung_that_asks_for_a_call_lists_it_once(database: Database) -> None:
    story = Story(database)
    story.begin("A", priority=Priority.URGENT)
    await story.until(START + timedelta(days=4))
    calls = [one for one in story.chores() if one.kind is ChoreKind.PHONE]
    assert len(calls) == 1
    assert "Agency A (wren-1)" in calls[0].text


async def test_an_urgent_lesson_reaches_the_holiday_contact_of_a_closed_school(database: Database) -> None:
    story = Story(database, now=datetime(2026, 10, 27, 10, tzinfo=UTC))

    def build(session: Session) -> None:
        board = make.board(session)
        school = make.agency(session, board, "Kennet School", "education", make.terms(session))
        make.line(session, board, school, "S")
        make.holder(session, board, school, "Dana Duty", SeatRole.HOLIDAY_CONTACT)
        office = make.agency(session, board, "Agency A")
        make.holder(session, board, office, "Hal Never", SeatRole.HOLIDAY_CONTACT)
        make.line(session, board, office, "A")
        make.launched(session, make.campaign(session, board, priority=Priority.URGENT), story.now)

    story.write(build)
    await story.until(story.now)
    written = {letter.address for letter in story.channel.sent}
    assert "dana.duty@kennetschool.example" in written
    assert "hal.never@agencya.example" not in written


def test_a_climb_that_fails_at_the_end_leaves_no_trace(database_url: str) -> None:
    database = Database(database_url)
    story = Story(database)
    story.begin("A")

    def fail(session: Session) -> None:
        assert climb_due(session, START, ZONE) == 1
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        story.write(fail)
    assert story.read(lambda session: session.query(Touch).count()) == 0
    assert story.read(lambda session: session.query(Ask).filter_by(next_touch_at=START).count()) == 1
    assert story.climb() == 1
    database.close_now()


def test_drafts_are_listed_by_campaign(database_url: str) -> None:
    database = Database(database_url)
    assert database.read_now(touch.drafted) == []
    database.close_now()


async def test_where_nobody_is_named_for_a_rung_somebody_is_to_find_out_who_it_is(database: Database) -> None:
    story = Story(database)

    def build(session: Session) -> None:
        board = make.board(session)
        make.holder(session, board, make.agency(session, board, "Agency A"), "Rowan A")
        make.launched(session, make.campaign(session, board))

    story.write(build)
    await story.until(START + timedelta(days=10))
    [ring] = [one for one in story.chores() if one.kind is ChoreKind.PHONE]
    assert ring.text.endswith("no deputy is named; ask who it is, or decide what comes next.")
