"""What a coordinator records: away, bounced, left; the debt stays, and the deputy is told once."""

from datetime import date, timedelta
from functools import partial

import pytest

from messages.changes import recording, seating
from store.asking.ask import AskState
from store.chore import ChoreKind
from store.database import Database, Session
from store.people import person, seat, standing
from store.people.agency import Agency
from store.people.board import Board
from store.people.person import AddressState
from surveys.answering.intake import Receipt, Refusal
from tests import make
from tests.make import START
from tests.story import ACKNOWLEDGED, WHO, Story, address_of, by_name, find

pytestmark = pytest.mark.sqlite_first


def away(story: Story, until: date, name: str = "Rowan A") -> None:
    story.write(lambda session: recording.away(session, by_name(session, name), until, story.now, WHO))


def left(story: Story, name: str = "Rowan A") -> None:
    story.write(lambda session: recording.left(session, by_name(session, name), story.now, WHO))


async def test_an_absence_is_no_answer_and_the_deputy_gets_one_notice(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    away(story, date(2026, 10, 16))
    await story.until(START + timedelta(days=4))
    assert story.ask("wren-1").state is AskState.ASKED
    assert story.letters() == [
        ("12 Oct 10:00", "rowan.a@agencya.example"),
        ("12 Oct 11:00", "devi.a@agencya.example"),
    ]
    [cover] = [one for one in story.touches("wren-1") if one.rung == "cover"]
    assert cover.reason == "Rowan A is away until 2026-10-16"
    assert [one for one in story.chores() if one.kind is ChoreKind.FILL_SEAT] == []
    assert isinstance(story.answer("wren-1", ACKNOWLEDGED, "Devi A"), Receipt)


async def test_after_the_absence_letters_reach_them_again(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    away(story, date(2026, 10, 14))
    await story.until(START + timedelta(days=12))
    to_rowan = [at for at, who in story.letters() if who.startswith("rowan")]
    assert to_rowan
    assert min(to_rowan) == "15 Oct 09:00"


async def test_a_bounced_address_gets_nothing_more_and_somebody_is_to_be_found(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START)
    story.write(
        lambda session: recording.bounced(
            session, address_of(session, "Rowan A"), "550 no such user", story.now, WHO
        )
    )
    await story.until(START + timedelta(days=21))
    assert [who for _, who in story.letters()].count("rowan.a@agencya.example") == 1
    assert story.read(lambda session: address_of(session, "Rowan A")).state is AddressState.BOUNCED
    [chore] = [one for one in story.chores() if one.kind is ChoreKind.FILL_SEAT]
    assert "cannot be reached at rowan.a@agencya.example: 550 no such user" in chore.text
    assert [rung for rung, role, what in story.rungs("wren-1") if (role, what) == ("deputy", "sent")] == [
        "cover_gone",
        "deputy",
    ]


async def test_whoever_left_is_written_to_no_more_and_may_not_answer(database: Database) -> None:
    story = Story(database)
    story.begin("AB")
    await story.until(START)
    left(story)
    assert isinstance(story.answer("wren-1", ACKNOWLEDGED, "Rowan A"), Refusal)
    await story.until(START + timedelta(days=10))
    assert [who for _, who in story.letters()].count("rowan.a@agencya.example") == 1
    [chore] = [one for one in story.chores() if one.kind is ChoreKind.FILL_SEAT]
    assert chore.text == "Agency A needs a training representative: Rowan A has left."


async def test_a_new_representative_takes_the_debt_and_history_stays(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    old_generation = story.ask("wren-1").generation

    def change(session: Session) -> None:
        board = session.query(Board).one()
        where = session.query(Agency).one()
        taker = person.keep(session, "Noor C", "noor.c@agencya.example")
        place = make.seat_of(session, board, where)
        assert seating.fill(session, place, where, taker, story.now, WHO)
        assert not seating.fill(session, place, where, taker, story.now, WHO)

    before = story.touches("wren-1")
    story.write(change)
    await story.until(START + timedelta(days=1))
    assert [(one.id, one.person_id) for one in story.touches("wren-1")[: len(before)]] == [
        (one.id, one.person_id) for one in before
    ]
    assert story.letters()[-1][1] == "noor.c@agencya.example"
    one = story.ask("wren-1")
    assert one.generation > old_generation  # links given out before are dead
    rowan, noor = (story.read(partial(by_name, name=who)) for who in ("Rowan A", "Noor C"))
    assert story.read(lambda session: standing.of(session, find(session, "wren-1"), rowan.id)) is None
    assert story.read(lambda session: standing.of(session, find(session, "wren-1"), noor.id)) == "asked"
    holdings = story.read(lambda s: s.query(seat.Holding).filter_by(seat_id=one.seat_id).all())
    assert {(held.person_id, held.until is None) for held in holdings} == {
        (rowan.id, False),
        (noor.id, True),
    }
    await story.until(START + timedelta(days=21))
    assert [who for _, who in story.letters()].count("rowan.a@agencya.example") == 1
