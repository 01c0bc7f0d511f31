"""Numbers that pages show: a board's own before everybody's, and those unchecked are listed."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from store.base import ordered_id
from store.database import Database, Session
from store.surveying import helpline
from store.surveying.helpline import Audience, Helpline
from tests.make import START, board

pytestmark = pytest.mark.sqlite_first

TODAY = START.date()
SHIPPED = (
    {"key": "emergency", "number": "999", "name": {"en": "Emergency"}, "position": 1},
    {"key": "childline", "number": "0800 1111", "name": {"en": "Childline"}, "audience": Audience.CHILD},
)


def numbers(session: Session, board_id: object, audience: Audience) -> list[str]:
    return [one.number for one in helpline.shown(session, board_id, audience)]  # type: ignore[arg-type]


async def test_shipped_numbers_are_added_once_and_never_change_what_a_board_set(database: Database) -> None:
    def twice(session: Session) -> tuple[int, int, list[str]]:
        first = helpline.keep_shipped(session, SHIPPED)
        [mine] = [one for one in session.query(Helpline) if one.key == "emergency"]
        mine.number = "112"
        session.flush()
        return (
            first,
            helpline.keep_shipped(session, SHIPPED),
            numbers(session, board(session).id, Audience.ALL),
        )

    assert database.write_now(twice) == (2, 0, ["0800 1111", "112"])


async def test_an_audience_sees_its_own_and_everybodys(database: Database) -> None:
    def build(session: Session) -> list[list[str]]:
        of = board(session).id
        helpline.keep_shipped(session, SHIPPED)
        return [numbers(session, of, audience) for audience in (Audience.CHILD, Audience.STAFF)]

    assert database.write_now(build) == [["0800 1111", "999"], ["999"]]


async def test_a_boards_own_number_stands_in_place_of_everybodys(database: Database) -> None:
    def build(session: Session) -> tuple[list[str], list[str]]:
        west, other = board(session).id, board(session, "reading", "Reading Board").id
        helpline.keep_shipped(session, SHIPPED)
        helpline.keep(session, west, "childline", "0800 1112", {"en": "Childline"}, audience=Audience.CHILD)
        return numbers(session, west, Audience.CHILD), numbers(session, other, Audience.CHILD)

    assert database.write_now(build) == (["0800 1112", "999"], ["0800 1111", "999"])


async def test_a_check_holds_for_ninety_days_and_for_its_number(database: Database) -> None:
    def build(session: Session) -> list[bool]:
        of = board(session).id
        helpline.keep_shipped(session, SHIPPED[:1])
        [one] = helpline.shown(session, of, Audience.ALL)
        told = [helpline.is_checked(one.last_checked_on, TODAY)]
        helpline.check_off(session, one, TODAY)
        for days in (0, 90, 91):
            told.append(helpline.is_checked(one.last_checked_on, TODAY + timedelta(days=days)))
        helpline.keep(session, None, "emergency", "112", {"en": "Emergency"})
        return [*told, helpline.is_checked(one.last_checked_on, TODAY)]

    assert database.write_now(build) == [False, True, True, False, False]


async def test_the_database_itself_refuses_a_second_number_of_a_key_for_everybody(database: Database) -> None:
    def twice(session: Session) -> None:
        helpline.keep_shipped(session, SHIPPED[:1])
        again = Helpline(
            id=ordered_id(), key="emergency", name={}, number="1", note={}, audience=Audience.ALL, position=0
        )
        session.add(again)

    with pytest.raises(IntegrityError):
        database.write_now(twice)
