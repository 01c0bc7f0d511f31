"""Decimal: a number with places, typed as people type them."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal as Exact
from typing import Annotated, Literal

from pydantic import Field as Setting

from surveys.answering.value import Plain
from surveys.forms.question import Question, Refusal, take_one
from surveys.paging.field import Field
from surveys.paging.keystrokes import Raw, ascii_digits
from surveys.phrases import ENGLISH

LARGEST = 1_000_000_000_000.0
# Thousands may be marked as in whole numbers; 0,125 has no thousands, so there the comma is a decimal one.
_NUMBER = re.compile(
    r"-?(?:\d{1,13}|[1-9]\d{0,2}(?:[,\u066c \u00a0\u202f]\d{3}){1,4})(?:[.]\d{1,10})?", re.ASCII
)
_COMMA = re.compile(r"-?(?:0+,\d+|\d+,(?:\d{1,2}|\d{4,}))", re.ASCII)
_LONGEST = 40

Bound = Annotated[float, Setting(ge=-LARGEST, le=LARGEST)]


@dataclass(frozen=True, kw_only=True)
class Decimal(Question):
    """A number from `minimum` to `maximum`, both allowed, with up to `places` decimal places."""

    kind: Literal["decimal"]
    minimum: Bound = 0
    maximum: Bound = LARGEST
    places: Annotated[int, Setting(ge=0, le=10)] = 2

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """The number; a point stands before the decimal places, and one comma alone is taken for it."""
        text = take_one(raw, self.name)
        if isinstance(text, Refusal) or not text:
            return text or None
        plain = ascii_digits(text).replace("\u066b", ".")
        if len(plain) <= _LONGEST and _COMMA.fullmatch(plain):
            plain = plain.replace(",", ".")
        if len(plain) > _LONGEST or not _NUMBER.fullmatch(plain):
            return self.refuse("{title} must be a number, like 4.5")
        number = float(re.sub(r"[^\d.-]", "", plain))
        if len(plain.partition(".")[2].rstrip("0")) > self.places:
            return self.refuse("{title} can have {places} decimal places", places=str(self.places))
        if number < self.minimum:
            return self.refuse("{title} cannot be less than {minimum}", minimum=spoken(self.minimum))
        if number > self.maximum:
            return self.refuse("{title} cannot be more than {maximum}", maximum=spoken(self.maximum))
        return number or 0.0  # never minus nought

    def write(self, value: Plain) -> dict[str, list[str]]:
        """The number without marks between thousands."""
        return {self.name: [spoken(value).replace(",", "") if isinstance(value, float) else str(value)]}

    def say(self, value: Plain, language: str = ENGLISH) -> str:
        """The number with its thousands marked."""
        return spoken(value) if isinstance(value, int | float) else str(value)

    def lacks(self) -> Refusal:
        """Ask for the number."""
        return self.refuse("Please give a number for: {title}")

    def draw(self, raw: Raw) -> Field:
        """A short box that brings up keys for numbers."""
        return replace(super().draw(raw), inputmode="decimal", width=10)

    def faults(self) -> list[str]:
        """Bounds that no number can meet."""
        return ["minimum is more than maximum"] if self.minimum > self.maximum else []


def spoken(number: float) -> str:
    """A number in plain figures, thousands marked, without needless decimal places."""
    # By way of its own digits: 0.1 is meant, not the nearest fraction of two.
    text = f"{Exact(repr(number)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
