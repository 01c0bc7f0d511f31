"""A change since before a course is told of people who answered the same words, and of no others."""

import pytest

from bot.hearing.results import Totals, read_results
from store.answers.inbound import Source
from store.asking import campaign, form
from store.asking.ask import Ask
from store.asking.campaign import Campaign
from store.database import Database, Session
from surveys.answering.answers import Answers, check
from surveys.answering.intake import Arrival, Receipt, form_of, take
from surveys.figures.totals import FEWEST
from tests import make_training
from tests.bot.test_results import TODAY, answer, end
from tests.make import START, ZONE

pytestmark = pytest.mark.sqlite_first

PEOPLE = 2 * FEWEST
BEFORE = {"knowledge": ["3"], "confidence": ["2"]}
ON_THE_DAY = {"knowledge": ["8"], "confidence": ["7"], "pledge": ["Ask again"]}


def hold(session: Session, others: int) -> Campaign:
    """A course that is over; on the day so many of its people answered a newer version of the questions."""
    made = make_training.course(session, [f"Person {number}" for number in range(PEOPLE)])
    before, day = (
        session.query(Ask).filter_by(step_id=step.id).order_by(Ask.number).all()
        for step in campaign.steps(session, made.id)[:2]
    )
    for one in before:
        answer(session, one, BEFORE)
    shipped = form_of(session, day[0]).to_json()
    newer = form.keep(session, str(shipped["key"]), 99, {**shipped, "version": 99})
    for number, one in enumerate(day):
        one.form_version_id = newer.id if number < others else None
        asked, arrival = form_of(session, one), Arrival(Source.WEB, str(one.id), ON_THE_DAY, one.person_id)
        checked = check(asked, ON_THE_DAY)
        assert isinstance(checked, Answers)
        assert isinstance(take(session, one, asked, checked, arrival, START), Receipt)
    return end(session, made)


@pytest.mark.parametrize(("others", "pairs"), [(0, [PEOPLE, PEOPLE]), (1, []), (PEOPLE // 2, [])])
async def test_where_two_versions_were_answered_no_change_is_told(
    database: Database, others: int, pairs: list[int]
) -> None:
    made = database.write_now(lambda session: hold(session, others))
    told = database.read_now(lambda session: read_results(session, made, ZONE, TODAY))
    shifts = [shift for one in told if isinstance(one, Totals) for shift in one.shifts]
    assert [one.pairs for one in shifts] == pairs
