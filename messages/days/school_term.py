"""School term: on which day the term ends in which a day lies, half-term holidays within it."""

from collections.abc import Collection
from datetime import date

#: The months in which the stretches of school days of each term begin: autumn, spring and summer.
SEASONS = (range(8, 13), range(1, 4), range(4, 8))


def last_day(stretches: Collection[tuple[date, date]], day: date) -> date | None:
    """The last day of the term of a day, by stretches of school days in any order; None where none is known.

    A day in the holidays belongs to the term before them, and a term is known by the months in which its
    stretches begin, since its half-term holiday may be as long as another's at Christmas.
    """
    begun = sorted((first, last) for first, last in stretches if first <= day)
    if not begun:
        return None
    term = term_of(begun[-1][0])
    return max(last for first, last in stretches if term_of(first) == term)


def term_of(first: date) -> tuple[int, int]:
    """The year and the place in it of the term of a stretch of school days, by the day on which it begins."""
    return first.year, next(place for place, months in enumerate(SEASONS) if first.month in months)
