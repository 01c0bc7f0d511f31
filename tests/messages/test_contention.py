"""Workers in each other's way lose nothing; a row that is bad holds up nobody, and is listed once."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from messages.chasing.climb import climb_due
from store.asking.campaign import WordsVersion
from store.chore import Chore, ChoreKind
from store.database import Database, Session
from store.letters.touch import Touch
from store.people.seat import SeatRole
from tests import make
from tests.make import START, ZONE
from tests.story import Story

pytestmark = pytest.mark.sqlite_first

AGENCIES, CAMPAIGNS = 60, 4


def vacant(session: Session) -> None:
    """Many agencies whose representative's seat is empty, each asked by several campaigns at once."""
    board = make.board(session)
    for number in range(AGENCIES):
        where = make.agency(session, board, f"Agency {number}")
        make.holder(session, board, where, f"Devi {number}", SeatRole.DEPUTY)
    about = make.lesson(session, board)
    for number in range(CAMPAIGNS):
        make.launched(session, make.campaign(session, board, f"wren{number}", about=about), START)


async def test_two_climbers_of_many_vacancies_never_lock_each_other_out(database: Database) -> None:
    story, other = Story(database), Database(database.url)
    story.write(vacant)
    locked: list[str] = []
    for one in (database, other):
        event.listen(one._writes, "handle_error", lambda met: locked.append(str(met.original_exception)))
    start, failed = threading.Barrier(2, timeout=10), []

    def climb(mine: Database) -> None:
        start.wait()
        try:
            while mine.write_now(lambda session: climb_due(session, START, ZONE, limit=AGENCIES)):
                pass
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=climb, args=[mine]) for mine in (database, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    await other.close()
    assert failed == []
    assert [said for said in locked if "deadlock" in said] == []
    kinds = story.read(lambda s: [one.kind for one in s.query(Chore)])
    assert kinds == [ChoreKind.FILL_SEAT] * AGENCIES
    assert story.read(lambda s: s.query(Touch).filter_by(rung="cover_gone").count()) == AGENCIES * CAMPAIGNS


@pytest.mark.drill
async def test_words_that_are_missing_are_listed_once_and_noted_once(database: Database) -> None:
    story = Story(database)
    story.begin("AB")
    story.write(lambda s: s.query(WordsVersion).filter_by(rung="deputy").delete())
    await story.until(START + timedelta(days=12))
    [listed] = [one for one in story.chores() if one.kind is ChoreKind.PUT_RIGHT]
    assert "no words are saved for rung “deputy”" in listed.text
    assert len(story.decisions("postponed")) == 2  # one for each agency, not one an hour


async def test_a_row_that_the_database_refuses_holds_up_nobody(database: Database) -> None:
    story = Story(database)
    story.begin("ABC")
    spoiled = story.ask("wren-2").id

    @event.listens_for(database._writes, "before_cursor_execute", retval=True)
    def spoil(*told: Any) -> tuple[str, Any]:
        """The database takes no touch of the second agency."""
        _, _, statement, given, _, _ = told
        rows = given if isinstance(given, list) else [given]
        hits = any(spoiled.hex in str(row).replace("-", "") for row in rows)
        if hits and statement.startswith("INSERT INTO touches"):
            return statement.replace("touches", "no_such_table", 1), given
        return statement, given

    await story.until(START + timedelta(minutes=5))
    assert sorted(letter.address[:7] for letter in story.channel.sent) == ["rowan.a", "rowan.c"]
    [noted] = story.decisions("postponed")
    assert noted.ask_id == spoiled
