"""Dates as people in England type them, day first, or as a spreadsheet writes them."""

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEARS = range(2000, 2101)
_LONGEST_CLOSURE = 366

_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[ t]00:00(?::00)?)?")
_FIGURES = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4}|\d\d)")
_WORDS = re.compile(r"(?:[a-z]{3,9},? )?(\d\d?)(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d\d)")


def read_date(text: str) -> date | None:
    """A date from `2026-09-02`, `2/9/2026`, `2 Sep 2026`, `Wed 2nd September 2026`; otherwise None."""
    typed = " ".join(text.casefold().split())
    if matched := _ISO.fullmatch(typed):
        return _make(int(matched[1]), int(matched[2]), int(matched[3]))
    if matched := _FIGURES.fullmatch(typed):
        return _make(_century(matched[3]), int(matched[2]), int(matched[1]))
    if (matched := _WORDS.fullmatch(typed)) and matched[2][:3] in _MONTHS:
        return _make(_century(matched[3]), _MONTHS.index(matched[2][:3]) + 1, int(matched[1]))
    return None


def read_days(text: str) -> tuple[date, ...] | None:
    """Days in order from a list such as `29 Dec 2026 to 31 Dec 2026; 2027-05-04`; None if any part is not."""
    days: set[date] = set()
    for part in filter(None, (each.strip() for each in text.split(";"))):
        first, _, last = part.partition(" to ")
        start, end = read_date(first), read_date(last or first)
        if start is None or end is None or not 0 <= (end - start).days <= _LONGEST_CLOSURE:
            return None
        days.update(start + timedelta(days=n) for n in range((end - start).days + 1))
    return tuple(sorted(days))


def _century(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
