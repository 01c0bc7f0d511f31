"""Scale: a whole number between two ends, each point named or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import Field as Setting

from surveys.answering.value import Plain
from surveys.forms.question import Label, Refusal, take_one
from surveys.kinds.choice import FROM_THE_LIST, Choice, Chosen
from surveys.paging.keystrokes import Raw, ascii_digits
from surveys.phrases import ENGLISH

LONGEST = 20


@dataclass(frozen=True, kw_only=True)
class Scale(Chosen):
    """A point from `lowest` to `highest`; `labels` names points, by number."""

    kind: Literal["scale"]
    lowest: Annotated[int, Setting(ge=-10, le=10)] = 1
    highest: Annotated[int, Setting(ge=-9, le=20)] = 5
    labels: Mapping[str, Label] = field(default_factory=dict)

    @property
    def listed(self) -> tuple[Choice, ...]:
        """The points from low to high."""
        return tuple(
            Choice(str(point), f"{point}: {name}" if (name := self.labels.get(str(point))) else str(point))
            for point in range(self.lowest, self.highest + 1)
        )

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """The point as a number."""
        text = take_one(raw, self.name)
        if isinstance(text, Refusal) or not text:
            return text or None
        plain = ascii_digits(text)
        return int(plain) if plain in (self.offers() or ()) else self.refuse(FROM_THE_LIST)

    def say(self, value: Plain, language: str = ENGLISH) -> str:
        """The number and its name."""
        return super().say(str(value), language)

    def faults(self) -> list[str]:
        """Ends the wrong way round, and names for points that are not there."""
        if not 1 <= self.highest - self.lowest < LONGEST:
            return [f"highest must be more than lowest, by {LONGEST - 1} at most"]
        points = self.offers() or frozenset()
        return [f'"{point}" is no point of the scale' for point in self.labels if point not in points]
