"""Quiet days: those on which nothing new is asked, and the first day from one on that is fit for it."""

from collections.abc import Collection
from datetime import date, timedelta

from messages.calendar import CalendarEnds, CalendarKind, WorkingCalendar

ONE_DAY = timedelta(days=1)
#: School days at the start of the autumn term and at the end of the summer term that are left to schools.
SCHOOL_WEEK = 5
#: How far is looked for a day that suits every calendar; after it the first calendar alone decides.
PATIENCE = 45
SEPTEMBER, JULY, DECEMBER, JANUARY = 9, 7, 12, 1
CHRISTMAS_EVE = 24


def is_quiet(day: date, calendar: WorkingCalendar) -> bool:
    """Whether nothing new is asked on a day: over Christmas, and in a school's fullest weeks."""
    if (day.month == DECEMBER and day.day >= CHRISTMAS_EVE) or (day.month == JANUARY and day.day == 1):
        return True
    return calendar.kind is CalendarKind.SCHOOL and (_is_first_week(day, calendar) or _is_last(day, calendar))


def is_fit(day: date, calendar: WorkingCalendar) -> bool:
    """Whether something new may be asked on a day. Raises CalendarEnds where it is not known."""
    return calendar.is_working(day) and not is_quiet(day, calendar)


def first_fit(day: date, calendars: Collection[WorkingCalendar]) -> date:
    """The first day from one on that is fit by every calendar, else by the first of them alone.

    The first is an office's. Raises CalendarEnds where one of the others does not reach the day.
    """
    office = next(iter(calendars))
    for count in range(PATIENCE):
        if all(is_fit(day + ONE_DAY * count, calendar) for calendar in calendars):
            return day + ONE_DAY * count
    while not is_fit(day, office):
        day += ONE_DAY
    return day


def _is_first_week(day: date, calendar: WorkingCalendar) -> bool:
    if day.month != SEPTEMBER:
        return False
    return day <= calendar.add(calendar.next_working(date(day.year, SEPTEMBER, 1)), SCHOOL_WEEK - 1)


def _is_last(day: date, calendar: WorkingCalendar) -> bool:
    ends = [last for _, last in calendar.terms if (last.year, last.month) == (day.year, JULY)]
    if day.month != JULY or not ends:
        return False
    try:
        return calendar.between(day - ONE_DAY, max(ends)) <= SCHOOL_WEEK
    except CalendarEnds:
        return True
