"""One person in several seats, for several boards: a change in one leaves the letters of the others alone."""

from datetime import timedelta

import pytest

from messages.changes import handing_over, recording, seating
from store.asking.ask import AskState
from store.chore import ChoreKind
from store.database import Database, Session
from store.letters.touch import TouchState
from store.people import person, seat
from store.people.agency import Agency, Membership
from store.people.board import Board
from store.people.seat import SeatRole
from tests import make
from tests.make import START
from tests.story import WHO, Story, by_name, find

pytestmark = pytest.mark.sqlite_first


def second_board(session: Session) -> None:
    """Let Rowan A be the representative of another board too."""
    other = make.board(session, "read", "Reading Safeguarding Children Board")
    where = session.query(Agency).one()
    session.add(Membership(board_id=other.id, agency_id=where.id))
    session.flush()
    make.holder(session, other, where, "Rowan A")


def reseat(story: Story, slug: str, role: SeatRole) -> None:
    """Put Nia into a seat of the agency at a board."""

    def change(session: Session) -> None:
        board = session.query(Board).filter_by(slug=slug).one()
        where = session.query(Agency).one()
        place = seat.ensure(session, board.id, where.id, role)
        taker = person.keep(session, "Nia N", "nia.n@agencya.example")
        assert seating.fill(session, place, where, taker, story.now, WHO)

    story.write(change)


@pytest.mark.parametrize(
    ("slug", "role"), [("read", SeatRole.REPRESENTATIVE), ("west", SeatRole.BOARD_MEMBER)]
)
async def test_a_change_in_another_seat_of_theirs_keeps_the_letter(
    database: Database, slug: str, role: SeatRole
) -> None:
    story = Story(database)
    story.begin("A")
    story.write(second_board)
    story.write(
        lambda session: (
            make.holder(
                session,
                session.query(Board).filter_by(slug="west").one(),
                session.query(Agency).one(),
                "Rowan A",
                role,
            )
            if slug == "west"
            else None
        )
    )
    story.climb()
    reseat(story, slug, role)
    await story.until(START + timedelta(hours=2))
    assert [one.state for one in story.touches("wren-1")] == [TouchState.SENT]
    assert [who for _, who in story.letters()] == ["rowan.a@agencya.example"]


def test_a_change_in_the_seat_itself_drops_the_letter(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.climb()
    reseat(story, "west", SeatRole.REPRESENTATIVE)
    assert [one.state for one in story.touches("wren-1")] == [TouchState.DROPPED]


def test_a_seat_of_each_board_is_a_chore_of_its_own_and_comes_up_again(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.write(second_board)
    story.write(lambda session: recording.left(session, by_name(session, "Rowan A"), story.now, WHO))
    assert [one.kind for one in story.chores()] == [ChoreKind.FILL_SEAT] * 2
    reseat(story, "west", SeatRole.REPRESENTATIVE)
    [left] = story.chores()
    reading = story.read(lambda session: session.query(Board).filter_by(slug="read").one().id)
    assert left.board_id == reading
    story.write(lambda session: recording.left(session, by_name(session, "Nia N"), story.now, WHO))
    assert len(story.chores()) == 2
    assert any("Nia N has left" in one.text for one in story.chores())


async def test_a_colleague_who_leaves_gives_the_debt_back(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    story.write(
        lambda session: handing_over.hand_over(
            session, find(session, "wren-1"), None, "Pat P", "pat@agencya.example", story.now, WHO
        )
    )
    await story.until(START + timedelta(hours=2))
    story.write(lambda session: recording.left(session, by_name(session, "Pat P"), story.now, WHO))
    await story.until(START + timedelta(days=2))
    assert (story.ask("wren-1").state, story.ask("wren-1").delegate_id) == (AskState.ASKED, None)
    assert [who for _, who in story.letters()] == [
        "rowan.a@agencya.example",
        "pat@agencya.example",
        "rowan.a@agencya.example",
    ]
    assert [one.reason for one in story.decisions("handed back")] == ["Pat P has left"]
