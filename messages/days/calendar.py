"""The days on which an agency works, and how deadlines are counted in them."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import holidays

#: Weekdays are numbered as `date.weekday` numbers them; Saturday is the first day of a weekend.
SATURDAY = 5

#: A date that falls in a school holiday moves to this school day of the term that follows.
SCHOOL_DAYS_TO_SETTLE = 5

ONE_DAY = timedelta(days=1)

Term = tuple[date, date]


class CalendarEnds(Exception):  # noqa: N818 - a limit of what is known, named for what callers must say
    """The term dates that were imported do not reach the day asked about.

    Whether a school works on that day is unknown: whoever asked should postpone, and list the gap. ``name``
    is the set of term dates; ``first`` and ``last`` are the days it reaches, None where it has no terms.
    """

    def __init__(self, name: str, first: date | None, last: date | None) -> None:
        reach = f"known only from {first} to {last}; import those beyond" if last else "missing; import them"
        super().__init__(f"The term dates of “{name}” are {reach}.")
        self.name = name
        self.first = first
        self.last = last


class CalendarKind(StrEnum):
    """Whose year a calendar follows."""

    OFFICE = "office"
    SCHOOL = "school"


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of England in a year, substitute days included, by the usual rules.

    A day proclaimed after the library's release is not among them: give it as a closure.
    """
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of one agency; make it with `office_calendar` or `school_calendar`.

    An office works on weekdays that are neither bank holidays in England nor closures. A school works on
    those of them that lie in a term. Every question to a school's calendar raises CalendarEnds where the day
    asked about, or the day to be answered, lies after the last term known. Days before the first term known
    count as holiday, so that nobody is written to on the strength of a guess; counting back past them
    raises too.
    """

    kind: CalendarKind
    name: str
    terms: tuple[Term, ...] = ()
    closures: frozenset[date] = frozenset()
    _years: dict[int, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_working(self, day: date) -> bool:
        """Tell whether the agency works on a day."""
        self._require(day)
        return self._works(day)

    def next_working(self, day: date) -> date:
        """Return a day itself if it is working, else the first working day after it."""
        return self.add(day, 0)

    def add(self, day: date, count: int) -> date:
        """Return the count-th working day after a day, or before it where count is negative.

        The day itself is never counted; zero gives `next_working`.
        """
        self._require(day)
        year, row, ordinal = day.year, self._row(day.year), day.toordinal()
        position = count + (bisect_right(row, ordinal) - 1 if count > 0 else bisect_left(row, ordinal))
        while position >= len(row):
            if self.terms and year >= self.terms[-1][1].year:
                raise self._end()
            position -= len(row)
            year += 1
            row = self._row(year)
        while position < 0:
            if self.terms and year <= self.terms[0][0].year:
                raise self._end()
            year -= 1
            row = self._row(year)
            position += len(row)
        return date.fromordinal(row[position])

    def between(self, start: date, end: date) -> int:
        """Count the working days from a start, which is not counted, to an end, which is.

        Negative where the end comes first, so that ``between(day, add(day, n)) == n`` for every n but zero.
        """
        early, late = sorted((start, end))
        self._require(late)
        rank, sign = (bisect_right, 1) if start <= end else (bisect_left, -1)
        rows = (self._row(year) for year in range(early.year, late.year + 1))
        return sign * sum(rank(row, late.toordinal()) - rank(row, early.toordinal()) for row in rows)

    def settle_deadline(self, day: date) -> date:
        """Move a deadline that was set as a date and falls on a day when nobody works.

        It moves to the next working day. Out of term it moves to the fifth school day of the term, or part
        of a term, that follows, so that nobody comes back from a holiday to a deadline.
        """
        if self.is_working(day):
            return day
        return self.next_working(day) if self._in_term(day) else self.add(day, SCHOOL_DAYS_TO_SETTLE)

    def _require(self, day: date) -> None:
        """Raise CalendarEnds where nothing is known about a day."""
        if self.kind is CalendarKind.SCHOOL and (not self.terms or day > self.terms[-1][1]):
            raise self._end()

    def _end(self) -> CalendarEnds:
        """Say how far the terms reach."""
        first, last = (self.terms[0][0], self.terms[-1][1]) if self.terms else (None, None)
        return CalendarEnds(self.name, first, last)

    def _in_term(self, day: date) -> bool:
        """Tell whether a day lies in a term, unknown days counting as holiday."""
        return self.kind is CalendarKind.OFFICE or any(first <= day <= last for first, last in self.terms)

    def _works(self, day: date) -> bool:
        """Tell whether a day is working, unknown days counting as holiday."""
        return _is_office_day(day) and day not in self.closures and self._in_term(day)

    def _row(self, year: int) -> tuple[int, ...]:
        """Return the ordinals of a year's working days, in order, worked out once."""
        if (row := self._years.get(year)) is None:
            start, stop = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1
            days = range(start, stop)
            row = tuple(ordinal for ordinal in days if self._works(date.fromordinal(ordinal)))
            self._years[year] = row
        return row


def office_calendar(closures: Collection[date] = ()) -> WorkingCalendar:
    """Make the calendar of an office in England, with the one-off days on which it is closed."""
    return WorkingCalendar(CalendarKind.OFFICE, "office", closures=frozenset(closures))


def school_calendar(
    terms: Sequence[Term], closures: Collection[date] = (), *, name: str = "school"
) -> WorkingCalendar:
    """Make the calendar of schools that share a set of term dates.

    Each term, or part of a term before or after a half-term holiday, is its first and last day, in any
    order. Two that have no weekday but a bank holiday between them are one. ``name`` is what errors call
    the set. A term that ends before it begins raises ValueError.
    """
    joined: list[Term] = []
    for first, last in sorted(terms):
        if last < first:
            raise ValueError(f"The term of “{name}” from {first} to {last} ends before it begins.")
        if joined and _touch(joined[-1][1], first):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return WorkingCalendar(CalendarKind.SCHOOL, name, tuple(joined), frozenset(closures))


def _touch(last: date, first: date) -> bool:
    """Tell whether only a weekend or a bank holiday, or nothing, parts the end of one term from the next."""
    return all(not _is_office_day(last + ONE_DAY * step) for step in range(1, (first - last).days))


def _is_office_day(day: date) -> bool:
    """Tell whether a day is a weekday and no bank holiday."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)
