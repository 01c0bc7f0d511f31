"""Wishes to be contacted: kept once, told without content, and after the night in no telling order."""

import itertools
import random
import re
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from store import chore
from store.asking.campaign import Campaign
from store.chore import Chore, ChoreKind
from store.database import Database, Session
from store.people.board import Board
from store.surveying import contact_wish, night, remains
from store.surveying.contact_wish import ContactWish, Outcome
from surveys.answering.answers import Answers
from surveys.forms.form import Form
from surveys.open import anonymous
from surveys.open.anonymous import midnight_of, take_for_code
from surveys.open.wishes import Wish, close_wish, keep_wish, mix
from tests import make
from tests.bot.web.open.make_open import FAMILY, open_survey
from tests.drills.attacker import SYSTEM, order_told
from tests.drills.findings import order_by_chance
from tests.make import START, ZONE
from tests.store.surveying.test_remains import files_of

pytestmark = pytest.mark.sqlite_first

TODAY = START.date()
OFFICE = "morgan.ellery@west.example.org"
PEOPLE = 60
NUMBER = re.compile(r"word-(\d+)")


@pytest.fixture
def code(database: Database) -> str:
    """The open code of a live survey of families."""

    def fill(session: Session) -> str:
        return open_survey(session, make.board(session), "families", [Form.from_json(FAMILY)]).code

    return database.write_now(fill)


def wish(session: Session, wish_id: UUID | None = None, name: str = "Kit", day: date = TODAY) -> None:
    board, asked = session.query(Board).one(), session.query(Campaign).one()
    said = Wish("en", name, "the school office", "after lunch", may_leave_message=True)
    keep_wish(session, board.id, asked.id, wish_id or uuid4(), said, day, ZONE)


def chores(database: Database) -> list[Chore]:
    return database.read_now(lambda session: session.query(Chore).filter_by(kind=ChoreKind.CONTACT).all())


async def test_where_there_are_several_boards_it_says_whose(code: str, database: Database) -> None:
    def keep(session: Session) -> None:
        wish(session)
        of = session.query(Board).one()
        make.board(session, "reading", "Reading Safeguarding Children Board")
        asked = session.query(Campaign).one()
        said = Wish("en", "Bo", "the office", "noon", may_leave_message=True)
        keep_wish(session, of.id, asked.id, uuid4(), said, TODAY, ZONE)

    database.write_now(keep)
    [told] = chores(database)
    assert told.text == "2 wishes to be contacted wait: cascade wishes --board west"


async def test_a_wish_tells_those_on_duty_that_one_waits_and_nothing_else(
    database: Database, code: str
) -> None:
    database.write_now(wish)
    [told] = chores(database)
    assert told.text == "1 wish to be contacted waits: cascade wishes"
    assert told.opened_at == midnight_of(TODAY, ZONE)
    # Of the versions of identifiers this one holds no time.
    assert told.id.version == 4
    database.write_now(wish)
    assert [one.text for one in chores(database)] == ["2 wishes to be contacted wait: cascade wishes"]


async def test_a_doubled_press_is_one_wish_and_says_nothing_once_it_is_closed(
    database: Database, code: str
) -> None:
    identifier = uuid4()
    for _ in range(2):
        database.write_now(lambda session: wish(session, identifier))
    assert "1 wish" in chores(database)[0].text
    database.write_now(close_first)
    database.write_now(lambda session: wish(session, identifier))
    [kept] = database.read_now(lambda session: session.query(ContactWish).all())
    assert (kept.first_name, chores(database)[0].done_by) == ("", OFFICE)


async def test_two_presses_at_the_same_moment_are_one_wish(database: Database, code: str) -> None:
    identifier, other = uuid4(), Database(database.url)
    start = threading.Barrier(2, timeout=10)

    def press(through: Database) -> None:
        start.wait()
        through.write_now(lambda session: wish(session, identifier))

    hands = [threading.Thread(target=press, args=[one]) for one in (database, other)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    await other.close()
    assert database.read_now(lambda session: session.query(ContactWish).count()) == 1
    assert [one.text for one in chores(database)] == ["1 wish to be contacted waits: cascade wishes"]


def close_first(session: Session, outcome: Outcome = Outcome.REACHED) -> None:
    [one, *_] = contact_wish.waiting(session, session.query(Board).one().id)
    close_wish(session, one, outcome, OFFICE, START, ZONE)


async def test_the_words_of_a_closed_wish_are_in_no_file_after_the_night(
    database: Database, code: str
) -> None:
    database.write_now(lambda session: wish(session, name="Persephone"))
    database.write_now(close_first)
    [kept] = database.read_now(lambda session: session.query(ContactWish).all())
    assert (kept.day, kept.outcome, kept.closed_by, kept.closed_on) == (TODAY, "reached", OFFICE, TODAY)
    assert not any((kept.first_name, kept.safe_way, kept.safe_time, kept.language, kept.may_leave_message))
    database.write_now(lambda session: mix(session, TODAY, ZONE))
    remains.clear(database.url)
    assert not any(b"Persephone" in content for content in wish_files(database))


def wish_files(database: Database) -> list[bytes]:
    """The files of the database, or on a server those of the table of wishes."""
    if database.is_sqlite:
        return files_of(database.url)

    def read(session: Session) -> list[bytes]:
        query = "SELECT pg_read_binary_file(pg_relation_filepath('contact_wishes'))"
        return [bytes(content) for content in session.execute(text(query)).scalars()]

    database.write_now(lambda session: session.execute(text("CHECKPOINT")))
    return database.read_now(read)


async def test_a_chore_ticked_off_by_mistake_is_back_after_the_night(database: Database, code: str) -> None:
    database.write_now(wish)

    def tick(session: Session, now: datetime = START) -> None:
        chore.finish(session, ChoreKind.CONTACT, str(session.query(Board).one().id), OFFICE, now)

    database.write_now(tick)
    assert database.read_now(chore.waiting) == []
    assert database.write_now(lambda session: mix(session, TODAY, ZONE)) == 1
    assert len(database.read_now(chore.waiting)) == 1


async def test_a_night_keeps_every_wish_its_day_and_what_it_is_called(database: Database, code: str) -> None:
    for number in range(5):
        day = TODAY - timedelta(days=number)
        database.write_now(lambda session, number=number, day=day: wish(session, None, f"K{number}", day))  # type: ignore[misc]
    database.write_now(close_first)

    def told(session: Session) -> list[tuple[Any, ...]]:
        rows = session.query(ContactWish).order_by(ContactWish.id)
        return [(one.reference, one.first_name, one.day, one.closed_on) for one in rows]

    before = database.read_now(told)
    assert database.write_now(lambda session: mix(session, TODAY, ZONE)) == 5
    assert database.read_now(told) == before
    assert database.read_now(night.is_unclear)


async def test_a_night_without_wishes_has_nothing_to_clear(database: Database, code: str) -> None:
    assert database.write_now(lambda session: mix(session, TODAY, ZONE)) == 0
    assert not database.read_now(night.is_unclear)


def answer_and_wish(database: Database, code: str, person: int) -> None:
    """Somebody answers and then asks to be contacted."""
    said = Answers("family", 1, {"why": f"word-{person}"})
    database.write_now(lambda session: take_for_code(session, code, uuid4().hex, said, "en", {}, TODAY, ZONE))
    database.write_now(lambda session: wish(session, name=f"word-{person}"))


def traits_of(database: Database, table: str, column: str) -> dict[str, dict[int, int]]:
    """What the system columns of a table tell of each person's row, and the order in which rows lie."""

    def read(session: Session) -> dict[str, dict[int, int]]:
        names = SYSTEM["sqlite" if database.is_sqlite else "postgresql"]
        system = ", ".join(f'CAST({one} AS TEXT) AS "{one}"' for one in names)
        query = text(f"SELECT {system}, {column} AS said FROM {table}")  # noqa: S608 - our own names
        found: dict[str, dict[int, int]] = {name: {} for name in ("place", *names)}
        for place, row in enumerate(session.execute(query).mappings()):
            person = int(NUMBER.findall(str(row["said"]))[0])
            found["place"][person] = place
            for name in names:
                found[name][person] = number_of(row[name])
        # What is the same for all tells nothing.
        return {name: trait for name, trait in found.items() if len(set(trait.values())) > 1}

    return database.read_now(read)


def number_of(value: str) -> int:
    """A number, or where PostgreSQL keeps a row: page and line."""
    page, _, line = value.strip("()").rpartition(",")
    return int(page or 0) * 100_000 + int(line)


def told_by_order(database: Database) -> float:
    """How well anything about the rows of wishes tells the order in which the same people's answers lie."""
    wishes = traits_of(database, "contact_wishes", "first_name")
    answers = traits_of(database, "anonymous_answers", "answers")
    arrived = {person: person for person in range(PEOPLE)}
    pairs = itertools.product(wishes.values(), (arrived, *answers.values()))
    return max(order_told(trait, order) for trait, order in pairs)


@pytest.mark.parametrize("is_mixed", [True, False], ids=["mixed", "left as they came"])
async def test_after_the_night_no_order_of_wishes_tells_who_wrote_an_answer(
    database: Database, code: str, is_mixed: bool
) -> None:
    for person in range(PEOPLE):
        answer_and_wish(database, code, person)
    chance = random.Random(7)
    shuffle: Callable[[list[Any]], None] = chance.shuffle if is_mixed else lambda rows: None

    def go_by(session: Session) -> None:
        asked = session.query(Campaign).one()
        assert anonymous.rewrite(session, asked.id, TODAY, ZONE, chance.shuffle) == PEOPLE
        assert mix(session, TODAY, ZONE, shuffle) == PEOPLE

    assert told_by_order_before(database) > 0.99
    database.write_now(go_by)
    remains.clear(database.url)
    limit = order_by_chance(PEOPLE)
    assert (told_by_order(database) <= limit) is is_mixed


def told_by_order_before(database: Database) -> float:
    """The same by day, when answers wait beside wishes."""
    wishes = traits_of(database, "contact_wishes", "first_name")
    answers = traits_of(database, "waiting_answers", "answers")
    return max(order_told(one, other) for one, other in itertools.product(wishes.values(), answers.values()))
