"""Letters that were kept back, in the company of everything else that may happen meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest

from messages.changes import more_time, recording, resting
from messages.chasing.explain import explain
from messages.sending import heartbeat
from messages.sending.channel import DeliveryError
from messages.sending.overdue import list_overdue
from store.answers import tallies
from store.asking.ask import AskState
from store.asking.hold import Hold
from store.asking.lesson import Priority
from store.database import Database, Session
from store.people import person, seat
from store.people.seat import SeatRole
from tests import make
from tests.make import START, ZONE
from tests.story import ACKNOWLEDGED, WHO, Story, by_name, campaign_of, find
from tests.story_rest import about_to_go, halt, hand_to_col, hold, keep_back_now, resume, send_again
from tests.story_seat import reseat

pytestmark = pytest.mark.sqlite_first

ROWAN, DEVI = "rowan.a@agencya.example", "devi.a@agencya.example"
LOST = DeliveryError("line lost", doubtful=True)
REMINDED = datetime(2026, 10, 15, 8, tzinfo=UTC)


def be_away(story: Story, name: str, until: date) -> None:
    story.write(lambda s: recording.away(s, by_name(s, name), until, story.now, WHO))


def extend(story: Story, days: int = 5) -> None:
    story.write(lambda s: more_time.extend(s, find(s, "wren-1"), days, "x", story.now, WHO, ZONE))


def days_of(story: Story, who: str) -> list[str]:
    return [at[:6] for at, address in story.letters() if address == who]


async def test_an_urgent_letter_taken_up_and_its_chaser_go_on_two_days(database: Database) -> None:
    story = Story(database)
    story.begin("A", priority=Priority.URGENT)
    await keep_back_now(story, halt)
    await story.until(datetime(2026, 10, 14, 9, tzinfo=UTC))
    resume(story)
    await story.until(datetime(2026, 10, 16, 12, tzinfo=UTC))
    days = days_of(story, ROWAN)
    assert days[0] == "14 Oct"
    assert len(days) == len(set(days)) >= 2


async def test_resumed_in_the_evening_one_rung_goes_and_the_next_on_another_day(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await about_to_go(story, REMINDED, halt)
    await story.until(datetime(2026, 10, 22, 19, tzinfo=UTC))
    resume(story)
    await story.until(datetime(2026, 10, 27, 12, tzinfo=UTC))
    assert days_of(story, ROWAN) == ["12 Oct", "23 Oct"]
    assert days_of(story, DEVI) == ["26 Oct"]


async def test_a_first_letter_that_was_refused_goes_although_more_time_was_given(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.channel.refuses[ROWAN] = DeliveryError("550 5.7.1 relay denied", permanent=True)
    await story.until(START + timedelta(days=3))
    extend(story)
    story.channel.refuses.clear()
    assert send_again(story) == 1
    await story.until(START + timedelta(days=4))
    assert [one.rung for one in story.touches("wren-1") if one.state.value == "sent"] == ["issue"]


async def test_a_letter_in_doubt_is_not_for_whoever_has_left_the_seat(database: Database) -> None:
    story = Story(database)
    story.begin("A", priority=Priority.URGENT)
    story.channel.refuses[DEVI] = LOST
    await story.until(START + timedelta(hours=2))
    story.channel.refuses.clear()
    reseat(story, SeatRole.DEPUTY, "Newby A")
    assert send_again(story) == 0
    await story.until(START + timedelta(hours=3))
    assert story.channel.to("devi.a") == []


async def test_the_same_letter_may_be_sent_again_and_again(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.channel.refuses[ROWAN] = LOST
    await story.until(START + timedelta(hours=2))
    for _ in range(4):
        assert send_again(story) == 1
        await story.until(story.now + timedelta(minutes=40))
    assert len(story.deliveries()) == 1


async def test_more_time_does_not_tell_an_absence_twice(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    be_away(story, "Rowan A", date(2026, 10, 30))
    await story.until(START + timedelta(hours=2))
    extend(story)
    await story.until(START + timedelta(days=1))
    assert len(story.channel.to("devi.a")) == 1


async def test_no_notice_of_an_absence_goes_after_it_is_over(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    be_away(story, "Rowan A", date(2026, 10, 13))
    await keep_back_now(story, halt)
    await story.until(datetime(2026, 10, 14, 10, tzinfo=UTC))
    resume(story)
    await story.until(datetime(2026, 10, 14, 12, tzinfo=UTC))
    assert story.channel.to("devi.a") == []


async def test_a_notice_that_never_went_is_written_again(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    be_away(story, "Rowan A", date(2026, 10, 30))
    await keep_back_now(story, halt)
    be_away(story, "Devi A", date(2026, 10, 13))
    await story.until(START + timedelta(hours=4))
    resume(story)
    await story.until(datetime(2026, 10, 16, 12, tzinfo=UTC))
    assert len(story.channel.to("devi.a")) == 1


async def test_what_is_answered_while_held_back_is_not_counted_as_held(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await about_to_go(story, REMINDED, halt)
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    resume(story)
    await story.until(datetime(2026, 10, 20, tzinfo=UTC))
    assert story.read(lambda s: tallies.letters(s, campaign_of(s).id)).held == 0


async def test_after_a_long_stop_the_list_is_what_goes(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(datetime(2026, 10, 12, 12, tzinfo=UTC))
    await about_to_go(story, REMINDED, lambda told: hold(told, "wren-1", date(2026, 10, 16)))
    before = len(story.channel.sent)
    story.now = datetime(2026, 10, 22, 10, tzinfo=UTC)
    await story.worker.step(story.now)
    listed = story.read(lambda s: list_overdue(s, story.now, ZONE))
    story.write(lambda s: heartbeat.go_on(s, story.now, WHO))
    await story.until(datetime(2026, 10, 22, 12, tzinfo=UTC))
    assert [(one.rung, one.person) for one in listed] == [("reminder", "Rowan A")]
    assert len(story.channel.sent) == before + 1


@pytest.mark.drill
async def test_a_hold_that_is_lifted_leaves_days_before_the_lapse(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(datetime(2026, 10, 22, 12, tzinfo=UTC))
    hold(story, "wren-1", date(2027, 1, 20))
    await story.until(datetime(2026, 11, 19, 12, tzinfo=UTC))
    story.write(lambda s: resting.lift(s, s.query(Hold).one(), story.now, WHO))
    await story.until(datetime(2026, 11, 19, 15, tzinfo=UTC))
    assert story.ask("wren-1").state is AskState.ASKED
    await story.until(datetime(2026, 11, 27, tzinfo=UTC))
    assert story.ask("wren-1").state is AskState.LAPSED


@pytest.mark.drill
async def test_a_pause_that_ends_leaves_days_before_the_lapse(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(datetime(2026, 10, 22, 12, tzinfo=UTC))
    halt(story)
    await story.until(datetime(2026, 11, 19, 12, tzinfo=UTC))
    resume(story)
    await story.until(datetime(2026, 11, 19, 15, tzinfo=UTC))
    assert story.ask("wren-1").state is AskState.ASKED


def one_desk_of_two(session: Session) -> None:
    board = make.board(session)
    for name in ("First Charity", "Second Charity"):
        where = make.agency(session, board, name, "voluntary")
        desk = person.keep(session, "Umbrella desk", "desk@umbrella.example")
        seat.seat_person(session, make.seat_of(session, board, where).id, desk.id, START)
    make.launched(session, make.campaign(session, board), START)


async def test_a_message_of_two_parts_goes_again_as_one(database: Database) -> None:
    story = Story(database)
    story.write(one_desk_of_two)
    story.channel.refuses["desk@umbrella.example"] = LOST
    await story.until(START + timedelta(hours=2))
    story.channel.refuses.clear()
    assert send_again(story) == 2
    await story.until(story.now + timedelta(minutes=40))
    [letter], [delivery] = story.channel.sent, story.deliveries()
    assert letter.parsed["Message-ID"] == make.IDENTITY.message_id(delivery.id)


async def test_a_schools_letter_sent_again_in_half_term_waits_for_its_end(database: Database) -> None:
    story = Story(database, now=datetime(2026, 10, 23, 12, tzinfo=UTC))

    def build(session: Session) -> None:
        board = make.board(session)
        school = make.agency(session, board, "Kennet School", "education", make.terms(session))
        make.holder(session, board, school, "Sam Head")
        make.launched(session, make.campaign(session, board), story.now)

    story.write(build)
    story.channel.refuses["sam.head@kennetschool.example"] = LOST
    await story.until(datetime(2026, 10, 26, 11, tzinfo=UTC))
    story.channel.refuses.clear()
    send_again(story)
    await story.until(datetime(2026, 11, 3, tzinfo=UTC))
    assert [at[:6] for at, _ in story.letters()] == ["02 Nov"]


async def test_a_question_opened_late_and_handed_over_at_once_has_its_days_too(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    extend(story, 30)
    await story.until(datetime(2026, 11, 27, 12, tzinfo=UTC))
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    hand_to_col(story, "wren-2")
    await story.until(datetime(2026, 11, 27, 15, tzinfo=UTC))
    assert story.ask("wren-2").due_on == date(2026, 12, 4)


async def test_doubt_stays_in_sight_after_an_answer(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.channel.refuses[ROWAN] = LOST
    await story.until(START + timedelta(minutes=3))
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    story.channel.refuses.clear()
    await story.until(START + timedelta(days=1))
    assert story.channel.sent == []
    assert len(story.read(lambda s: tallies.letters(s, campaign_of(s).id)).doubts) == 1
    account = story.read(lambda s: explain(s, by_name(s, "Rowan A")))
    assert "doubtful" in [line.what for line in account.lines]
