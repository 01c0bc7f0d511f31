"""The contact budget: a table of days, one line a case, and what holds of any calendar and any letters."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.chasing.quiet import back_days, quiet_week
from messages.days.calendar import office_calendar, school_calendar
from messages.days.hours import next_polite
from messages.gathering.budget import NEARLY_DUE, Reader, Waiting, day_for
from messages.gathering.weekly import Letter, spread
from tests.make import TERMS, ZONE

OFFICE = office_calendar()
SCHOOL = school_calendar([(first, last) for _, first, last in TERMS])
MON, TUE, WED, THU, FRI = (date(2026, 11, day) for day in (9, 10, 11, 12, 13))
NEXT_MON, NEXT_TUE, NEXT_FRI = MON + timedelta(7), TUE + timedelta(7), FRI + timedelta(7)
FAR = date(2026, 12, 15)
#: The working day after Christmas and its substitute.
AFTER = date(2026, 12, 29)
WEEK = timedelta(days=7)
CASES = {
    "nobody has written yet": (Reader(), FAR, TUE, TUE),
    "they heard on Monday": (Reader(last_on=MON), FAR, TUE, NEXT_MON),
    "they heard a week ago": (Reader(last_on=TUE - WEEK), FAR, TUE, TUE),
    "they heard long ago": (Reader(last_on=date(2026, 6, 1)), FAR, TUE, TUE),
    "they like Fridays": (Reader(4), FAR, TUE, FRI),
    "they like Tuesdays, and it is one": (Reader(1), FAR, TUE, TUE),
    "they like Tuesdays, and have heard today": (Reader(1, TUE), FAR, TUE, NEXT_TUE),
    "they like Tuesdays, and heard out of turn on Monday": (Reader(1, MON), FAR, TUE, TUE),
    "they like Mondays, and it is Tuesday": (Reader(0), FAR, TUE, NEXT_MON),
    "due in two working days": (Reader(4, MON), THU, TUE, TUE),
    "due in three working days": (Reader(4, MON), FRI, TUE, WED),
    "due on Monday, asked on Thursday": (Reader(2, WED), NEXT_MON, THU, THU),
    "due today": (Reader(2, MON), TUE, TUE, TUE),
    "due two working days ago": (Reader(4, MON), date(2026, 11, 6), TUE, TUE),
    "due three working days ago": (Reader(4, MON), date(2026, 11, 5), TUE, FRI),
    "due over the weekend": (Reader(4, MON), date(2026, 11, 14), TUE, THU),
    "their day is a bank holiday": (Reader(4), FAR, date(2026, 12, 22), date(2026, 12, 29)),
    "a week ends on a bank holiday": (Reader(last_on=date(2026, 12, 18)), FAR, date(2026, 12, 22), AFTER),
    "after their bank holiday": (Reader(4), FAR, AFTER, AFTER),
    "heard since their bank holiday": (Reader(4, date(2026, 12, 25)), FAR, AFTER, date(2027, 1, 4)),
}  # fmt: skip


@pytest.mark.parametrize(("reader", "due", "today", "expected"), CASES.values(), ids=CASES)
def test_a_letter_has_its_day(reader: Reader, due: date, today: date, expected: date) -> None:
    assert day_for(reader, Waiting(due, OFFICE), today) == expected


def test_news_waits_for_no_week() -> None:
    assert day_for(Reader(4, MON), Waiting(FAR, OFFICE, is_news=True), TUE) == TUE


def test_a_school_hears_once_in_the_quiet_weeks_around_the_summer() -> None:
    summer = school_calendar([(date(2026, 6, 8), date(2026, 7, 21)), (date(2026, 9, 2), date(2026, 10, 23))])
    assert quiet_week(summer, date(2026, 9, 4)) == (date(2026, 9, 2), date(2026, 9, 8))
    assert quiet_week(summer, date(2026, 7, 15)) == (date(2026, 7, 15), date(2026, 7, 21))
    assert quiet_week(summer, date(2026, 9, 9)) is None
    assert quiet_week(OFFICE, date(2026, 9, 4)) is None
    due = Waiting(date(2026, 9, 4), summer)
    assert day_for(Reader(None, date(2026, 7, 17)), due, date(2026, 9, 2)) == date(2026, 9, 2)
    assert day_for(Reader(None, date(2026, 9, 2)), due, date(2026, 9, 3)) == date(2026, 9, 9)
    assert back_days(summer, date(2026, 7, 10)) == (date(2026, 9, 2),)
    assert back_days(summer, date(2026, 9, 3)) == back_days(OFFICE, date(2026, 7, 10)) == ()


def test_neither_half_term_nor_four_weeks_at_christmas_have_quiet_weeks() -> None:
    away = school_calendar([(date(2026, 9, 8), date(2026, 12, 11)), (date(2027, 1, 11), date(2027, 3, 24))])
    assert quiet_week(SCHOOL, date(2026, 11, 3)) is None
    assert quiet_week(away, date(2027, 1, 12)) is None
    assert back_days(away, date(2026, 11, 2)) == ()


days = st.integers(0, 200).map(lambda count: date(2026, 9, 7) + timedelta(days=count))
letters = st.lists(st.tuples(days, st.booleans(), st.integers(0, 4)), max_size=12)


@given(letters, st.lists(days, min_size=5, max_size=5), st.one_of(st.none(), st.integers(0, 4)))
def test_nobody_hears_twice_a_day_nor_more_than_once_a_week_unless_it_is_nearly_due(
    drawn: list[tuple[date, bool, int]], dues: list[date], chosen: int | None
) -> None:
    asks = [uuid4() for _ in range(5)]
    some = []
    for day, first, ask in drawn:
        at = next_polite(datetime(day.year, day.month, day.day, 10, tzinfo=ZONE), OFFICE, ZONE)
        waiting = Waiting(dues[ask], OFFICE, is_news=first)
        some.append(Letter(at, asks[ask], first, waiting, (asks[ask], dues[ask], at, first)))
    sent = list(spread(some, Reader(chosen), ZONE))
    told = [at.astimezone(ZONE).date() for at, _ in sent]
    assert len(set(told)) == len(told)
    assert {item[0] for _, items in sent for item in items} == {one.ask_id for one in some}
    for number, (at, items) in enumerate(sent):
        day = at.astimezone(ZONE).date()
        assert len({ask for ask, *_ in items}) == len(items)
        assert all(climbed <= at for _, _, climbed, _ in items)
        is_near = any(
            news or OFFICE.add(due, -NEARLY_DUE) <= day <= OFFICE.add(due, NEARLY_DUE)
            for _, due, _, news in items
        )
        if number and not is_near:
            rest = day - told[number - 1]
            assert rest >= WEEK if chosen is None else _is_chosen(day, chosen)


def _is_chosen(day: date, chosen: int) -> bool:
    """Whether a day is the chosen weekday, or the working day after it."""
    return any(
        (day - timedelta(days=back)).weekday() == chosen
        and OFFICE.next_working(day - timedelta(days=back)) == day
        for back in range(7)
    )
