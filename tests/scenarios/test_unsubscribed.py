"""Whoever wants no bulletins gets none, and still hears of an urgent lesson."""

import pytest

from store.database import Session
from store.people.board import Board
from store.people.person import unsubscribe
from tests.bot.cli.terminal import MANAGER
from tests.make import START
from tests.scenarios.desk import LESSON, Desk, row
from tests.story import by_name

pytestmark = pytest.mark.sqlite_first


def leave_the_bulletins(session: Session) -> None:
    unsubscribe(session, session.query(Board).one().id, by_name(session, "Rowan Orchard").id, START)


def test_no_bulletin_but_an_urgent_lesson_reaches_whoever_unsubscribed(desk: Desk) -> None:
    desk.open(row("Orchard Trust", "orchard") + row("Kestrel Housing", "kestrel"))
    desk.terminal.keep(leave_the_bulletins)
    desk.terminal.done("new", "bulletin", "news", "--lesson", str(LESSON), "--priority", "information")
    urgent = ("--priority", "urgent", "--urgent-because", "a child may be at risk now", "--as", MANAGER)
    desk.terminal.done("new", "lesson", "wren", "--lesson", str(LESSON), *urgent)
    for slug in ("news", "wren"):
        desk.terminal.done("launch", slug, "--yes", "--as", MANAGER)
    desk.until(desk.now)
    assert len(desk.to("rowan@kestrel")) == 2
    [letter] = desk.to("rowan@orchard")
    assert b"List-Unsubscribe" not in letter
