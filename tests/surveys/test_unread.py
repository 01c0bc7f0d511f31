"""That families wrote something is told to those on duty with it, and by nothing nearer than the day."""

import threading
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import text

from bot.sweep import sweep_day
from store import chore
from store.asking.campaign import Campaign
from store.chore import Chore, ChoreKind
from store.database import Database, Session
from store.surveying import night
from surveys.answering.answers import Answers
from surveys.forms.form import Form
from surveys.open.anonymous import midnight_of, take_for_code
from surveys.open.unread import begin_to_read
from tests import make
from tests.bot.web.open.make_open import FAMILY, STAFF, open_survey
from tests.make import START, ZONE

pytestmark = pytest.mark.sqlite_first

TODAY = START.date()
READER = "morgan.ellery@west.example.org"
#: Where a row lies, or what wrote it.
WRITTEN = {"sqlite": "rowid", "postgresql": "CAST(CAST(xmin AS TEXT) AS BIGINT)"}


@pytest.fixture
def code(database: Database) -> str:
    """The open code of a live survey of families."""

    def fill(session: Session) -> str:
        return open_survey(session, make.board(session), "families", [Form.from_json(FAMILY)]).code

    return database.write_now(fill)


def answer(database: Database, code: str, form: str = "family", days: int = 0, **said: str) -> None:
    given = Answers(form, 1, said)
    day = TODAY + timedelta(days=days)
    database.write_now(lambda s: take_for_code(s, code, uuid4().hex, given, "en", {}, day, ZONE))


def chores(database: Database) -> list[Chore]:
    return database.read_now(lambda session: session.query(Chore).filter_by(kind=ChoreKind.WORDS).all())


def begin(session: Session) -> None:
    begin_to_read(session, session.query(Campaign).one(), READER, START + timedelta(hours=1))


async def test_words_list_a_chore_without_their_content_their_number_or_their_hour(
    database: Database, code: str
) -> None:
    for _ in range(3):
        answer(database, code, why="He shouted at me")
    [told] = chores(database)
    assert told.text == "Words were written in What families say: cascade answers families --words --as EMAIL"
    assert told.opened_at == midnight_of(TODAY, ZONE)
    # Of the versions of identifiers this one holds no time.
    assert (told.id.version, told.done_at) == (4, None)


async def test_ticks_alone_list_none(database: Database, code: str) -> None:
    answer(database, code, listened="no", safety="worse")
    assert chores(database) == []


async def test_what_staff_write_lists_none(database: Database) -> None:
    def fill(session: Session) -> str:
        staff = STAFF | {"sections": FAMILY["sections"]}
        return open_survey(session, make.board(session), "staff", [Form.from_json(staff)]).code

    answer(database, database.write_now(fill), form="staff", why="More time for visits")
    assert chores(database) == []


async def test_words_that_come_after_they_were_read_list_it_again(database: Database, code: str) -> None:
    answer(database, code, why="He shouted at me")
    database.write_now(begin)
    assert [one.done_by for one in chores(database)] == [READER]
    answer(database, code, days=1, why="Still")
    [told] = chores(database)
    assert (told.done_at, told.opened_at) == (None, midnight_of(TODAY + timedelta(days=1), ZONE))


async def test_whoever_reads_while_somebody_writes_has_read_it_or_is_told_again(
    database: Database, code: str
) -> None:
    answer(database, code, why="The first")
    has_put, has_read = threading.Event(), threading.Event()
    given = Answers("family", 1, {"why": "The second"})

    def write(session: Session) -> None:
        take_for_code(session, code, uuid4().hex, given, "en", {}, TODAY, ZONE)
        has_put.set()
        # The reader waits for this to be kept, so that we wait for them in vain; on SQLite all take turns.
        has_read.wait(timeout=0 if database.is_sqlite else 0.5)

    def read(session: Session) -> int:
        begin(session)
        seen = int(session.execute(text("SELECT count(*) FROM waiting_answers")).scalar_one())
        has_read.set()
        return seen

    writer = threading.Thread(target=lambda: database.write_now(write))
    writer.start()
    assert has_put.wait(timeout=10)
    seen = database.write_now(read)
    writer.join()
    assert seen == 2 or [one.done_at for one in chores(database)] == [None]


@pytest.mark.parametrize("is_read", [False, True])
async def test_after_the_night_the_chore_tells_no_time_by_where_it_lies(
    database: Database, code: str, is_read: bool
) -> None:
    kind = "sqlite" if database.is_sqlite else "postgresql"

    def places(session: Session) -> list[str]:
        query = f"SELECT kind FROM chores ORDER BY {WRITTEN[kind]}"  # noqa: S608 - our own names
        return list(session.execute(text(query)).scalars())

    answer(database, code, why="He shouted at me")
    if is_read:
        database.write_now(begin)
    board_id = database.read_now(lambda session: session.query(Campaign).one().board_id)
    database.write_now(
        lambda session: chore.open_once(session, ChoreKind.PHONE, "noon", "Ring", START, board_id=board_id)
    )
    assert database.read_now(places) == ["words", "phone"]
    before = [vars(one).copy() for one in chores(database)]
    database.write_now(lambda session: sweep_day(session, TODAY, START + timedelta(days=1), ZONE))
    assert database.read_now(places) == ["phone", "words"]
    assert database.read_now(night.is_unclear)
    after = [vars(one).copy() for one in chores(database)]
    for rows in (before, after):
        rows[0].pop("_sa_instance_state")
    assert after == before


def pass_night(database: Database, days: int) -> None:
    day, now = TODAY + timedelta(days=days), START + timedelta(days=days + 1)
    database.write_now(lambda session: sweep_day(session, day, now, ZONE))


async def test_once_words_are_read_the_next_night_has_nothing_to_clear(database: Database, code: str) -> None:
    answer(database, code, why="He shouted at me")
    for days, is_unclear in ((0, True), (1, True), (2, False)):
        pass_night(database, days)
        assert database.read_now(night.is_unclear) is is_unclear
        database.write_now(partial(night.finish, day=TODAY + timedelta(days=days)))
        if days == 1:
            database.write_now(begin)


async def test_after_each_night_no_transaction_of_the_day_is_left_on_a_chore(
    database: Database, code: str
) -> None:
    if database.is_sqlite:
        return  # rows keep no transaction there

    def touched(session: Session) -> set[int]:
        """The transactions that wrote or held the chore last."""
        query = "SELECT CAST(CAST(xmin AS TEXT) AS BIGINT), CAST(CAST(xmax AS TEXT) AS BIGINT) FROM chores"
        [row] = session.execute(text(query))
        return set(row)

    def reached(session: Session) -> int:
        query = "SELECT CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT)"
        return int(session.execute(text(query)).scalar_one())

    answer(database, code, why="He shouted at me")
    pass_night(database, 0)
    database.write_now(lambda session: night.finish(session, TODAY))
    # It was opened on the day before, and is held once more.
    answer(database, code, days=1, why="Still")
    before_night = database.write_now(reached)
    assert min(database.read_now(touched) - {0}) < before_night
    pass_night(database, 1)
    assert min(database.read_now(touched) - {0}) > before_night


async def test_ticking_off_meets_a_night_that_writes_the_chore_anew(database: Database, code: str) -> None:
    if database.is_sqlite:
        return  # all take turns there
    answer(database, code, why="He shouted at me")
    has_written, may_end = threading.Event(), threading.Event()

    def rewrite(session: Session) -> None:
        chore.write_anew(session, None)
        has_written.set()
        may_end.wait(timeout=0.5)

    night_work = threading.Thread(target=lambda: database.write_now(rewrite))
    night_work.start()
    assert has_written.wait(timeout=10)
    database.write_now(begin)
    night_work.join()
    assert [one.done_by for one in chores(database)] == [READER]
