"""What leaves the house: rows without names of people, and under a code totals of ten or more."""

from datetime import date
from typing import Any

from bot.results import Detail, Table, Totals, read_results
from store import campaign, form
from store.ask import Ask
from store.campaign import Campaign
from store.database import Database, Session
from store.inbound import Source
from surveys import library
from surveys.answers import Problems, check
from surveys.intake import Arrival, Receipt, receive, take
from surveys.keystrokes import Raw
from surveys.totals import FEWEST
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


def answer(session: Session, asked: Ask, raw: Raw) -> None:
    step = session.get_one(campaign.Step, asked.step_id)
    version = session.get_one(form.FormVersion, step.form_version_id)
    asked_form = library.load(version.key)
    checked = check(asked_form, raw)
    if isinstance(checked, Problems):
        raise AssertionError(list(checked))
    arrival = Arrival(Source.WEB, str(asked.id), raw, asked.person_id)
    assert isinstance(take(session, asked, asked_form, checked, arrival, START), Receipt)


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
    assert totals.totals and all(total.answered <= 1 for total in totals.totals)
    assert "Robin" not in str((totals.totals, totals.words))


async def test_what_is_answered_under_a_code_is_told_in_totals_of_ten_or_more(database: Database) -> None:
    before, day, later = await read(database, lambda session: courses(session, FEWEST, FEWEST - 1))
    assert isinstance(before, Totals) and isinstance(day, Totals) and isinstance(later, Totals)
    assert before.totals is not None
    assert {total.field: total.answered for total in before.totals} == {"knowledge": 10, "confidence": 10}
    assert (day.totals, list(day.shifts)) == (None, [])
    assert "fewer than 10 answers" in day.why_none
    assert "course-" not in str(before.totals)


async def test_before_and_after_a_course_are_compared_by_booking(database: Database) -> None:
    before, day, _ = await read(database, lambda session: courses(session, FEWEST + 1, FEWEST))
    assert isinstance(before, Totals) and isinstance(day, Totals)
    assert before.shifts == ()
    assert [(one.field, one.before, one.after, one.pairs, one.of) for one in day.shifts] == [
        ("knowledge", 30, 80, 10, 11),
        ("confidence", 20, 70, 10, 11),
    ]


async def test_single_answers_under_a_code_leave_where_names_are_asked_for(database: Database) -> None:
    before, _, _ = await read(database, lambda session: courses(session, 1), Detail.NAMES)
    assert isinstance(before, Table)
    assert [(row["reference"], row["knowledge"]) for row in before.rows] == [("course-1", "3")]
