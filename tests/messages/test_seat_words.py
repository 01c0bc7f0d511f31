"""A letter meant for one seat and read in another is said to go to whoever reads it."""

import pytest

from messages.chasing.explain import explain
from messages.launching.plan import plan
from messages.letters.press import Press
from messages.letters.seat_words import say_seat, seat_meant
from store.asking.campaign import Campaign
from store.asking.lesson import Lesson, Priority
from store.database import Database, Session
from store.people import person
from store.people.board import Board, OfficeRole
from store.people.seat import SeatRole
from tests import make
from tests.make import IDENTITY, START, ZONE

pytestmark = pytest.mark.sqlite_first


@pytest.mark.parametrize(
    ("role", "is_school", "words"),
    [
        ("asked", False, "training representative"),
        ("board_member", False, "board member"),
        ("subgroup_chair", False, "board member (in the sub-group chair's place)"),
        ("board_member", True, "chair of governors (in the board member's place)"),
        ("subgroup_chair", True, "education lead (in the sub-group chair's place)"),
        ("deputy", True, "deputy"),
    ],
)
def test_a_reader_is_called_by_their_own_seat(role: str, is_school: bool, words: str) -> None:
    assert say_seat(role, seat_meant(role, is_school=is_school)) == words


def town(session: Session) -> None:
    """An office and a school, each with its whole line, and a draft campaign."""
    board, _ = make.world(session, "A")
    make.officer(session, board, "Ines Ward", OfficeRole.EDUCATION_LEAD)
    school = make.agency(session, board, "Kennet School", "education", make.terms(session))
    make.line(session, board, school, "K")
    make.holder(session, board, school, "Gale K", SeatRole.CHAIR_OF_GOVERNORS)
    make.campaign(session, board)


def test_a_plan_names_the_seat_that_each_letter_comes_down_to(database: Database) -> None:
    def look(session: Session) -> set[tuple[str, str, str]]:
        wanted = session.query(Campaign).one()
        made = plan(session, wanted, START, ZONE, Press(IDENTITY))
        return {(letter.person, letter.role, letter.seat) for letter in made.letters if letter.needs_yes}

    database.write_now(town)
    assert database.read_now(look) == {
        ("Bose A", "board_member", "board_member"),
        ("Bose A", "subgroup_chair", "board_member"),
        ("Gale K", "board_member", "chair_of_governors"),
        ("Ines Ward", "subgroup_chair", "education_lead"),
    }


def test_whoever_is_excluded_is_named_by_their_seat_too(database: Database) -> None:
    def look(session: Session) -> set[tuple[str, str, str]]:
        board = session.query(Board).one()
        urgent = make.campaign(
            session, board, "heron", about=session.query(Lesson).one(), priority=Priority.URGENT
        )
        gone = person.by_address(session, "gale.k@kennetschool.example")
        assert gone is not None
        gone.left_at = START
        made = plan(session, urgent, START, ZONE, Press(IDENTITY))
        return {(one.agency, one.role, one.seat) for one in made.excluded}

    database.write_now(town)
    assert ("Kennet School", "board_member", "chair_of_governors") in database.write_now(look)


def test_why_knows_which_rungs_are_for_a_schools_own_line(database: Database) -> None:
    def told(session: Session, name: str) -> str:
        reader = person.by_address(session, make.address(name, "kennetschool.example"))
        assert reader is not None
        [absence] = explain(session, reader, session.query(Campaign).one()).absences
        return absence.reason

    def go(session: Session) -> tuple[str, str]:
        town(session)
        make.launched(session, session.query(Campaign).one())
        return told(session, "Gale K"), told(session, "Bose K")

    governor, member = database.write_now(go)
    assert "from rung “board_member”, which has not been climbed" in governor
    assert member == "no rung of wren is for a board member, which is their seat at Kennet School"
