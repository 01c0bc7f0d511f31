"""Functions on dates: inside an expression a date is the number of days since 1 January 1970."""

import math
import re
from datetime import date

from surveys.expressions.conversion import as_number, as_text
from surveys.expressions.scene import XPathValue, day_number, from_day_number
from surveys.expressions.stage import current_stage

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T.*)?", re.ASCII)
"""A date as it is written in a form: 2026-11-03, with or without a time behind it."""

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_FIELD = re.compile("%(.)")


def today() -> XPathValue:
    """The day number of today; '' when the day is not to hold anybody back."""
    day = current_stage().scene.today
    return "" if day is None else day_number(day)


def to_date(value: XPathValue) -> XPathValue:
    """The day number of a date written 2026-11-03, or of a day number; '' of '', NaN of what is no date."""
    text = value if isinstance(value, str) else as_text(value) if isinstance(value, list) else None
    if text == "":
        return ""
    if text is not None and ISO_DATE.fullmatch(text):
        day = read_date(text)
        return math.nan if day is None else day_number(day)
    number = as_number(value)
    return float(math.floor(number)) if math.isfinite(number) else math.nan


def read_date(text: str) -> date | None:
    """The date in a text that looks like one; None when the calendar has no such day."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def format_date(value: XPathValue, pattern: XPathValue) -> str:
    """The date written by the pattern (%Y %y %m %n %b %d %e %a, as in ODK, month and day in English)."""
    day = from_day_number(as_number(to_date(value)))
    return "" if day is None else _FIELD.sub(lambda field: _write(field[1], day), as_text(pattern))


def _write(letter: str, day: date) -> str:
    written = {
        "Y": f"{day.year:04}",
        "y": f"{day.year % 100:02}",
        "m": f"{day.month:02}",
        "n": str(day.month),
        "b": _MONTHS[day.month - 1],
        "d": f"{day.day:02}",
        "e": str(day.day),
        "a": _DAYS[day.weekday()],
    }
    return written.get(letter, f"%{letter}")
