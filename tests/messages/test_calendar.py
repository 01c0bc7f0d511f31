"""Which days are worked, and where a deadline counted in them lands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.days.calendar import (
    CalendarEnds,
    CalendarKind,
    WorkingCalendar,
    bank_holidays,
    office_calendar,
    school_calendar,
)

TERMS = [
    (date(2026, 6, 1), date(2026, 7, 21)),
    (date(2026, 9, 2), date(2026, 10, 23)),
    (date(2026, 11, 2), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 2, 12)),
    (date(2027, 2, 22), date(2027, 3, 25)),
    (date(2027, 4, 12), date(2027, 5, 28)),
    (date(2027, 6, 7), date(2027, 7, 21)),
]
OFFICE = office_calendar()
SCHOOL = school_calendar(TERMS, name="West Berkshire maintained")
CALENDARS = [OFFICE, SCHOOL, office_calendar([date(2026, 12, 29), date(2026, 12, 30)])]
A_DAY = timedelta(days=1)

calendars = st.sampled_from(CALENDARS)
days = st.dates(date(2026, 6, 1), date(2027, 7, 21))


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2026, ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]),
        (2027, ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"]),
        (2028, ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"]),
    ],
)
def test_bank_holidays_of_england_include_the_substitute_days(year: int, expected: list[str]) -> None:
    on_weekdays = sorted(f"{day:%m-%d}" for day in bank_holidays(year) if day.weekday() < 5)
    assert on_weekdays == expected


@pytest.mark.parametrize(
    ("calendar", "day", "settled"),
    [
        (OFFICE, date(2026, 12, 28), date(2026, 12, 29)),
        (OFFICE, date(2026, 12, 25), date(2026, 12, 29)),
        (OFFICE, date(2026, 9, 12), date(2026, 9, 14)),
        (OFFICE, date(2026, 9, 14), date(2026, 9, 14)),
        (office_calendar([date(2026, 12, 29)]), date(2026, 12, 28), date(2026, 12, 30)),
        # The fifth school day after Christmas, half-term, summer and Easter.
        (SCHOOL, date(2026, 12, 28), date(2027, 1, 8)),
        (SCHOOL, date(2026, 10, 28), date(2026, 11, 6)),
        (SCHOOL, date(2026, 10, 24), date(2026, 11, 6)),
        (SCHOOL, date(2026, 8, 5), date(2026, 9, 8)),
        (SCHOOL, date(2027, 3, 26), date(2027, 4, 16)),
        # A weekend or a bank holiday within a term is no holiday.
        (SCHOOL, date(2026, 9, 12), date(2026, 9, 14)),
        (SCHOOL, date(2027, 5, 3), date(2027, 5, 4)),
        (SCHOOL, date(2026, 9, 10), date(2026, 9, 10)),
        # A training day given as a closure moves the deadline by a day, not to the fifth.
        (school_calendar(TERMS, [date(2026, 9, 2)]), date(2026, 9, 2), date(2026, 9, 3)),
        (school_calendar(TERMS, [date(2027, 1, 4)]), date(2026, 12, 28), date(2027, 1, 11)),
    ],
)
def test_a_deadline_set_as_a_date_moves_off_days_when_nobody_works(
    calendar: WorkingCalendar, day: date, settled: date
) -> None:
    assert calendar.settle_deadline(day) == settled
    assert calendar.settle_deadline(settled) == settled


def test_a_school_request_of_mid_july_falls_due_in_september() -> None:
    assert SCHOOL.add(date(2026, 7, 15), 20) == date(2026, 9, 23)
    assert SCHOOL.between(date(2026, 7, 15), date(2026, 9, 23)) == 20
    summer = [date(2026, 7, 22) + A_DAY * step for step in range(42)]
    assert summer[-1] == date(2026, 9, 1)
    assert not any(SCHOOL.is_working(day) for day in summer)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 9, 11), 1, date(2026, 9, 14)),
        (date(2026, 9, 12), 1, date(2026, 9, 14)),
        (date(2026, 9, 12), 0, date(2026, 9, 14)),
        (date(2026, 9, 12), -1, date(2026, 9, 11)),
        (date(2026, 9, 14), -1, date(2026, 9, 11)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2027, 1, 4), -3, date(2026, 12, 29)),
        (date(2026, 1, 2), 600, date(2028, 5, 18)),
    ],
)
def test_an_office_counts_weekdays_that_are_no_bank_holidays(day: date, count: int, expected: date) -> None:
    assert OFFICE.add(day, count) == expected


@given(calendars, days, st.integers(-40, 40))
def test_adding_agrees_with_walking_day_by_day(calendar: WorkingCalendar, day: date, count: int) -> None:
    walked, left, step = day, abs(count), A_DAY if count >= 0 else -A_DAY
    first, last = date(2026, 6, 1), date(2027, 7, 21)
    while left or (count == 0 and not calendar.is_working(walked)):
        walked += step
        if not first <= walked <= last:
            break
        left -= calendar.is_working(walked) and left > 0
    if first <= walked <= last:
        assert calendar.add(day, count) == walked
    elif calendar.kind is CalendarKind.SCHOOL:
        with pytest.raises(CalendarEnds):
            calendar.add(day, count)


@given(calendars, days, days)
def test_between_counts_the_end_and_not_the_start(calendar: WorkingCalendar, start: date, end: date) -> None:
    step = A_DAY if end >= start else -A_DAY
    passed = [start + step * count for count in range(1, abs((end - start).days) + 1)]
    worked = sum(calendar.is_working(day) for day in passed)
    assert calendar.between(start, end) == (worked if end >= start else -worked)


@given(calendars, days, st.integers(-20, 20).filter(bool))
def test_between_undoes_add(calendar: WorkingCalendar, day: date, count: int) -> None:
    try:
        moved = calendar.add(day, count)
    except CalendarEnds:
        return
    assert calendar.between(day, moved) == count


def test_a_school_beyond_its_last_term_is_unknown_not_on_holiday() -> None:
    for ask in (
        lambda: SCHOOL.is_working(date(2027, 7, 22)),
        lambda: SCHOOL.next_working(date(2027, 7, 24)),
        lambda: SCHOOL.add(date(2027, 7, 20), 2),
        lambda: SCHOOL.add(date(2027, 9, 1), -5),
        lambda: SCHOOL.between(date(2027, 7, 1), date(2027, 8, 1)),
        lambda: SCHOOL.between(date(2028, 8, 1), date(2027, 7, 1)),
        lambda: SCHOOL.settle_deadline(date(2027, 8, 1)),
    ):
        with pytest.raises(CalendarEnds, match=r"“West Berkshire maintained” .* 2027-07-21; import") as ended:
            ask()
        assert ended.value.last == date(2027, 7, 21)
    assert SCHOOL.add(date(2027, 7, 20), 1) == date(2027, 7, 21)


def test_a_deadline_needs_five_known_school_days_to_settle() -> None:
    short = school_calendar([TERMS[0], (date(2026, 9, 2), date(2026, 9, 7))])
    with pytest.raises(CalendarEnds):
        short.settle_deadline(date(2026, 8, 5))


def test_days_before_the_first_term_are_holiday_but_cannot_be_counted_back_over() -> None:
    later = school_calendar(TERMS[1:])
    assert not later.is_working(date(2026, 7, 15))
    assert later.next_working(date(2025, 11, 5)) == date(2026, 9, 2)
    assert later.between(date(2026, 7, 15), date(2026, 9, 3)) == 2
    for day, count in ((date(2026, 9, 3), -2), (date(2025, 11, 5), -1)):
        with pytest.raises(CalendarEnds):
            later.add(day, count)


def test_a_school_without_terms_answers_nothing() -> None:
    with pytest.raises(CalendarEnds, match=r"“Academy” are missing; import them") as ended:
        school_calendar([], name="Academy").is_working(date(2026, 9, 10))
    assert ended.value.last is None


def test_terms_parted_by_a_long_weekend_only_are_one_term() -> None:
    # Monday 3 May 2027 is a bank holiday.
    parts = [(date(2027, 5, 4), date(2027, 5, 28)), (date(2027, 4, 12), date(2027, 4, 30))]
    joined = school_calendar(parts)
    assert joined.terms == ((date(2027, 4, 12), date(2027, 5, 28)),)
    assert joined.settle_deadline(date(2027, 5, 2)) == date(2027, 5, 4)


def test_overlapping_terms_count_each_day_once() -> None:
    doubled = school_calendar([*TERMS, (date(2026, 9, 9), date(2026, 9, 30))])
    assert doubled == school_calendar(TERMS)
    assert doubled.add(date(2026, 9, 2), 5) == SCHOOL.add(date(2026, 9, 2), 5)


def test_a_term_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="from 2026-10-23 to 2026-09-02 ends before"):
        school_calendar([(date(2026, 10, 23), date(2026, 9, 2))])
