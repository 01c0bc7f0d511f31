"""The board's year: from September to August, as schools count it, and how it is said."""

import re
from datetime import date

#: A year of the board begins with this month. Half of its agencies live by school years, its training too.
FIRST_MONTH = 9

_SAID = re.compile(r"(20\d\d)(?:[/-](\d\d|20\d\d))?")


def year_of(day: date) -> int:
    """The board's year that a day is in, by the calendar year in which it begins."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def day_in(year: int, month: int, day: int) -> date:
    """The day of a month as it falls in one of the board's years."""
    return date(year if month >= FIRST_MONTH else year + 1, month, day)


def say_year(year: int) -> str:
    """A year as people write it: 2026/27."""
    return f"{year}/{(year + 1) % 100:02}"


def read_year(typed: str) -> int | None:
    """The year that was typed, as 2026/27, 2026-27 or 2026; None where it is none, or spans more than one."""
    found = _SAID.fullmatch(typed.strip())
    if found is None:
        return None
    year, after = int(found[1]), found[2]
    return year if after is None or int(after) % 100 == (year + 1) % 100 else None
