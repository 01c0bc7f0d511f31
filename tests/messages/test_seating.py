"""A seat changes hands: the debt stays, the newcomer hears of it, whoever left hears no more."""

from datetime import timedelta

import pytest

from messages.changes import seating
from messages.chasing.climb import climb_due
from messages.gathering.gather import gather_due
from store.asking import ask
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign
from store.chore import Chore, ChoreKind
from store.database import Database, Session
from store.letters.touch import Touch, TouchState
from store.people import person, seat, standing
from store.people.agency import Agency
from store.people.person import Person
from tests import make

pytestmark = pytest.mark.sqlite_first

LATER = make.START + timedelta(days=1)
BY = "morgan.ellery@west.example.org"


def _launch(session: Session) -> None:
    board, _ = make.world(session, ["A", "B"])
    make.launched(session, make.campaign(session, board))
    climb_due(session, make.START, make.ZONE)
    gather_due(session, make.START, make.ZONE)


def _first(session: Session) -> tuple[Ask, Agency]:
    where = session.query(Agency).filter_by(folded="agency a").one()
    return session.query(Ask).filter_by(agency_id=where.id, state=AskState.ASKED).one(), where


def _reseat(session: Session, name: str | None = "Nia New") -> Ask:
    owed, where = _first(session)
    assert owed.seat_id is not None
    place = session.get_one(seat.Seat, owed.seat_id)
    taker = person.keep(session, name, make.address(name, "agencya.example")) if name else None
    assert seating.fill(session, place, where, taker, LATER, BY)
    climb_due(session, LATER, make.ZONE)
    return owed


def _letters(session: Session, owed: Ask, name: str) -> list[tuple[str, TouchState]]:
    who = session.query(Person).filter_by(name=name).one()
    rows = session.query(Touch).filter_by(ask_id=owed.id, person_id=who.id).order_by(Touch.climbed_at)
    return [(row.rung, row.state) for row in rows]


async def test_whoever_takes_a_seat_that_owes_something_gets_a_first_letter(database: Database) -> None:
    await database.write(_launch)

    def act(session: Session) -> None:
        owed = _reseat(session)
        assert _letters(session, owed, "Nia New") == [("handed_over", TouchState.TO_SEND)]

    await database.write(act)


async def test_what_waited_for_the_one_before_is_dropped_and_their_link_dies(database: Database) -> None:
    await database.write(_launch)

    def act(session: Session) -> None:
        owed, _ = _first(session)
        before = session.query(Person).filter_by(name="Rowan A").one()
        generation = owed.generation
        assert standing.of(session, owed, before.id) == "asked"
        _reseat(session)
        assert _letters(session, owed, "Rowan A") == [("issue", TouchState.DROPPED)]
        assert standing.of(session, owed, before.id) is None
        assert owed.generation == generation + 1

    await database.write(act)


async def test_the_newcomer_is_welcomed_once_and_then_the_ladder_goes_on(database: Database) -> None:
    await database.write(_launch)

    def act(session: Session) -> None:
        owed = _reseat(session)
        session.query(Touch).filter_by(ask_id=owed.id, rung="handed_over").one().state = TouchState.SENT
        session.flush()
        moment = LATER
        for _ in range(12):
            moment += timedelta(days=1)
            ask_row = session.get_one(Ask, owed.id)
            ask_row.next_touch_at = moment if ask_row.state is AskState.ASKED else None
            session.flush()
            climb_due(session, moment, make.ZONE)
        rungs = [rung for rung, _ in _letters(session, owed, "Nia New")]
        assert rungs.count("handed_over") == 1
        assert "reminder" in rungs

    await database.write(act)


async def test_somebody_elses_debts_are_not_touched(database: Database) -> None:
    await database.write(_launch)

    def act(session: Session) -> None:
        _reseat(session)
        other = session.query(Agency).filter_by(folded="agency b").one()
        [owed] = ask.live_of_agency(session, other.id)
        assert _letters(session, owed, "Rowan B") == [("issue", TouchState.TO_SEND)]
        assert (owed.round, owed.generation) == (1, 0)

    await database.write(act)


async def test_an_emptied_seat_keeps_its_debt_and_the_deputy_is_told(database: Database) -> None:
    await database.write(_launch)

    def act(session: Session) -> None:
        owed = _reseat(session, None)
        assert owed.state is AskState.ASKED
        assert _letters(session, owed, "Devi A") == [("cover_gone", TouchState.TO_SEND)]
        assert session.query(Chore).filter_by(kind=ChoreKind.FILL_SEAT, done_at=None).count() == 1
        again = _reseat(session)
        assert session.query(Chore).filter_by(kind=ChoreKind.FILL_SEAT, done_at=None).count() == 0
        assert _letters(session, again, "Nia New") == [("handed_over", TouchState.TO_SEND)]

    await database.write(act)


async def test_the_same_person_again_changes_nothing(database: Database) -> None:
    await database.write(_launch)

    def act(session: Session) -> None:
        owed, where = _first(session)
        assert owed.seat_id is not None
        place = session.get_one(seat.Seat, owed.seat_id)
        assert not seating.fill(session, place, where, seat.holder(session, place.id), LATER, BY)
        assert owed.round == 1
        assert session.query(Campaign).count() == 1

    await database.write(act)


async def test_a_letter_that_waits_for_the_deputy_before_does_not_go(database: Database) -> None:
    await database.write(_launch)

    def act(session: Session) -> None:
        owed = _reseat(session, None)
        where = session.get_one(Agency, owed.agency_id)
        place = seat.ensure(session, owed.board_id, where.id, seat.SeatRole.DEPUTY)
        newcomer = person.keep(session, "Dot New", "dot.new@agencya.example")
        assert _letters(session, owed, "Devi A") == [("cover_gone", TouchState.TO_SEND)]
        seating.fill(session, place, where, newcomer, LATER, BY)
        assert _letters(session, owed, "Devi A") == [("cover_gone", TouchState.DROPPED)]

    await database.write(act)
