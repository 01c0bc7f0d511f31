"""Rows to be looked at are shared while the database says the same of them, and never longer."""

from uuid import UUID

import pytest

from store.asking import around
from store.asking.around import Visited
from store.asking.ask import Ask, AskState
from store.base import Row
from store.database import Database, Session
from store.people.board import Board
from store.people.person import Person
from store.quick.plain import columns_of
from tests.story import Story

ANSWER = {"staff": ["40"]}


def seats(session: Session) -> tuple[UUID, UUID]:
    asked = session.query(Ask).filter_by(state=AskState.ASKED).order_by(Ask.number).first() or pytest.fail()
    return asked.id, session.query(Person).filter_by(name="Rowan A").one().id


@pytest.fixture
def story(database: Database) -> Story:
    made = Story(database)
    made.begin("AB")
    return made


def glance(database: Database, ask_id: UUID, person_id: UUID) -> Visited:
    found = database.read_now(lambda session: around.glance(session, ask_id, person_id))
    assert found is not None
    return found


def rows_of(seen: Visited) -> list[Row | None]:
    found = seen.around
    near = [found.ask, found.step, found.campaign, found.board, found.agency, found.lesson]
    return [*near, seen.person, seen.given]


async def test_a_glance_says_the_same_as_a_look(database: Database, story: Story) -> None:
    ask_id, person_id = database.read_now(seats)
    story.answer("wren-1", ANSWER, "Rowan A")
    number = database.read_now(lambda session: session.get_one(Ask, ask_id).number)
    assert number == 1

    def look(session: Session) -> tuple[Visited | None, Visited | None]:
        return around.visited(session, ask_id, person_id), around.glance(session, ask_id, person_id)

    one, two = database.read_now(look)
    assert one is not None
    assert two is not None
    assert (one.holds_seat, one.has_drafts) == (two.holds_seat, two.has_drafts)
    for row, same in zip(rows_of(one), rows_of(two), strict=True):
        assert row is not None
        assert same is not None
        assert columns_of(row) == columns_of(same)


async def test_what_changed_is_seen_at_the_next_glance(database: Database, story: Story) -> None:
    ask_id, person_id = database.read_now(seats)
    before = glance(database, ask_id, person_id)

    def change(session: Session) -> None:
        session.query(Board).one().contact_phone = "01632 960 123"

    database.write_now(change)
    after = glance(database, ask_id, person_id)
    assert (before.around.board.contact_phone, after.around.board.contact_phone) == ("", "01632 960 123")
    assert after.around.lesson is before.around.lesson


async def test_nobodys_answer_is_kept_for_another_glance(database: Database, story: Story) -> None:
    ask_id, person_id = database.read_now(seats)
    story.answer("wren-1", ANSWER, "Rowan A")
    one, two = glance(database, ask_id, person_id), glance(database, ask_id, person_id)
    assert one.given is not None
    assert one.given is not two.given
    assert one.around.ask is two.around.ask


async def test_a_glance_at_nothing_finds_nothing(database: Database, story: Story) -> None:
    ask_id, person_id = database.read_now(seats)
    assert database.read_now(lambda session: around.glance(session, person_id, ask_id)) is None
