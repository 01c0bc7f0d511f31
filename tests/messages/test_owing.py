"""What is owed: who has it, how pressing it is, and who is written to next."""

from datetime import date, datetime, timedelta

import pytest

from messages.changes import handing_over, more_time, recording, resting
from messages.chasing.climb import climb_due
from messages.standing.owing import Debt, list_debts
from messages.standing.rag import Rag
from store.asking import ask, making
from store.asking.ask import Ask
from store.asking.campaign import CampaignState
from store.database import Database, Session
from store.people import person
from tests import make
from tests.make import START, ZONE

pytestmark = pytest.mark.sqlite_first

WHO = "morgan.ellery@west.example.org"


def town(session: Session) -> None:
    board, _ = make.world(session)
    make.launched(session, make.campaign(session, board))
    climb_due(session, START, ZONE)


def found(session: Session, reference: str) -> Ask:
    asked = ask.by_reference(session, reference)
    assert asked is not None
    return asked


async def debts(database: Database, now: datetime = START) -> dict[str, Debt]:
    listed = await database.read(lambda session: list_debts(session, now, ZONE))
    return {debt.reference: debt for debt in listed}


async def test_an_ask_tells_its_holder_and_the_rung_that_comes_next(database: Database) -> None:
    await database.write(town)
    debt = (await debts(database))["wren-1"]
    assert (debt.agency.name, debt.holder, debt.handed_over) == ("Agency A", "Rowan A", False)
    assert debt.due_on == debt.original_due_on == date(2026, 10, 19)
    assert debt.judgement.rag is Rag.AMBER
    assert debt.next.text == "“reminder” to Rowan A (training representative)"
    assert debt.next.at is not None
    assert debt.next.at.astimezone(ZONE).date() == date(2026, 10, 15)


async def test_the_next_moment_is_the_one_at_which_the_ladder_climbs(database: Database) -> None:
    await database.write(town)
    announced = (await debts(database))["wren-1"].next.at
    assert announced is not None

    def climb(session: Session) -> tuple[int, int]:
        before = climb_due(session, announced - timedelta(seconds=1), ZONE)
        return before, climb_due(session, announced, ZONE)

    assert await database.write(climb) == (0, 3)


async def test_more_time_hold_and_hand_over_show(database: Database) -> None:
    await database.write(town)

    def change(session: Session) -> None:
        first, second, third = (found(session, f"wren-{number}") for number in (1, 2, 3))
        more_time.extend(session, first, 10, "inspection", START, WHO, ZONE)
        resting.hold(
            session, second.board_id, date(2026, 11, 6), "merger", START, WHO, agency_id=second.agency_id
        )
        handing_over.hand_over(session, third, None, "Sam Okoro", "sam@agencyc.example", START, WHO)
        more_time.ask_for(session, third, None, 40, "sign-off", START, ZONE)

    await database.write(change)
    listed = await debts(database)
    extended, resting_debt, handed = (listed[f"wren-{number}"] for number in (1, 2, 3))
    assert (extended.original_due_on, extended.due_on) == (date(2026, 10, 19), date(2026, 11, 2))
    assert extended.judgement.rag is Rag.AMBER
    assert resting_debt.judgement.rag is Rag.GREY
    assert resting_debt.hold is not None
    assert resting_debt.next.at is not None
    assert resting_debt.next.at.astimezone(ZONE).date() > date(2026, 11, 6)
    assert (handed.holder, handed.handed_over) == ("Sam Okoro", True)
    assert handed.request is not None
    assert handed.request.working_days == 40
    assert handed.next.text.startswith("“handed_over” to Sam Okoro")


async def test_an_answered_ask_is_owed_no_more_and_a_paused_one_is_not_chased(database: Database) -> None:
    await database.write(town)

    def change(session: Session) -> None:
        asked = found(session, "wren-1")
        ask.close(session, asked.id, ask.AskState.ANSWERED, START)
        making.set_state(session, asked.campaign_id, [CampaignState.LIVE], CampaignState.PAUSED, START)

    await database.write(change)
    listed = await debts(database)
    assert sorted(listed) == ["wren-2", "wren-3"]
    assert listed["wren-2"].next.at is None
    assert "paused" in listed["wren-2"].next.text


async def test_a_vacant_seat_is_nobodys_and_goes_to_the_deputy(database: Database) -> None:
    await database.write(town)

    def leave(session: Session) -> None:
        holder = person.by_address(session, "rowan.a@agencya.example")
        assert holder is not None
        recording.left(session, holder, START, WHO)

    await database.write(leave)
    debt = (await debts(database))["wren-1"]
    assert debt.holder == ""
    assert debt.next.text == "“cover_gone” to Devi A (deputy)"


async def test_debts_of_one_agency_or_board_are_theirs_alone(database: Database) -> None:
    await database.write(town)

    def read(session: Session) -> tuple[int, int]:
        asked = found(session, "wren-2")
        other = make.board(session, "east", "East Board")
        here = list_debts(session, START, ZONE, board_id=asked.board_id, agency_id=asked.agency_id)
        return len(here), len(list_debts(session, START, ZONE, board_id=other.id))

    assert await database.write(read) == (1, 0)
