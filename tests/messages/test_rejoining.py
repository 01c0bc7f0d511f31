"""An agency that left the board and is back is asked again, as a new round."""

from datetime import timedelta

import pytest

from bot.directory.apply import Import, _remove_from_board
from messages.changes import seating
from messages.launching import launch
from store.asking.ask import AskState
from store.database import Database, Session
from store.people import seat
from store.people.agency import Agency, Membership
from store.people.board import Board
from store.people.seat import SeatRole
from surveys.answering import intake
from tests.make import START, ZONE
from tests.story import ACKNOWLEDGED, WHO, Story, by_name, campaign_of, find, number_of

pytestmark = pytest.mark.sqlite_first


def leave(story: Story) -> None:
    def out(session: Session) -> None:
        where = session.query(Agency).filter_by(folded="agency a").one()
        one = Import(session, session.query(Board).one().id, story.now, WHO)
        _remove_from_board(one, where, None)

    story.write(out)


def come_back(story: Story) -> int:
    def back(session: Session) -> int:
        where = session.query(Agency).filter_by(folded="agency a").one()
        board = session.query(Board).one()
        session.add(Membership(board_id=board.id, agency_id=where.id))
        session.flush()
        place = seat.ensure(session, board.id, where.id, SeatRole.REPRESENTATIVE)
        seating.fill(session, place, where, by_name(session, "Rowan A"), story.now, WHO)
        return top_up(session, story)

    return story.write(back)


def top_up(session: Session, story: Story) -> int:
    wren = campaign_of(session)
    launch.begin(session, wren, story.now)
    after = None
    while after := launch.make_asks(session, wren.id, after, story.now, ZONE):
        pass
    return launch.top_up(session, wren, story.now, WHO)


async def test_an_agency_that_is_back_is_asked_again(database: Database) -> None:
    story = Story(database)
    story.begin("AB")
    first = story.read(lambda session: number_of(session, "Agency A"))
    await story.until(START + timedelta(hours=1))
    before = story.ask(first)
    leave(story)
    assert story.ask(first).state is AskState.WITHDRAWN
    await story.until(START + timedelta(days=7))
    assert come_back(story) == 1
    one = story.ask(first)
    assert (one.state, one.round, one.closed_at) == (AskState.ASKED, before.round + 1, None)
    assert one.due_on > before.due_on
    sent = len(story.channel.to("rowan.a@"))
    await story.until(START + timedelta(days=8))
    assert len(story.channel.to("rowan.a@")) == sent + 1
    assert story.write(lambda session: top_up(session, story)) == 0


async def test_a_second_question_called_back_is_live_again_at_once(database: Database) -> None:
    story = Story(database)
    story.begin("AB")
    first = story.read(lambda session: number_of(session, "Agency A", 1))
    second = story.read(lambda session: number_of(session, "Agency A", 2))
    await story.until(START + timedelta(hours=1))
    story.answer(first, ACKNOWLEDGED, "Rowan A")
    leave(story)
    assert (story.ask(first).state, story.ask(second).state) == (AskState.ANSWERED, AskState.WITHDRAWN)
    come_back(story)
    assert (story.ask(first).state, story.ask(second).state) == (AskState.ANSWERED, AskState.ASKED)
    assert story.ask(second).next_touch_at == story.now


async def test_what_was_declined_is_not_asked_again(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))

    def say(session: Session) -> None:
        asked, who = find(session, "wren-1"), by_name(session, "Rowan A")
        assert intake.decline(session, asked.id, who.id, "we see no children", "once", story.now) is None

    story.write(say)
    leave(story)
    assert come_back(story) == 0
    second = story.read(lambda session: number_of(session, "Agency A", 2))
    assert (story.ask("wren-1").state, story.ask(second).state) == (AskState.DECLINED, AskState.WITHDRAWN)
