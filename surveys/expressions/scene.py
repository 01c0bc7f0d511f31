"""Scene: what one evaluation of an expression may look at, and the shapes its values take."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from lxml import etree

XPathValue = str | float | bool | list[etree._Element]
"""A text ('' when unanswered), a number, a truth, or a node-set: one element for each line's answer."""

_EPOCH = date(1970, 1, 1)
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _value_itself(_question: str, value: str) -> str:
    return value


@dataclass(frozen=True)
class Scene:
    """The answers, the day and the place in the form that an expression is worked out for.

    `resolve` gives the value of a name as written between `${` and `}` (with `#` where there is one) and is
    called once for each name. Without `today`, today() is empty, so no rule about the day holds anybody back.
    `own` is the answer that `.` stands for, `row` what position(..) gives (from 1), `item` the columns of the
    choice a choice_filter looks at (a choice's own value goes in as `name`). `label_of` turns a question's
    name and one chosen value into words; it must not evaluate expressions itself.
    """

    resolve: Callable[[str], XPathValue]
    today: date | None
    own: str | float = ""
    row: int = 0
    item: Mapping[str, str] = field(default_factory=dict)
    label_of: Callable[[str, str], str] = _value_itself


def day_number(day: date) -> float:
    """The days from 1 January 1970 to that day: how dates are compared and reckoned with."""
    return float((day - _EPOCH).days)


def from_day_number(number: float) -> date | None:
    """The day a day number stands for (a part of a day is dropped); None for what is no day."""
    try:
        return _EPOCH + timedelta(days=int(number // 1))
    except (OverflowError, ValueError):  # NaN, infinite, or outside the years 1 to 9999
        return None


def nodes(values: Iterable[str | float]) -> list[etree._Element]:
    """A node-set with one element for each value, in their order; an unanswered line is ''."""
    root = etree.Element("lines")
    for value in values:
        etree.SubElement(root, "line").text = clean(value) if isinstance(value, str) else numeral(value)
    return list(root)


def clean(text: str) -> str:
    """The text with every character that XML has no room for (controls, lone surrogates) made U+FFFD."""
    return _UNSPEAKABLE.sub("\ufffd", text)


def numeral(number: float) -> str:
    """A number in figures, as XPath writes it: 5, 0.25, -3, NaN; never with an exponent."""
    if number != number:
        return "NaN"
    if number in (float("inf"), float("-inf")):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    return format(Decimal(format(number, ".15g")), "f")
