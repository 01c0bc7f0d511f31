"""A launch makes a row per recipient in chunks: cut off, repeated or doubled, nobody is asked twice."""

import threading
import time
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest

from messages.launching import launch
from messages.launching.audience import Audience
from store.asking import campaign, making
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, CampaignState
from store.asking.lesson import Priority
from store.base import ordered_id
from store.database import Database, Session
from store.people.board import Board
from store.people.seat import SeatRole
from tests import make
from tests.make import START, ZONE
from tests.story import WHO, Story, campaign_of

pytestmark = pytest.mark.sqlite_first

LETTERS = "ABCDEFG"


def draft(session: Session, letters: str = LETTERS) -> UUID:
    board, _ = make.world(session, letters)
    return make.campaign(session, board).id


def chunk(session: Session, campaign_id: UUID, after: UUID | None) -> UUID | None:
    return launch.make_asks(session, campaign_id, after, START, ZONE, limit=2)


def launch_in_chunks(database: Database, campaign_id: UUID, now: datetime = START) -> None:
    """As the command line launches: one transaction a chunk."""
    database.write_now(lambda session: launch.begin(session, session.get_one(Campaign, campaign_id), now))
    after = None
    while after := database.write_now(partial(chunk, campaign_id=campaign_id, after=after)):
        pass
    database.write_now(
        lambda session: launch.go_live(session, session.get_one(Campaign, campaign_id), now, WHO)
    )


def asks(session: Session) -> list[Ask]:
    return session.query(Ask).order_by(Ask.number).all()


class PowerCutError(Exception):
    """The power goes."""


async def test_a_launch_cut_off_half_way_asks_nobody_and_resumes_where_it_was(database: Database) -> None:
    story = Story(database)
    campaign_id = story.write(draft)
    story.write(lambda session: launch.begin(session, session.get_one(Campaign, campaign_id), START))
    last = story.write(lambda session: chunk(session, campaign_id, None))

    def cut(session: Session) -> None:
        chunk(session, campaign_id, last)
        raise PowerCutError

    with pytest.raises(PowerCutError):
        story.write(cut)
    kept = story.read(asks)
    assert len(kept) == 4  # the first chunk: two seats in two steps
    # The first step's are made open: that counts for nothing until the flip.
    assert [one.state for one in kept] == [AskState.ASKED] * 2 + [AskState.PENDING] * 2
    await story.until(START + timedelta(days=2))
    assert story.channel.sent == []
    launch_in_chunks(database, campaign_id, story.now)
    whole = story.read(asks)
    assert {one.id for one in kept} < {one.id for one in whole}
    assert len({(one.step_id, one.seat_id) for one in whole}) == len(whole) == 2 * len(LETTERS)
    assert [one.number for one in whole] == list(range(1, 2 * len(LETTERS) + 1))
    await story.until(story.now)
    assert len(story.channel.sent) == len(LETTERS)


async def test_nothing_is_due_before_the_flip_to_live(database: Database) -> None:
    story = Story(database)
    campaign_id = story.write(draft)
    story.write(lambda session: launch.begin(session, session.get_one(Campaign, campaign_id), START))
    after = None
    while after := story.write(partial(chunk, campaign_id=campaign_id, after=after)):
        assert story.climb() == 0
    assert story.climb() == 0
    asked = story.write(
        lambda session: launch.go_live(session, session.get_one(Campaign, campaign_id), START, WHO)
    )
    assert asked == len(LETTERS)
    assert story.climb() == len(LETTERS)


async def test_a_second_flip_asks_nobody_again(database: Database) -> None:
    story = Story(database)
    campaign_id = story.write(draft)
    launch_in_chunks(database, campaign_id)
    await story.until(START)
    launch_in_chunks(database, campaign_id)
    await story.until(START + timedelta(hours=1))
    assert len(story.channel.sent) == len(LETTERS)
    assert len(story.decisions("launched")) == 1


@pytest.mark.parametrize("turn", range(3))
async def test_two_launches_at_once_ask_everybody_once(
    database_url: str, database: Database, turn: int
) -> None:
    story = Story(database)
    campaign_id = story.write(draft)
    other = Database(database_url)
    start, errors = threading.Barrier(2, timeout=10), list[BaseException]()

    def run(mine: Database) -> None:
        start.wait()
        try:
            launch_in_chunks(mine, campaign_id)
        except BaseException as error:  # told below
            errors.append(error)

    threads = [threading.Thread(target=run, args=[mine]) for mine in (database, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    await other.close()
    assert errors == []
    made = story.read(asks)
    assert len({(one.step_id, one.seat_id) for one in made}) == len(made) == 2 * len(LETTERS)
    assert len({one.number for one in made}) == len(made)
    assert sum(one.state is AskState.ASKED for one in made) == len(LETTERS)
    assert len(story.decisions("launched")) == 1


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_second_launch_waits_for_the_chunk_of_the_first(database_url: str) -> None:
    """On SQLite writers take turns anyway."""
    databases = Database(database_url), Database(database_url)
    campaign_id = databases[0].write_now(draft)
    made, errors = threading.Event(), list[BaseException]()

    def slow(session: Session) -> None:
        chunk(session, campaign_id, None)
        made.set()
        time.sleep(0.1)

    def second() -> None:
        made.wait(10)
        try:
            databases[1].write_now(lambda session: chunk(session, campaign_id, None))
        except BaseException as error:  # told below
            errors.append(error)

    thread = threading.Thread(target=second)
    thread.start()
    databases[0].write_now(slow)
    thread.join()
    assert errors == []
    assert len(databases[0].read_now(asks)) == 4
    for database in databases:
        database.close_now()


def test_the_database_itself_refuses_to_ask_a_seat_twice(database_url: str) -> None:
    database = Database(database_url)
    database.write_now(lambda session: launch_in_one(session))

    def again(session: Session) -> None:
        known = asks(session)[0]
        copy = {column.key: getattr(known, column.key) for column in Ask.__table__.columns}
        making.add(session, [copy | {"id": ordered_id(), "number": 999}])

    with pytest.raises(Exception, match=r"(?i)unique"):
        database.write_now(again)
    database.close_now()


def launch_in_one(session: Session) -> None:
    make.launched(session, session.get_one(Campaign, draft(session, "A")))


async def test_an_agency_that_joins_later_is_asked_by_a_top_up_and_nobody_else_again(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("AB")
    await story.until(START + timedelta(days=1))

    def join(session: Session) -> int:
        board = session.query(Board).one()
        make.line(session, board, make.agency(session, board, "Agency Z"), "Z")
        wren = campaign_of(session)
        making.ensure_seats(session, board.id, {SeatRole.REPRESENTATIVE})
        after = None
        while after := launch.make_asks(session, wren.id, after, story.now, ZONE):
            pass
        return launch.top_up(session, wren, story.now, WHO)

    assert story.write(join) == 1
    await story.until(START + timedelta(days=2))
    assert sorted(letter.address for letter in story.channel.sent) == [
        "rowan.a@agencya.example",
        "rowan.b@agencyb.example",
        "rowan.z@agencyz.example",
    ]
    due = {one.number: one.due_on for one in story.read(asks)}
    assert due[5] > due[1]  # counted from the day on which it joined


async def test_whoever_the_audience_leaves_out_is_left_out_with_a_reason(database: Database) -> None:
    story = Story(database)

    def build(session: Session) -> None:
        board, _ = make.world(session, "AB")
        where = make.agency(session, board, "Kennet Club", "voluntary")
        make.line(session, board, where, "K")
        wren = make.campaign(session, board, audience=Audience(sectors=frozenset({"voluntary"})))
        make.launched(session, wren)

    story.write(build)
    assert len(story.read(asks)) == 2
    reasons = [one.reason for one in story.decisions("left out")]
    assert reasons == ["the audience is voluntary; this is health"] * 2


def test_what_cannot_be_launched_says_why(database_url: str) -> None:
    database = Database(database_url)

    def build(session: Session) -> dict[str, str]:
        board, _ = make.world(session, "A")
        wren = make.campaign(session, board)
        told = {"draft": launch.may_launch(session, wren)}
        wren.priority, wren.urgent_reason = Priority.URGENT, None
        told["urgent"] = launch.may_launch(session, wren)
        wren.priority, wren.state = Priority.STANDARD, CampaignState.PAUSED
        told["paused"] = launch.may_launch(session, wren)
        return told

    told = database.write_now(build)
    assert told["draft"] == ""
    assert "say why" in told["urgent"]
    assert told["paused"] == "wren is paused already"
    database.close_now()


async def test_a_fixed_due_day_moves_to_a_working_day_of_each_agency(database: Database) -> None:
    """28 December 2026 is a bank holiday, and for schools a day out of term."""
    story = Story(database)

    def build(session: Session) -> None:
        board, _ = make.world(session, "A")
        school = make.agency(session, board, "Kennet School", "education", make.terms(session))
        make.line(session, board, school, "S")
        wren = make.campaign(session, board)
        for step in campaign.steps(session, wren.id):
            step.due_on = date(2026, 12, 28)
        make.launched(session, wren)

    story.write(build)
    due = {one.due_on for one in story.read(asks)}
    assert due == {date(2026, 12, 29), date(2027, 1, 8)}  # fifth day of a term that begins on 4 January
