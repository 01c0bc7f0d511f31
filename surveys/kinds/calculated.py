"""Calculated: a figure or text worked out from other answers, never typed."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field as Setting

from surveys.answering.value import Plain
from surveys.forms.question import Refusal, Rule, Wording
from surveys.kinds.decimal import spoken
from surveys.kinds.note import Silent
from surveys.paging.keystrokes import Raw
from surveys.phrases import ENGLISH

LARGEST = 1e15
_LONGEST = 2_000


@dataclass(frozen=True, kw_only=True)
class Calculated(Silent):
    """The value of `calculation`, to `places` decimal places where it is a number, told with its `unit`.

    `hidden` ones only serve other rules.
    """

    never: ClassVar[tuple[str, ...]] = ()

    kind: Literal["calculated"]
    calculation: Annotated[Rule, Setting(min_length=1)]
    unit: Wording = ""
    places: Annotated[int, Setting(ge=0, le=10)] = 2
    hidden: bool = False

    @property
    def is_hidden(self) -> bool:
        """Whether it only serves other rules."""
        return self.hidden

    def settle(self, worked_out: float | str | bool | None) -> Plain | None:
        """What was worked out as an answer: rounded half up, never infinite; None where there is nothing."""
        match worked_out:
            case None | "":
                return None
            case bool():
                return "true" if worked_out else "false"
            case float() if not math.isfinite(worked_out) or abs(worked_out) > LARGEST:
                return None
            case float() | int():
                return _round(float(worked_out), self.places)
            case _:
                return worked_out[:_LONGEST]

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """Never what was typed."""
        return None

    def faults(self) -> list[str]:
        """Settings that only a question can have, and a rule whose refusal nobody would see."""
        found = super().faults()
        return (
            [*found, "what is hidden cannot have a constraint"] if self.hidden and self.constraint else found
        )

    def say(self, value: Plain, language: str = ENGLISH) -> str:
        """The figure with its unit."""
        words = spoken(value) if isinstance(value, int | float) else str(value)
        if not self.unit:
            return words
        return f"{words}{self.unit}" if self.unit == "%" else f"{words} {self.unit}"


def _round(number: float, places: int) -> int | float:
    scaled = number * 10**places
    rounded = math.floor(abs(scaled) + 0.5 + 1e-9) * (1 if scaled >= 0 else -1) / 10**places
    return int(rounded) if rounded == int(rounded) else rounded
