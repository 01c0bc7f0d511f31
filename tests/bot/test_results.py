"""What leaves the house: rows without names of people, and under a code totals of ten or more."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from bot.hearing.results import Detail, Table, Totals, read_results
from bot.hearing.written import Words, read_words
from store.answers.inbound import Source
from store.asking import campaign, form
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign
from store.database import Database, Session
from surveys import library
from surveys.answering.answers import Problems, check
from surveys.answering.intake import Arrival, Receipt, receive, take
from surveys.figures.totals import FEWEST
from surveys.open import anonymous
from surveys.paging.keystrokes import Raw
from tests import make, make_training
from tests.make import START, ZONE

TODAY = date(2026, 10, 12)
BY = "morgan.ellery@west.example.org"
AUTHOR: Raw = {
    "author_name": ["Robin Vale"],
    "author_role": ["Head of practice"],
    "author_email": ["robin.vale@agencya.example"],
}


def courses(session: Session, count: int, after: int | None = None) -> Campaign:
    """A course whose people have answered before it, and some of them on the day."""
    made = make_training.course(session, [f"Person {number}" for number in range(count)])
    asked = session.query(Ask).filter_by(campaign_id=made.id).order_by(Ask.number).all()
    steps = {step.id: step.key for step in campaign.steps(session, made.id)}
    of = {key: [one for one in asked if steps[one.step_id] == key] for key in ("before", "day")}
    for one in of["before"]:
        answer(session, one, {"knowledge": ["3"], "confidence": ["2"], "wish": ["More courage"]})
    for one in of["day"][: count if after is None else after]:
        answer(session, one, {"knowledge": ["8"], "confidence": ["7"], "pledge": ["Ask again"]})
    return made


def answer(session: Session, asked: Ask, raw: Raw, now: datetime = START) -> None:
    step = session.get_one(campaign.Step, asked.step_id)
    version = session.get_one(form.FormVersion, step.form_version_id)
    asked_form = library.load(version.key)
    checked = check(asked_form, raw)
    if isinstance(checked, Problems):
        raise AssertionError(list(checked))
    arrival = Arrival(Source.WEB, f"{asked.id}.{now}", raw, asked.person_id)
    assert isinstance(take(session, asked, asked_form, checked, arrival, now), Receipt)


def named(session: Session) -> Campaign:
    """A form that names somebody, answered for an agency over the telephone."""
    of, _ = make.world(session, "A")
    shipped = library.load("report_author")
    version = form.keep(session, shipped.key, shipped.version, dict(shipped.to_json()))
    made = make.campaign(session, of, book="bulletin")
    [step] = campaign.steps(session, made.id)
    step.form_version_id = version.id
    make.launched(session, made)
    [asked] = session.query(Ask).filter_by(campaign_id=made.id)
    whole: dict[str, Any] = dict(AUTHOR)
    for question in shipped.questions.values():
        if question.required is True and question.name not in whole:
            whole[question.name] = [sorted(question.offers() or {"x"})[-1]]
    arrival = Arrival(Source.TELEPHONE, "one", whole, None, BY)
    assert isinstance(receive(session, asked.id, arrival, START, TODAY), Receipt)
    return made


async def read(database: Database, made: Any, detail: Detail = Detail.ROWS) -> list[Table | Totals]:
    def run(session: Session) -> list[Table | Totals]:
        return read_results(session, made(session), ZONE, TODAY, detail)

    return await database.write(run)


async def test_rows_leave_without_the_names_of_people(database: Database) -> None:
    [table] = await read(database, named)
    assert isinstance(table, Table)
    [row] = table.rows
    assert (row["agency"], row["came_by"]) == ("Agency A", "telephone")
    told = " ".join((*table.columns, *row.values()))
    assert not any(word in told for word in ("Robin", "robin", "morgan", "author_name", "answered_by"))


async def test_names_leave_where_they_are_asked_for(database: Database) -> None:
    [table] = await read(database, named, Detail.NAMES)
    assert isinstance(table, Table)
    [row] = table.rows
    assert (row["author_name"], row["entered_by"]) == ("Robin Vale", BY)


async def test_totals_can_stand_in_for_rows(database: Database) -> None:
    [totals] = await read(database, named, Detail.TOTALS)
    assert isinstance(totals, Totals)
    assert {total.answered for total in totals.totals or ()} <= {0, 1}
    assert "Robin" not in str(totals.totals)


def over(count: int, after: int | None = None) -> Callable[[Session], Campaign]:
    """A course whose steps a night has found to be over."""

    def make_it(session: Session) -> Campaign:
        return end(session, courses(session, count, after))

    return make_it


def end(session: Session, made: Campaign) -> Campaign:
    owed = Ask.state.in_([AskState.ASKED, AskState.PENDING])
    session.query(Ask).filter(owed).update({"state": AskState.LAPSED})
    anonymous.rewrite(session, made.id, TODAY, ZONE)
    return made


async def test_what_is_answered_under_a_code_is_told_in_totals_of_ten_or_more(database: Database) -> None:
    before, day, later = await read(database, over(FEWEST, FEWEST - 1))
    assert isinstance(before, Totals) and isinstance(day, Totals) and isinstance(later, Totals)
    assert before.totals is not None
    assert {total.field: total.answered for total in before.totals} == {"knowledge": 10, "confidence": 10}
    assert (before.answers, day.totals, list(day.shifts)) == (10, None, [])
    assert "fewer than 10 answers" in day.why_none
    assert "course-" not in str(before.totals)


async def test_before_and_after_a_course_are_compared_by_booking(database: Database) -> None:
    before, day, _ = await read(database, over(2 * FEWEST, FEWEST))
    assert isinstance(before, Totals) and isinstance(day, Totals)
    assert before.shifts == ()
    assert [(one.field, one.before, one.after, one.pairs, one.of) for one in day.shifts] == [
        ("knowledge", 30, 80, 10, 20),
        ("confidence", 20, 70, 10, 20),
    ]
    assert day.why_no_shifts == ""


async def test_totals_and_changes_together_give_nobodys_answer(database: Database) -> None:
    """Twenty of twenty-one answered on the day too: the one who did not would be the difference."""
    before, day, _ = await read(database, over(21, 20))
    assert isinstance(before, Totals) and isinstance(day, Totals)
    assert (before.answers, day.answers, list(day.shifts)) == (21, 20, [])
    assert "nobody answered one of them alone" in day.why_no_shifts


def told_now(session: Session) -> list[tuple[int, list[int]]]:
    """Of each step of the course how many answers are told of, and of how many pairs each change."""
    made = make_training.only(session)
    found = read_results(session, made, ZONE, TODAY)
    return [(one.answers, [shift.pairs for shift in one.shifts]) for one in found if isinstance(one, Totals)][
        :2
    ]


async def test_answers_under_a_code_are_told_ten_people_at_a_time(database: Database) -> None:
    """Neither the totals of a step nor a change moves by a few people, whoever reads them how often."""

    def begin(session: Session) -> None:
        make_training.course(session, [f"Person {number}" for number in range(24)])

    def give(session: Session, number: int) -> None:
        made = make_training.only(session)
        steps = {step.key: step.id for step in campaign.steps(session, made.id)}
        now = START + timedelta(minutes=number)
        for key, raw in (("before", {"knowledge": ["3"]}), ("day", {"knowledge": ["8"], "pledge": ["Ask"]})):
            asks = session.query(Ask).filter_by(step_id=steps[key]).order_by(Ask.number).all()
            answer(session, asks[number], raw, now)

    database.write_now(begin)
    seen = []
    for number in range(24):
        database.write_now(partial(give, number=number))
        seen.append(database.read_now(told_now))
    assert seen[18] == [(0, []), (0, [])]
    assert seen[19] == seen[23] == [(10, []), (10, [])]


async def test_a_change_is_told_once_when_both_steps_are_over(database: Database) -> None:
    database.write_now(lambda session: courses(session, 2 * FEWEST))
    assert database.read_now(told_now) == [(0, []), (0, [])]
    database.write_now(lambda session: end(session, make_training.only(session)))
    assert database.read_now(told_now) == [(20, []), (20, [20, 20])]


async def test_a_correction_waits_for_the_next_ten(database: Database) -> None:
    database.write_now(lambda session: courses(session, 20))

    def correct(session: Session) -> None:
        first = session.query(Ask).order_by(Ask.number).first()
        assert first is not None
        answer(session, first, {"knowledge": ["9"], "confidence": ["9"]}, START + timedelta(hours=1))

    before = database.read_now(lambda s: read_results(s, make_training.only(s), ZONE, TODAY))
    database.write_now(correct)
    after = database.read_now(lambda s: read_results(s, make_training.only(s), ZONE, TODAY))
    assert [one.totals for one in before if isinstance(one, Totals)] == [
        one.totals for one in after if isinstance(one, Totals)
    ]


async def test_whoever_answers_under_a_code_after_the_end_is_not_told_from_the_difference(
    database: Database,
) -> None:
    made = database.write_now(over(2 * FEWEST + 2, FEWEST + 2))
    before = database.read_now(told_now)

    def answer_late(session: Session) -> None:
        day = next(step.id for step in campaign.steps(session, made.id) if step.key == "day")
        late = session.query(Ask).filter_by(step_id=day, state=AskState.LAPSED).order_by(Ask.number).all()[0]
        late_at = START + timedelta(days=1)
        answer(session, late, {"knowledge": ["8"], "confidence": ["7"], "pledge": ["Ask"]}, late_at)

    database.write_now(answer_late)
    assert before == database.read_now(told_now) == [(22, []), (12, [12, 12])]


@pytest.mark.parametrize(("is_over", "told"), [(False, 0), (True, FEWEST)])
async def test_what_was_written_under_a_code_is_told_with_the_totals(
    database: Database, is_over: bool, told: int
) -> None:
    database.write_now(over(FEWEST) if is_over else lambda session: courses(session, FEWEST))

    def look(session: Session) -> list[Words]:
        return read_words(session, make_training.only(session), BY, START, ZONE)

    before, *_ = database.write_now(look)
    assert sum(len(one.texts) for one in before.written) == told


def two_versions(session: Session) -> Campaign:
    """A form whose agencies answered two versions of it, and one the short form."""
    of, _ = make.world(session, "ABC")
    shipped = dict(library.load("acknowledge").to_json())
    short = form.keep(session, "acknowledge_short", 1, shipped | {"key": "acknowledge_short"})
    newer = form.keep(session, "acknowledge", 2, shipped | {"version": 2})
    made = make.campaign(session, of)
    step = campaign.steps(session, made.id)[0]
    step.small_form_version_id = short.id
    make.launched(session, made)
    asked = session.query(Ask).filter_by(step_id=step.id).order_by(Ask.number).all()
    for one, version in zip(asked, (None, newer.id, short.id), strict=True):
        one.form_version_id = version
        arrival = Arrival(Source.TELEPHONE, str(one.id), {"staff": ["30"]}, None, BY)
        assert isinstance(receive(session, one.id, arrival, START, TODAY), Receipt)
    return made


async def test_answers_on_several_versions_are_added_up_apart(database: Database) -> None:
    *versions, _ = await read(database, two_versions, Detail.TOTALS)
    told = [(one.version, one.answers) for one in versions if isinstance(one, Totals)]
    assert told == [
        ("version 1, since 12 October 2026", 1),
        ("version 2, since 12 October 2026", 1),
        ("one-page version", 1),
    ]


async def test_single_answers_under_a_code_leave_where_names_are_asked_for(database: Database) -> None:
    before, _, _ = await read(database, lambda session: courses(session, 1), Detail.NAMES)
    assert isinstance(before, Table)
    assert [(row["reference"], row["knowledge"]) for row in before.rows] == [("course-1", "3")]
