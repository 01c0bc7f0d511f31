"""The contact budget: one chasing message a day for each person, in polite hours; urgent ones apart."""

import threading
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from messages.gathering.gather import gather_due
from messages.launching import approval
from store.asking import campaign
from store.asking.lesson import Lesson, Priority
from store.base import ordered_id
from store.database import Database, Session
from store.letters import gathering, touch
from store.letters.delivery import Delivery, DeliveryState
from store.letters.touch import Touch, TouchState
from store.people import seat
from store.people.agency import Membership
from store.people.board import Board
from store.people.person import AddressState, unsubscribe
from store.people.seat import SeatRole
from tests import make
from tests.make import START, ZONE
from tests.story import WHO, Story, address_of, by_name, find, local

pytestmark = pytest.mark.sqlite_first

TEN = [f"lesson-{number}" for number in range(1, 11)]


def ten_campaigns(session: Session, letters: str = "A") -> None:
    """Ten lessons asked of the same people on the same day."""
    board, _ = make.world(session, letters)
    about = make.lesson(session, board)
    for slug in TEN:
        make.launched(session, make.campaign(session, board, slug, about=about))


async def test_ten_campaigns_make_one_chasing_message_a_day_that_carries_all(database: Database) -> None:
    story = Story(database)
    story.write(ten_campaigns)
    await story.until(START + timedelta(days=14))
    touched = {one.delivery_id: one.is_first for one in story.read(lambda s: s.query(Touch).all())}
    chasers = [one for one in story.deliveries() if not touched[one.id]]
    per_day = Counter((one.person_id, one.local_day) for one in chasers)
    assert per_day
    assert set(per_day.values()) == {1}
    [reminder] = [letter.text for letter in story.channel.sent if local(letter.at)[:6] == "15 Oct"]
    rowan = story.read(lambda session: by_name(session, "Rowan A"))
    for slug in TEN:
        link = make.IDENTITY.answer_link(story.ask(f"{slug}-1").id, rowan.id, 0)
        assert link in reminder.replace("=\r\n", ""), slug
    assert all(one.state is TouchState.SENT for one in story.read(lambda s: s.query(Touch).all()))


async def test_what_comes_up_after_the_days_message_waits_for_the_next_working_day(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(datetime(2026, 10, 15, 9, tzinfo=UTC))  # the reminder's day, a Thursday
    [_, reminder] = story.channel.sent
    assert local(reminder.at) == "15 Oct 09:00"

    def late(session: Session) -> None:
        """Another campaign's reminder comes up when the day's message has gone already."""
        heron = make.campaign(session, session.query(Board).one(), "heron", about=session.query(Lesson).one())
        make.launched(session, heron, START)
        session.flush()
        asked = find(session, "heron-1")
        words = {(one.rung, one.role): one.id for one in campaign.words(session, [asked.step_id])}
        known = session.query(Touch).filter_by(rung="reminder").one()
        copy = {column.key: getattr(known, column.key) for column in Touch.__table__.columns}
        changed = {"id": ordered_id(), "ask_id": asked.id, "state": TouchState.TO_SEND}
        session.add(Touch(**copy | changed | {"words_id": words["reminder", "asked"], "delivery_id": None}))

    story.write(late)
    await story.until(datetime(2026, 10, 16, 12, tzinfo=UTC))
    chasers = [one for one in story.deliveries() if one.key.startswith("chase:")]
    assert [one.local_day for one in chasers] == [date(2026, 10, day) for day in (12, 15, 16)]
    assert {one.state for one in chasers} == {DeliveryState.SENT}


async def test_a_second_board_shares_the_same_days_message_budget(database: Database) -> None:
    story = Story(database)

    def build(session: Session) -> None:
        west, [where] = make.world(session, "A")
        other = make.board(session, "reading", "Reading Safeguarding Children Board")
        session.add(Membership(board_id=other.id, agency_id=where.id))
        make.holder(session, other, where, "Rowan A")
        for board, slug in ((west, "wren"), (other, "heron")):
            make.launched(session, make.campaign(session, board, slug))

    story.write(build)
    await story.until(START + timedelta(days=20))
    days = Counter(
        (one.person_id, one.local_day) for one in story.deliveries() if one.key.startswith("chase:")
    )
    assert set(days.values()) == {1}


async def test_urgent_letters_go_at_once_and_apart_with_the_recorded_reason(database: Database) -> None:
    saturday = datetime(2026, 10, 10, 21, tzinfo=UTC)
    story = Story(database, now=saturday)
    story.begin("A", priority=Priority.URGENT)
    await story.until(saturday)
    assert {local(letter.at) for letter in story.channel.sent} == {"10 Oct 22:00"}
    assert len(story.channel.sent) == 3  # representative, deputy, board member
    assert all(one.any_hour for one in story.deliveries())
    [launched] = story.decisions("launched")
    assert "urgent: a child may be at risk now" in launched.reason


async def test_out_of_hours_nothing_is_put_into_a_message(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.climb()
    for moment in (
        datetime(2026, 10, 12, 20, tzinfo=UTC),  # evening
        datetime(2026, 10, 17, 11, tzinfo=UTC),  # Saturday
        datetime(2026, 12, 28, 11, tzinfo=UTC),  # a bank holiday
    ):
        story.now = moment
        story.write(lambda s: s.query(Touch).update({"climbed_at": story.now, "not_before": story.now}))
        story.gather()
        assert story.deliveries() == [], moment


async def test_a_message_made_in_time_does_not_go_out_of_hours(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.climb()
    story.gather()
    evening = datetime(2026, 10, 12, 19, tzinfo=UTC)
    assert await story.worker.send(evening) == 0
    assert await story.worker.send(START) == 1


async def test_out_of_term_a_school_gets_nothing_and_an_office_does(database: Database) -> None:
    half_term = datetime(2026, 10, 27, 10, tzinfo=UTC)
    story = Story(database, now=half_term)

    def build(session: Session) -> None:
        board, _ = make.world(session, "A")
        school = make.agency(session, board, "Kennet School", "education", make.terms(session))
        make.line(session, board, school, "S")
        make.launched(session, make.campaign(session, board), half_term)

    story.write(build)
    await story.until(datetime(2026, 11, 2, 9, tzinfo=UTC))
    assert not story.channel.to("rowan.s@")
    await story.until(datetime(2026, 11, 2, 10, tzinfo=UTC))
    assert len(story.channel.to("rowan.s@")) == 1
    assert story.channel.to("rowan.a@")


async def test_two_gatherers_at_once_make_one_chaser_for_each_person_and_day(
    database_url: str, database: Database
) -> None:
    story = Story(database)
    story.write(lambda session: ten_campaigns(session, "ABCDE"))
    await story.until(START)
    story.now = datetime(2026, 10, 15, 8, tzinfo=UTC)
    story.climb()
    other, start = Database(database_url), threading.Barrier(2, timeout=10)

    def gather(mine: Database) -> None:
        start.wait()
        for _ in range(60):
            if not mine.write_now(lambda session: gather_due(session, story.now, ZONE, limit=3)):
                return

    threads = [threading.Thread(target=gather, args=[mine]) for mine in (database, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    await other.close()
    chasers = [one for one in story.deliveries() if one.local_day == date(2026, 10, 15)]
    assert Counter(one.person_id for one in chasers) == Counter({one.person_id for one in chasers})
    assert len(chasers) == 5
    touches = story.read(lambda s: s.query(Touch).filter_by(is_first=False).all())
    assert len(touches) == 50
    assert {one.delivery_id for one in touches} == {one.id for one in chasers}


def test_the_database_itself_refuses_a_second_message_of_the_same_key(database_url: str) -> None:
    database = Database(database_url)
    story = Story(database)
    story.begin("A")
    story.climb()
    story.gather()

    def again(session: Session) -> None:
        known = session.query(Delivery).one()
        copy = {column.key: getattr(known, column.key) for column in Delivery.__table__.columns}
        assert gathering.add_messages(session, [copy | {"id": ordered_id()}]) == set()

    story.write(again)
    assert len(story.deliveries()) == 1
    database.close_now()


async def test_whoever_cannot_be_reached_is_skipped_with_the_reason(database: Database) -> None:
    story = Story(database)
    story.begin("AB")
    story.climb()

    def trouble(session: Session) -> None:
        address = address_of(session, "Rowan A")
        address.state, address.reason = AddressState.BOUNCED, "550 no such mailbox"

    story.write(trouble)
    story.gather()
    [touch] = story.touches("wren-1")
    assert touch.state is TouchState.SKIPPED
    assert touch.reason == "Rowan A cannot be reached at rowan.a@agencya.example: 550 no such mailbox"
    assert len(story.deliveries()) == 1


async def test_a_bulletin_and_a_chaser_never_share_a_message(database: Database) -> None:
    story = Story(database)

    def build(session: Session) -> None:
        board, _ = make.world(session, "AB")
        make.launched(session, make.campaign(session, board))
        make.launched(session, make.campaign(session, board, "news", book="bulletin"))
        unsubscribe(session, board.id, by_name(session, "Rowan B").id, START)

    story.write(build)
    await story.until(START)
    assert len(story.channel.to("rowan.a@")) == 2
    assert len(story.channel.to("rowan.b@")) == 1
    assert "no bulletins" in story.touches("news-2")[0].reason
    wanted = [letter for letter in story.channel.to("rowan.a@") if letter.parsed["List-Unsubscribe"]]
    assert len(wanted) == 1


def three_agencies_of_one_board_member(session: Session) -> None:
    board, agencies = make.world(session, "ABC")
    for where in agencies[1:]:
        seating_of = make.seat_of(session, board, where, SeatRole.BOARD_MEMBER)
        seat.seat_person(session, seating_of.id, by_name(session, "Bose A").id, START)
    make.launched(session, make.campaign(session, board))


async def test_a_board_member_of_three_agencies_gets_one_approved_letter_a_day(database: Database) -> None:
    story = Story(database)
    story.write(three_agencies_of_one_board_member)
    await story.until(datetime(2026, 11, 24, 12, tzinfo=UTC))
    drafted = story.read(touch.drafted)
    assert len(drafted) == 3
    story.write(lambda session: approval.approve(session, touch.drafted(session), story.now, WHO))
    await story.until(datetime(2026, 11, 27, 18, tzinfo=UTC))
    letters = story.channel.to("bose.a")
    assert [local(letter.at)[:6] for letter in letters] == ["24 Nov", "25 Nov", "26 Nov"]


async def test_a_chaser_never_joins_a_letter_that_a_person_approved(database: Database) -> None:
    story = Story(database)

    def build(session: Session) -> None:
        board, [where] = make.world(session, "A")
        place = make.seat_of(session, board, where, SeatRole.BOARD_MEMBER)
        seat.seat_person(session, place.id, by_name(session, "Lena A").id, START)
        make.launched(session, make.campaign(session, board))

    story.write(build)
    await story.until(datetime(2026, 11, 24, 12, tzinfo=UTC))

    story.write(lambda session: approval.approve(session, touch.drafted(session), story.now, WHO))
    story.gather()

    def chase(session: Session) -> None:
        chaser = session.query(Touch).filter(Touch.role == "line_manager").first()
        assert chaser is not None
        copy = {column.key: getattr(chaser, column.key) for column in Touch.__table__.columns}
        fresh = {"id": ordered_id(), "rung": "again", "state": TouchState.TO_SEND, "is_first": False}
        later = {"delivery_id": None, "not_before": story.now, "climbed_at": story.now}
        session.add(Touch(**copy | fresh | later))

    story.write(chase)
    story.gather()
    carried = Counter(
        one.delivery_id for one in story.read(lambda s: s.query(Touch).filter_by(state="to_send").all())
    )
    carried.pop(None, None)
    assert list(carried.values()) == [1]
