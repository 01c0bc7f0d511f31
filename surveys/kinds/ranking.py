"""Ranking: choices put in order, the most important first."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field as Setting

from surveys.answering.value import Plain
from surveys.forms.question import Refusal
from surveys.kinds.choice import FROM_THE_LIST, MOST_CHOICES, Listed
from surveys.paging.field import Field
from surveys.paging.keystrokes import Raw
from surveys.phrases import ENGLISH


@dataclass(frozen=True, kw_only=True)
class Ranking(Listed):
    """The choices that matter most, in order; at most `most` of them, or any number where it is 0."""

    kind: Literal["ranking"]
    most: Annotated[int, Setting(ge=0, le=MOST_CHOICES)] = 0

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """The chosen values in the order given, each once."""
        chosen = self.order(raw)
        if not chosen:
            return None
        if set(chosen) - (self.offers() or frozenset()):
            return self.refuse(FROM_THE_LIST)
        if len(chosen) > self.limit:
            return Refusal("Choose no more than {most}", {"most": str(self.limit)})
        return chosen

    @property
    def limit(self) -> int:
        """How many may be chosen."""
        return self.most or len(self.choices)

    def order(self, raw: Raw) -> tuple[str, ...]:
        """What has been chosen so far, right or wrong, each once."""
        return tuple(dict.fromkeys(text.strip() for text in raw.get(self.name, ()) if text.strip()))

    def begin(self) -> dict[str, list[str]]:
        """The default's values, written with spaces between."""
        return {self.name: self.default.split()} if self.default else {}

    def say(self, value: Plain, language: str = ENGLISH) -> str:
        """The labels, numbered."""
        if not isinstance(value, tuple):
            return super().say(value, language)
        labels = {choice.value: choice.label for choice in self.choices}
        return "; ".join(f"{place}. {labels.get(each, each)}" for place, each in enumerate(value, 1))

    def draw(self, raw: Raw) -> Field:
        """What was chosen, in order, and what is left to choose."""
        drawn = super().draw(raw)
        by_value = {option.value: option for option in drawn.options}
        ranked = tuple(by_value[value] for value in self.order(raw) if value in by_value)
        left = tuple(option for option in drawn.options if not option.checked)
        return replace(
            drawn,
            values=tuple(option.value for option in ranked),
            ranked=ranked,
            options=left,
            may_add=len(ranked) < self.limit,
        )
