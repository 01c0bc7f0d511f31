"""A launch opens its asks in portions before the flip to live: nobody is asked early, twice or never."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from bot.asking import launching
from messages.chasing.climb import climb_due
from messages.launching import launch
from store.asking import ask
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, CampaignState
from store.database import Database, Session
from tests import make
from tests.make import START, ZONE

pytestmark = pytest.mark.sqlite_first

WHO = "morgan.ellery@west.example.org"


def draft(session: Session) -> UUID:
    board, _ = make.world(session, "ABCDEFG")
    return make.campaign(session, board).id


def begun(session: Session) -> UUID:
    """A launch cut off after it has made its asks, and has opened the first seven as it made them."""
    campaign_id = draft(session)
    launch.begin(session, session.get_one(Campaign, campaign_id), START)
    launch.make_asks(session, campaign_id, None, START, ZONE)
    assert launch.opened_at(session, campaign_id, START) == (7, 14)
    return campaign_id


def states(session: Session) -> list[AskState]:
    return [one.state for one in session.query(Ask).order_by(Ask.number)]


async def test_what_is_opened_before_the_flip_is_owed_by_nobody(database: Database) -> None:
    await database.write(begun)
    assert await database.read(states) == [AskState.ASKED] * 7 + [AskState.PENDING] * 7
    later = START + timedelta(days=30)
    assert await database.write(partial(climb_due, now=later, zone=ZONE)) == 0
    assert await database.read(ask.owed) == []


async def test_a_launch_cut_off_between_is_taken_up_with_its_own_days(database: Database) -> None:
    campaign_id = await database.write(begun)
    later = START + timedelta(days=10)
    assert await launching.carry_out(database, ZONE, campaign_id, later, WHO) == 7

    def look(session: Session) -> tuple[CampaignState, int, set[object], set[object]]:
        asks = session.query(Ask).filter_by(state=AskState.ASKED).all()
        state = session.get_one(Campaign, campaign_id).state
        return state, len(asks), {one.asked_at for one in asks}, {one.due_on for one in asks}

    state, count, asked_at, due = await database.read(look)
    assert (state, count, asked_at, len(due)) == (CampaignState.LIVE, 7, {later}, 1)


async def test_portions_and_the_flip_open_every_first_ask_once(database: Database) -> None:
    campaign_id = await database.write(begun)

    later = START + timedelta(days=1)

    def go_on(session: Session) -> int:
        assert launch.opened_at(session, campaign_id, later) == (0, 0)
        assert launch.open_some(session, campaign_id, 0, later, limit=4) == (4, 4)
        assert launch.opened_at(session, campaign_id, later) == (4, 4)
        assert launch.open_some(session, campaign_id, 4, later, limit=2) == (6, 2)
        assert launch.open_some(session, campaign_id, 6, later, limit=2) == (None, 0)
        wanted = session.get_one(Campaign, campaign_id)
        return launch.go_live(session, wanted, later, WHO, opened=6, after=6)

    assert await database.write(go_on) == 7
    found = await database.read(states)
    assert found.count(AskState.ASKED) == found.count(AskState.PENDING) == 7


async def test_a_campaign_that_is_live_is_not_opened_again(database: Database) -> None:
    campaign_id = await database.write(draft)
    await launching.carry_out(database, ZONE, campaign_id, START, WHO)
    later = START + timedelta(days=3)
    again = await database.write(lambda session: launch.open_some(session, campaign_id, 0, later, limit=2))
    assert again == (None, 0)
