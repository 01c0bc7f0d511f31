"""Functions on numbers, and on the numbers of all lines."""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal

from surveys.expressions.conversion import as_number, as_numbers, as_text, as_texts, as_whole
from surveys.expressions.scene import XPathValue, numeral

_MOST_PLACES = 30
_ROOMY = Context(prec=400)


def to_number(value: XPathValue) -> float:
    """The number of a value; NaN of '' and of words, 1 and 0 of a truth."""
    return as_number(value)


def to_int(value: XPathValue) -> float:
    """The number without its fraction, towards nought."""
    number = as_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


def round_half_up(value: XPathValue, places: XPathValue = 0.0) -> float:
    """The number rounded to so many decimal places, a half upwards; before the point when negative."""
    number, wanted = as_number(value), as_whole(places, _MOST_PLACES + 1)
    if not math.isfinite(number):
        return number
    if abs(wanted) > _MOST_PLACES:
        return math.nan
    way = ROUND_HALF_DOWN if number < 0 else ROUND_HALF_UP
    return float(Decimal(numeral(number)).quantize(Decimal(1).scaleb(-wanted), way, _ROOMY))


def count(lines: XPathValue) -> float:
    """How many lines there are; 1 for a question asked once."""
    return float(len(lines)) if isinstance(lines, list) else 1.0


def count_non_empty(lines: XPathValue) -> float:
    """How many lines are answered."""
    return float(sum(text != "" for text in as_texts([lines])))


def total(lines: XPathValue) -> float:
    """The sum of all lines; an unanswered one adds nothing."""
    return math.fsum(as_numbers([lines]))


def largest(*values: XPathValue) -> float:
    """The largest of the numbers; NaN when there is none."""
    return max(as_numbers(values), default=math.nan)


def smallest(*values: XPathValue) -> float:
    """The smallest of the numbers; NaN when there is none."""
    return min(as_numbers(values), default=math.nan)


def power(base: XPathValue, exponent: XPathValue) -> float:
    """The base raised to the exponent."""
    return math.pow(as_number(base), as_number(exponent))


def exponential10(value: XPathValue) -> float:
    """Ten raised to the value."""
    return math.pow(10.0, as_number(value))


def angle_of(opposite: XPathValue, adjacent: XPathValue) -> float:
    """The angle of the point, in radians."""
    return math.atan2(as_number(opposite), as_number(adjacent))


def circle_number() -> float:
    """Pi."""
    return math.pi


def of_one_number(work: Callable[[float], float]) -> Callable[[XPathValue], float]:
    """A function of mathematics as a function of a value."""
    return lambda value: float(work(as_number(value)))


def boolean_from_string(value: XPathValue) -> bool:
    """Whether the text is "true", in any case, or "1"."""
    return as_text(value).lower() in ("true", "1")
