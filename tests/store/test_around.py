"""What is fetched in one look says the same as what is asked for piece by piece."""

from uuid import UUID

import pytest

from store.answers import response
from store.asking import around
from store.asking.ask import Ask, AskState
from store.base import ordered_id
from store.database import Database, Session
from store.people import person, standing
from store.people.person import Person
from store.surveying import contributor, draft
from tests import make
from tests.story import Story

ANSWER = {"staff": ["40"]}


def people(session: Session) -> dict[str, UUID]:
    return {one.name: one.id for one in session.query(Person)}


def first(session: Session) -> Ask:
    return session.query(Ask).filter_by(state=AskState.ASKED).order_by(Ask.number).first() or pytest.fail()


@pytest.fixture
def story(database: Database) -> Story:
    made = Story(database)
    made.begin("AB")
    return made


async def test_everybody_has_the_same_standing_in_one_look_as_in_two(
    database: Database, story: Story
) -> None:
    def write(session: Session) -> None:
        asked, known = first(session), people(session)
        gone = session.get_one(Person, known["Lena A"])
        gone.left_at = make.START
        invited = person.keep(session, "Ines Invited", "ines@agencya.example")
        contributor.invite(session, asked.id, invited.id, None, known["Rowan A"], make.START)

    def look(session: Session) -> dict[str, tuple[str | None, str | None]]:
        asked, told = first(session), {}
        for name, identifier in people(session).items():
            seen = around.visited(session, asked.id, identifier)
            assert seen is not None
            told[name] = (standing.at(session, seen), standing.of(session, asked, identifier))
        return told

    database.write_now(write)
    told = database.read_now(look)
    assert all(one == two for one, two in told.values())
    assert {name: told[name][0] for name in ("Rowan A", "Devi A", "Lena A", "Ines Invited", "Rowan B")} == {
        "Rowan A": "asked",
        "Devi A": "deputy",
        "Lena A": None,
        "Ines Invited": standing.CONTRIBUTOR,
        "Rowan B": None,
    }


async def test_nobody_stands_in_for_a_person_who_was_asked_themselves(
    database: Database, story: Story
) -> None:
    def look(session: Session) -> list[str | None]:
        asked, known = first(session), people(session)
        asked.seat_id, asked.person_id = None, known["Rowan A"]
        session.flush()
        seen = [around.visited(session, asked.id, known[name]) for name in ("Rowan A", "Devi A")]
        return [standing.at(session, one) if one else "nothing" for one in seen]

    assert database.write_now(look) == ["asked", None]


async def test_one_look_knows_the_answer_that_counts_and_whether_something_is_saved(
    database: Database, story: Story
) -> None:
    def look(session: Session) -> tuple[UUID | None, bool]:
        who = people(session)["Rowan A"]
        asked = session.query(Ask).filter_by(number=number).one()
        seen = around.visited(session, asked.id, who)
        assert seen is not None
        assert seen.around == around.of_ask(session, asked.id)
        assert seen.given is response.current(session, asked.id)
        return seen.given.id if seen.given else None, seen.has_drafts

    number = database.read_now(lambda session: first(session).number)
    assert database.read_now(look) == (None, False)

    def save(session: Session) -> None:
        asked, who = first(session), people(session)["Rowan A"]
        draft.save(session, asked.id, "", ANSWER, 0, who, make.START)

    database.write_now(save)
    assert database.read_now(look) == (None, True)
    story.answer(f"wren-{number}", ANSWER, "Rowan A")
    given, has_drafts = database.read_now(look)
    assert given is not None
    assert not has_drafts


async def test_there_is_nothing_around_an_ask_that_is_not_there(database: Database, story: Story) -> None:
    def look(session: Session) -> tuple[object, object]:
        who = people(session)["Rowan A"]
        nobody = ordered_id()
        return around.visited(session, nobody, who), around.visited(session, first(session).id, nobody)

    assert database.read_now(look) == (None, None)
