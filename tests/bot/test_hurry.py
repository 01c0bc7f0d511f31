"""A letter that waits for the morning goes at once when something new comes, on any day of the week."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from bot.sweep import sweep_day
from messages.sending.alerts import alert_those_on_duty
from store.database import Database, Session
from store.letters.alert import AlertKind
from store.letters.delivery import Delivery, DeliveryState
from store.people.board import Board
from store.surveying.code import OpenCode
from store.surveying.duty import Duty
from surveys.answering.answers import Answers
from surveys.open.anonymous import Kept, take_for_code
from surveys.open.unread import begin_to_read
from tests.bot.make_alerts import MANAGER, RITA, SOL, ask_for_contact, open_house, send
from tests.bot.make_ready import TODAY, staff_rota
from tests.make import ZONE
from tests.story import Story, campaign_of

#: In this week the rota is staffed on Saturday and Sunday too.
SATURDAY = TODAY + timedelta(days=5)
SUNDAY = SATURDAY + timedelta(days=1)
BOTH = [RITA, SOL]


def at(*, hour: int, minute: int = 0, sunday: bool = True) -> datetime:
    """A moment by the local clock of the weekend."""
    date = SUNDAY if sunday else SATURDAY
    return datetime(date.year, date.month, date.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


pytestmark = pytest.mark.sqlite_first


@pytest.fixture
def story(database: Database) -> Story:
    """A house whose reviewers are on duty every day of the week."""
    story = open_house(database)
    story.write(lambda session: staff_rota(session, session.query(Board).one(), TODAY, 8))
    return story


def write_words(story: Story, moment: datetime) -> None:
    """Somebody writes something, as the page keeps it."""
    day = moment.astimezone(ZONE).date()

    def keep(session: Session) -> None:
        code = session.query(OpenCode).one()
        given = Answers("family", 1, {"why": "He shouted at me"})
        kept = take_for_code(session, code.code, uuid4().hex, given, "en", {}, day, ZONE)
        assert isinstance(kept, Kept)
        assert kept.has_new_words
        alert_those_on_duty(session, AlertKind.WORDS, code.board_id, day, moment)

    story.write(keep)


def pass_night(story: Story) -> None:
    """The night from Saturday to Sunday."""
    story.write(lambda session: sweep_day(session, SATURDAY, at(hour=2, minute=30), ZONE))


async def test_on_a_day_off_those_on_duty_are_told_in_the_morning_of_what_still_waits(story: Story) -> None:
    ask_for_contact(story, at(hour=14, sunday=False))
    assert await send(story, at(hour=14, sunday=False)) == BOTH
    pass_night(story)
    assert await send(story, at(hour=8, minute=59)) == []
    assert await send(story, at(hour=9)) == BOTH


async def test_a_new_wish_does_not_wait_for_the_letter_of_the_morning(story: Story) -> None:
    ask_for_contact(story, at(hour=14, sunday=False))
    await send(story, at(hour=14, sunday=False))
    pass_night(story)
    ask_for_contact(story, at(hour=4))
    assert await send(story, at(hour=4)) == BOTH
    assert await send(story, at(hour=9)) == []
    ask_for_contact(story, at(hour=14))
    assert await send(story, at(hour=14)) == BOTH


async def test_whoever_waits_for_office_hours_and_comes_on_duty_is_told_at_once(story: Story) -> None:
    def leave_sunday_to_nobody(session: Session) -> None:
        session.query(Duty).filter_by(day=SUNDAY).delete()

    story.write(leave_sunday_to_nobody)
    ask_for_contact(story, at(hour=14, sunday=False))
    await send(story, at(hour=14, sunday=False))
    pass_night(story)
    assert await send(story, at(hour=10)) == []
    story.write(put_manager_on)
    ask_for_contact(story, at(hour=11))
    assert await send(story, at(hour=11)) == [MANAGER]


def put_manager_on(session: Session) -> None:
    from_office = session.query(Delivery).filter_by(state=DeliveryState.WAITING).one()
    session.add(Duty(board_id=session.query(Board).one().id, day=SUNDAY, person_id=from_office.person_id))


async def test_a_letter_that_waits_for_its_hour_is_not_brought_forward_past_it(story: Story) -> None:
    ask_for_contact(story, at(hour=14))
    assert await send(story, at(hour=14)) == BOTH
    for minute in (10, 20):
        ask_for_contact(story, at(hour=14, minute=minute))
        assert await send(story, at(hour=14, minute=minute)) == []
    assert await send(story, at(hour=15)) == BOTH


async def test_what_somebody_writes_later_is_told_too_while_earlier_words_are_unread(story: Story) -> None:
    write_words(story, at(hour=9, minute=5))
    assert await send(story, at(hour=9, minute=59)) == []
    assert await send(story, at(hour=10)) == BOTH
    for minute in (2, 30):
        write_words(story, at(hour=15, minute=minute))
    assert await send(story, at(hour=15, minute=59)) == []
    assert await send(story, at(hour=16)) == BOTH
    assert await send(story, at(hour=20)) == []


async def test_two_who_write_at_once_lead_to_one_letter(story: Story) -> None:
    first, second = at(hour=9, minute=5), at(hour=9, minute=6)
    write_words(story, first)
    # As where the second did not see the letter of the first, which was not committed yet.
    story.write(lambda session: session.query(Delivery).update({"state": DeliveryState.DROPPED}))
    write_words(story, second)
    assert len(story.deliveries()) == len(BOTH)


async def test_words_of_the_night_go_at_the_full_hour_and_not_in_the_morning(story: Story) -> None:
    write_words(story, at(hour=14, minute=5, sunday=False))
    await send(story, at(hour=15, sunday=False))
    pass_night(story)
    write_words(story, at(hour=4, minute=10))
    assert await send(story, at(hour=4, minute=59)) == []
    assert await send(story, at(hour=5)) == BOTH


async def test_words_that_were_read_are_told_to_nobody(story: Story) -> None:
    write_words(story, at(hour=9, minute=5))
    story.write(
        lambda session: begin_to_read(session, campaign_of(session, "wren-families"), RITA, at(hour=9))
    )
    assert await send(story, at(hour=10)) == []
