"""Integer: a whole number, typed as people type numbers."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field as Setting

from surveys.answering.value import Plain
from surveys.forms.question import Question, Refusal, take_one
from surveys.paging.field import Field
from surveys.paging.keystrokes import Raw, ascii_digits
from surveys.phrases import ENGLISH

LARGEST = 2_000_000_000
"""The largest number any form may allow: it fits the integer column of every database."""

# Commas, the Arabic thousands mark or spaces may group thousands; a comma elsewhere may be a decimal one.
_NUMBER = re.compile(r"(-?)(\d+|[1-9]\d{0,2}(?:[,\u066c \u00a0\u202f]\d{3})+)", re.ASCII)
_LONGEST = 40

Bound = Annotated[int, Setting(ge=-LARGEST, le=LARGEST)]


@dataclass(frozen=True, kw_only=True)
class Integer(Question):
    """A whole number from `minimum` to `maximum`, both allowed."""

    kind: Literal["integer"]
    minimum: Bound = 0
    maximum: Bound = LARGEST

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """The number; digits of any script are understood, parts and words are not."""
        text = take_one(raw, self.name)
        if isinstance(text, Refusal) or not text:
            return text or None
        found = _NUMBER.fullmatch(ascii_digits(text)) if len(text) <= _LONGEST else None
        if found is None:
            return self.refuse("{title} must be a whole number, like 45")
        number = int(found[1] + re.sub(r"\D", "", found[2]))
        if number < self.minimum:
            return self.refuse("{title} cannot be less than {minimum}", minimum=f"{self.minimum:,}")
        if number > self.maximum:
            return self.refuse("{title} cannot be more than {maximum}", maximum=f"{self.maximum:,}")
        return number

    def say(self, value: Plain, language: str = ENGLISH) -> str:
        """The number with its thousands marked."""
        return f"{value:,}" if isinstance(value, int) else str(value)

    def lacks(self) -> Refusal:
        """Ask for the number."""
        return self.refuse("Please give a number for: {title}")

    def draw(self, raw: Raw) -> Field:
        """A short box that brings up the number keys on a phone."""
        return replace(super().draw(raw), inputmode="numeric", width=max(5, len(str(self.maximum))))

    def faults(self) -> list[str]:
        """Bounds that no number can meet."""
        return ["minimum is more than maximum"] if self.minimum > self.maximum else []
