"""Quiet days: those on which nothing new is asked, and the first day from one on that is fit for it."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from messages.days.calendar import SATURDAY, CalendarKind, Term, WorkingCalendar

ONE_DAY = timedelta(days=1)
#: Weekdays between two terms from which a holiday is the summer's, with a quiet week on each side of it: an
#: independent school may be away for four weeks at Christmas.
LONG_HOLIDAY = 25
#: School days of a quiet week.
QUIET_DAYS = 5
#: The months in which a summer term ends, and in which an autumn term begins, where the other is not known.
ENDS, BEGINS = (7,), (8, 9)
#: How far is looked for a day that suits every calendar; after it the first calendar alone decides.
PATIENCE = 45
DECEMBER, JANUARY = 12, 1
CHRISTMAS_EVE = 24


def is_quiet(day: date, calendar: WorkingCalendar) -> bool:
    """Whether nothing new is asked on a day: over Christmas, and in a school's fullest weeks."""
    if (day.month == DECEMBER and day.day >= CHRISTMAS_EVE) or (day.month == JANUARY and day.day == 1):
        return True
    return quiet_week(calendar, day) is not None


def quiet_week(calendar: WorkingCalendar, day: date) -> Term | None:
    """The quiet school week of a day, its first and last school day; None where it lies in none."""
    return next((week for week in _quiet_weeks(calendar) if week[0] <= day <= week[1]), None)


def back_days(calendar: WorkingCalendar, since: date) -> tuple[date, ...]:
    """The first school day after each long holiday, known by now, that begins on a day or later."""
    return tuple(
        calendar.next_working(after)
        for before, after in _summers(calendar)
        if before is not None and after is not None and since <= before
    )


def _quiet_weeks(calendar: WorkingCalendar) -> Iterator[Term]:
    """The last school days before each summer, and the first after it."""
    for before, after in _summers(calendar):
        if before is not None:
            last = calendar.add(before, 0) if calendar.is_working(before) else calendar.add(before, -1)
            yield calendar.add(last, 1 - QUIET_DAYS), last
        if after is not None:
            first = calendar.next_working(after)
            yield first, calendar.add(first, QUIET_DAYS - 1)


def _summers(calendar: WorkingCalendar) -> Iterator[tuple[date | None, date | None]]:
    """The last day of each term that the summer follows, and the first of the next; None where not known."""
    if calendar.kind is not CalendarKind.SCHOOL or not calendar.terms:
        return
    if calendar.terms[0][0].month in BEGINS:
        yield None, calendar.terms[0][0]
    for (_, before), (after, _) in zip(calendar.terms, calendar.terms[1:], strict=False):
        if _weekdays(before, after) >= LONG_HOLIDAY:
            yield before, after
    if calendar.terms[-1][1].month in ENDS:
        yield calendar.terms[-1][1], None


def _weekdays(before: date, after: date) -> int:
    """How many weekdays lie between two days."""
    return sum((before + ONE_DAY * step).weekday() < SATURDAY for step in range(1, (after - before).days))


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
