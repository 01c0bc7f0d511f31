"""What managers say of a course is told beside the step it is about, ten at a time and never by name."""

from datetime import date, timedelta

import pytest

from bot.hearing.results import BY_MANAGERS, Detail, Totals, read_results
from store.answers import confirmation
from store.asking import campaign
from store.asking.campaign import Step
from store.database import Database, Session
from store.people import booking
from surveys.answering.confirming import LAST_DAYS
from tests import make_training
from tests.make import ZONE

TODAY = date(2027, 2, 20)
NAMES = [f"Learner {number}" for number in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:24]]


@pytest.fixture
def course(database: Database) -> Database:
    """Two dozen people booked on a course."""
    database.write_now(lambda session: make_training.course(session, NAMES))
    return database


def confirm(database: Database, times: int, day: date = TODAY, seen: str = "clear") -> None:
    """Let the managers of the next few people answer on a day."""

    def write(session: Session) -> None:
        step = _later(session)
        assert step.confirmation_version_id is not None
        open_ones = (
            one.id for one in session.query(booking.Booking) if not confirmation.is_given(session, one.id)
        )
        for _, place in zip(range(times), open_ones, strict=False):
            answers = {"change_seen": seen}
            confirmation.keep(session, place, step.id, step.confirmation_version_id, answers, day)

    database.write_now(write)


def _later(session: Session) -> Step:
    return campaign.steps(session, make_training.only(session).id)[-1]


def told(database: Database, today: date = TODAY, detail: Detail = Detail.ROWS) -> list[Totals]:
    def read(session: Session) -> list[Totals]:
        found = read_results(session, make_training.only(session), ZONE, today, detail)
        return [one for one in found if isinstance(one, Totals) and one.version == BY_MANAGERS]

    return database.read_now(read)


def how_many(database: Database, today: date = TODAY) -> int:
    [one] = told(database, today)
    return one.answers if one.totals is not None else 0


def end(database: Database, day: date) -> None:
    """Find the step over on a day."""
    database.write_now(lambda session: setattr(_later(session), "told_whole_on", day))


def test_ten_managers_wait_for_ten_more(course: Database) -> None:
    for days, more in enumerate((9, 1, 9)):
        confirm(course, more, TODAY + timedelta(days=days))
        assert how_many(course) == 0
    confirm(course, 1, TODAY + timedelta(days=3))
    assert how_many(course) == 10
    [one] = told(course)
    assert one.totals is not None
    assert one.totals[0].counts[0] == ("Yes, a clear change", 10)
    assert (one.step.key, one.form.key) == ("later", "manager_confirmation")


def test_all_are_told_once_no_more_can_come(course: Database) -> None:
    confirm(course, 13)
    end(course, TODAY)
    assert how_many(course, TODAY + timedelta(days=LAST_DAYS)) == 0
    assert how_many(course, TODAY + timedelta(days=LAST_DAYS + 1)) == 13


def test_fewer_than_ten_are_never_told(course: Database) -> None:
    confirm(course, 9)
    end(course, TODAY)
    assert how_many(course, TODAY + timedelta(days=LAST_DAYS + 1)) == 0


def test_whoever_asks_for_names_gets_no_single_answer_of_a_manager(course: Database) -> None:
    confirm(course, 9)
    [one] = told(course, detail=Detail.NAMES)
    assert one.totals is None


def test_a_course_of_which_no_manager_has_spoken_says_nothing_of_them(course: Database) -> None:
    assert told(course) == []


def test_the_first_answer_for_a_booking_stays(course: Database) -> None:
    confirm(course, 1)

    def again(session: Session) -> bool:
        [kept] = confirmation.of_step(session, _later(session).id)
        return confirmation.keep(
            session, kept.booking_id, kept.step_id, kept.form_version_id, {"change_seen": "none"}, TODAY
        )

    assert not course.write_now(again)
    [kept] = course.read_now(lambda session: confirmation.of_step(session, _later(session).id))
    assert kept.answers == {"change_seen": "clear"}
