"""One message a week: on the day that its reader chose, and `why` tells what waits for it."""

from datetime import timedelta

import pytest

from messages.chasing.explain import explain
from store.asking.campaign import Campaign
from store.asking.lesson import Lesson
from store.database import Database, Session
from store.people.board import Board
from tests import chosen, make
from tests.make import START
from tests.story import Story, by_name, local

pytestmark = pytest.mark.sqlite_first


def second(session: Session) -> Campaign:
    return make.campaign(session, session.query(Board).one(), "heron", about=session.query(Lesson).one())


async def test_why_tells_that_a_letter_waits_for_the_weekly_message(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    story.write(lambda session: make.launched(session, second(session), story.now))
    await story.until(START + timedelta(hours=3))
    account = story.read(lambda session: explain(session, by_name(session, "Rowan A")))
    [waits] = [line for line in account.lines if line.what == "waits"]
    assert waits.by == "the contact budget"
    assert (
        "“issue” to the training representative, Rowan A: it goes with the next message to them"
        in waits.reason
    )
    assert "2026-10-15" in waits.reason  # two working days before it is due


async def test_a_reader_who_chooses_a_day_hears_on_it(database: Database) -> None:
    story = Story(database)
    story.begin("A")

    def choose(session: Session) -> None:
        by_name(session, "Rowan A").digest_day = 2

    story.write(choose)
    await story.until(START + timedelta(days=5))
    assert [local(letter.at)[:6] for letter in story.channel.to("rowan")] == ["14 Oct", "15 Oct"]


async def test_what_is_nearly_due_takes_along_all_that_waits_for_the_week(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))

    def ask_more(session: Session) -> None:
        board = session.query(Board).one()
        make.launched(
            session, chosen.campaign(session, board, "return", "tna", forms=("tna_short",)), story.now
        )

    story.write(ask_more)
    await story.until(START + timedelta(days=6))
    first, second, *rest = story.channel.to("rowan")
    assert [local(letter.at)[:6] for letter in (first, second)] == ["12 Oct", "15 Oct"]
    assert "Training needs analysis" not in first.text
    assert "[wren-1]" in second.text
    assert "[tna-1]" in second.text
    assert rest == []
