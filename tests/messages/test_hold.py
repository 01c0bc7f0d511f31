"""A hold rests an ask, or all that an agency owes one board, until its day; the debt stays."""

from datetime import UTC, date, datetime, timedelta

import pytest

from messages.changes import resting
from store.asking.ask import AskState
from store.asking.hold import Hold
from store.database import Database, Session
from store.people.agency import Membership
from tests import make
from tests.make import START
from tests.story import ACKNOWLEDGED, WHO, Story, find

pytestmark = pytest.mark.sqlite_first


def hold(story: Story, until: date, *, whole_agency: bool = False) -> None:
    def rest(session: Session) -> None:
        one = find(session, "wren-1")
        agency_id, target = (one.agency_id, None) if whole_agency else (None, one)
        why = "inspection"
        resting.hold(session, one.board_id, until, why, story.now, WHO, ask=target, agency_id=agency_id)

    story.write(rest)


async def test_nothing_goes_until_the_morning_after_the_last_day(database: Database) -> None:
    story = Story(database)
    story.begin("AB")
    await story.until(START + timedelta(hours=1))
    hold(story, date(2026, 10, 16))  # a Friday, past the reminder on the 15th
    await story.until(START + timedelta(days=21))
    assert [at for at, who in story.letters() if who.startswith("rowan.a@")][:3] == [
        "12 Oct 10:00",
        "19 Oct 10:00",
        "21 Oct 09:00",
    ]
    assert [at for at, who in story.letters() if who.startswith("rowan.b@")][:2] == [
        "12 Oct 10:00",
        "15 Oct 09:00",
    ]
    [held] = story.decisions("held")
    assert held.reason == "until 2026-10-16: inspection"


async def test_a_hold_on_an_agency_rests_all_that_it_owes_this_board_and_no_other(database: Database) -> None:
    story = Story(database)

    def build(session: Session) -> None:
        west, [where] = make.world(session, "A")
        other = make.board(session, "reading", "Reading Safeguarding Children Board")
        session.add(Membership(board_id=other.id, agency_id=where.id))
        make.holder(session, other, where, "Rowan A")
        make.launched(session, make.campaign(session, west, "wren"))
        make.launched(session, make.campaign(session, other, "heron"))

    story.write(build)
    hold(story, date(2026, 10, 30), whole_agency=True)
    await story.until(START + timedelta(days=10))
    assert story.rungs("wren-1") == []
    assert len(story.rungs("heron-1")) >= 2


async def test_an_answer_is_welcome_during_a_hold(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    hold(story, date(2026, 10, 30))
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    assert story.ask("wren-1").state is AskState.ANSWERED


async def test_the_longest_of_several_holds_counts(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    hold(story, date(2026, 10, 20))
    hold(story, date(2026, 10, 14), whole_agency=True)
    await story.until(datetime(2026, 10, 21, 7, 59, tzinfo=UTC))
    assert story.channel.sent == []
    await story.until(datetime(2026, 10, 21, 8, 0, tzinfo=UTC))
    assert len(story.channel.sent) == 1


async def test_lifting_one_hold_leaves_the_other(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    hold(story, date(2026, 10, 20))
    hold(story, date(2026, 10, 14), whole_agency=True)

    def lift(session: Session) -> None:
        longest = session.query(Hold).filter_by(until=date(2026, 10, 20)).one()
        resting.lift(session, longest, story.now, WHO)

    story.write(lift)
    await story.until(START + timedelta(days=5))
    assert story.letters()[0][0] == "15 Oct 09:00"
    assert len(story.decisions("hold lifted")) == 1
