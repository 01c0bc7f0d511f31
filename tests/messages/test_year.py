"""The days of a year: by offices' and schools' calendars, in odd and even years, and after lessons."""

from datetime import date
from uuid import uuid4

import pytest

from messages.catalogue.board_year import read_year, say_year, year_of
from messages.catalogue.moving import why_not_moved
from messages.catalogue.return_kind import find
from messages.catalogue.year import Calendars, LessonSent, Planned, add_months, plan_year
from messages.chasing.quiet import first_fit, is_quiet
from messages.days.calendar import office_calendar, school_calendar
from store.asking.lesson import Priority

TERMS = [
    (date(2026, 9, 2), date(2026, 10, 23)),
    (date(2026, 11, 2), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 2, 12)),
    (date(2027, 2, 22), date(2027, 3, 25)),
    (date(2027, 4, 12), date(2027, 5, 28)),
    (date(2027, 6, 7), date(2027, 7, 21)),
]
ACADEMY = [(date(2026, 9, 3), date(2026, 10, 16)), (date(2026, 11, 2), date(2026, 12, 18))]
OFFICE = office_calendar()
SCHOOL = school_calendar(TERMS, name="West Berkshire")
BOTH = Calendars(OFFICE, (SCHOOL, school_calendar(ACADEMY, name="Academy")))
ONE = Calendars(OFFICE, (SCHOOL,))


def sent(on: date, priority: Priority = Priority.STANDARD, *, review: bool = False) -> LessonSent:
    return LessonSent(uuid4(), "LSN-001", "Wren", on, priority, review)


def entries(
    named: str, *lessons: LessonSent, year: int = 2026, by: Calendars = ONE, swapped: bool = False
) -> list[Planned]:
    kind = find(named)
    assert kind is not None
    return plan_year(kind, year, by, lessons, swapped=swapped)


@pytest.mark.parametrize(
    ("named", "slug", "opens", "due"),
    [
        # Schools have a whole half-term; the others thirty working days from January on.
        ("tna", "tna-2026-schools", "2026-09-14", "2026-10-23"),
        ("tna", "tna-2026-others", "2027-01-11", "2027-02-22"),
        # One term open.
        ("section175", "section175-2026", "2027-01-11", "2027-03-25"),
        # Forty working days, none of them in a holiday.
        ("section11", "section11-2026", "2026-10-12", "2026-12-07"),
        # Over Easter: two bank holidays for offices, more than a fortnight for schools.
        ("contacts", "contacts-2026-others-spring", "2027-03-08", "2027-03-31"),
        ("contacts", "contacts-2026-schools-spring", "2027-03-08", "2027-04-13"),
        # 2 and 3 May are a Sunday and a bank holiday.
        ("dashboard", "dashboard-2026-jan-mar", "2027-04-14", "2027-05-06"),
    ],
)
def test_each_return_has_its_days(named: str, slug: str, opens: str, due: str) -> None:
    [one] = [one for one in entries(named) if one.slug == slug]
    assert (one.opens_on.isoformat(), one.due_on.isoformat()) == (opens, due)


@pytest.mark.parametrize(
    ("year", "opens"), [(2025, "2025-09-15"), (2027, "2027-09-14"), (2030, "2030-09-16")]
)
def test_a_day_that_falls_on_a_weekend_opens_on_the_next_that_is_worked(year: int, opens: str) -> None:
    [first, _] = entries("tna", year=year, by=Calendars(OFFICE))
    assert first.opens_on.isoformat() == opens


@pytest.mark.parametrize(
    ("year", "swapped", "title"),
    [
        (2026, False, "in full"),
        (2027, False, "refreshed"),
        (2026, True, "refreshed"),
        (2027, True, "in full"),
    ],
)
def test_section_11_alternates_and_a_board_may_take_the_other_turn(
    year: int, swapped: bool, title: str
) -> None:
    [one] = entries("section11", year=year, swapped=swapped)
    assert title in one.title


@pytest.mark.parametrize(
    ("went_out", "days"),
    [
        # Three months after 12 February the offices work; twenty working days before it is Easter over.
        (
            "2027-02-12",
            {"LSN-001 m3": ("2027-04-13", "2027-05-12"), "LSN-001 m6": ("2027-07-15", "2027-08-12")},
        ),
        # The 29th has no February in 2027: the 28th, a Sunday, and so the Monday.
        (
            "2026-11-29",
            {"LSN-001 m3": ("2027-02-01", "2027-03-01"), "LSN-001 m6": ("2027-04-30", "2027-06-01")},
        ),
    ],
)
def test_evidence_is_due_on_the_months_of_the_lesson(went_out: str, days: dict[str, tuple[str, str]]) -> None:
    found = entries("evidence", sent(date.fromisoformat(went_out)))
    office = {
        one.occasion: (one.opens_on.isoformat(), one.due_on.isoformat())
        for one in found
        if one.cadence.group == "others"
    }
    assert office == days


def test_the_twelve_months_of_a_lesson_belong_to_the_year_after() -> None:
    lesson = sent(date(2027, 2, 12))
    after = [one.occasion for one in entries("evidence", lesson, year=2027) if one.cadence.group == "others"]
    assert after == ["LSN-001 m12"]


@pytest.mark.parametrize(
    ("named", "lesson", "asked"),
    [
        ("surveys", sent(date(2026, 10, 12)), True),
        ("surveys", sent(date(2026, 10, 12), Priority.INFORMATION), False),
        ("assurance", sent(date(2026, 10, 12), Priority.URGENT), True),
        ("scr_evidence", sent(date(2026, 10, 12)), False),
        ("scr_evidence", sent(date(2026, 10, 12), review=True), True),
        ("evidence", sent(date(2026, 10, 12), review=True), False),
    ],
)
def test_a_lesson_brings_what_is_for_its_kind(named: str, lesson: LessonSent, asked: bool) -> None:
    assert any(one.lesson is lesson for one in entries(named, lesson)) is asked


def test_without_term_dates_schools_get_the_offices_days_and_it_is_said() -> None:
    schools, _ = entries("tna", by=Calendars(OFFICE, (school_calendar([]),)))
    assert schools.cadence.group == "schools"
    assert "term dates" in schools.provisional
    [known] = entries("section175", by=BOTH)
    assert (known.provisional, known.due_on) == ("", date(2027, 3, 25))


def test_planning_is_the_same_every_time() -> None:
    lesson = sent(date(2026, 10, 12))
    for named in ("tna", "evidence", "surveys", "dashboard"):
        assert entries(named, lesson, by=BOTH) == entries(named, lesson, by=BOTH)


@pytest.mark.parametrize(
    ("day", "school", "quiet"),
    [
        ("2026-09-02", True, True),
        ("2026-09-08", True, True),
        ("2026-09-09", True, False),
        ("2026-09-02", False, False),
        ("2027-07-14", True, False),
        ("2027-07-15", True, True),
        ("2027-07-21", True, True),
        ("2026-12-24", False, True),
        ("2026-12-30", False, True),
        ("2027-01-04", False, False),
    ],
)
def test_nothing_new_is_asked_in_a_schools_fullest_weeks_or_over_christmas(
    day: str, school: bool, quiet: bool
) -> None:
    assert is_quiet(date.fromisoformat(day), SCHOOL if school else OFFICE) is quiet


def test_a_day_that_suits_all_calendars_is_found() -> None:
    assert first_fit(date(2026, 10, 19), (OFFICE, SCHOOL)) == date(2026, 10, 19)
    assert first_fit(date(2026, 10, 26), (OFFICE, SCHOOL)) == date(2026, 11, 2)
    assert first_fit(date(2026, 12, 24), (OFFICE,)) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("group", "opens", "due", "said"),
    [
        ("others", "2026-10-12", "2026-11-20", ""),
        ("others", "2026-08-31", "2026-11-20", "is past"),
        ("others", "2027-09-13", "2027-11-20", "is not in 2026/27"),
        ("others", "2026-10-17", "2026-11-20", "a Saturday: it would open on Mon 19/10/2026"),
        ("others", "2026-12-28", "2027-02-19", "a bank holiday: it would open on Mon 04/01/2027"),
        ("schools", "2026-10-26", "2026-11-20", "it would open on Mon 02/11/2026"),
        ("schools", "2026-09-04", "2026-11-20", "it would open on Wed 09/09/2026"),
        ("others", "2026-10-12", "2026-10-12", "say a later day"),
        ("others", "2026-10-12", "2026-11-21", "it would be due on Mon 23/11/2026"),
        ("schools", "2026-10-12", "2026-10-28", "it would be due on Fri 06/11/2026"),
    ],
)
def test_a_move_is_refused_with_the_day_that_would_do(group: str, opens: str, due: str, said: str) -> None:
    today = date(2026, 9, 1)
    refusal = why_not_moved(group, 2026, date.fromisoformat(opens), date.fromisoformat(due), today, ONE)
    assert said in refusal
    assert bool(said) is bool(refusal)


def test_years_run_from_september_and_are_read_as_they_are_said() -> None:
    assert [year_of(date(2026, 8, 31)), year_of(date(2026, 9, 1))] == [2025, 2026]
    assert say_year(2026) == "2026/27"
    assert [read_year(one) for one in ("2026/27", "2026-27", "2026", "2026/28", "next")] == [
        2026,
        2026,
        2026,
        None,
        None,
    ]
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
