"""Single, multiple and yes or no: questions answered by choosing from a list."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, StringConstraints
from pydantic import Field as Setting

from surveys.condition import STRICT, Value
from surveys.field import Field, Option
from surveys.keystrokes import Raw
from surveys.question import Label, Question, Refusal, Wording, take_one


@dataclass(frozen=True)
class Choice:
    """One choice: `value` is stored and never changes; `alone` cannot be chosen together with others."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    value: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
    label: Label
    hint: Wording = ""
    alone: bool = False


Choices = Annotated[tuple[Choice, ...], Setting(min_length=2, max_length=500)]
_YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))


@dataclass(frozen=True, kw_only=True)
class Chosen(Question):
    """Any question answered from a list."""

    @property
    @abstractmethod
    def listed(self) -> tuple[Choice, ...]:
        """The choices in the order shown."""

    def say(self, value: Value) -> str:
        """The labels of what was chosen."""
        labels = {choice.value: choice.label for choice in self.listed}
        chosen = value if isinstance(value, tuple) else (str(value),)
        return "; ".join(labels.get(each, each) for each in chosen)

    def lacks(self) -> str:
        """Ask for a choice."""
        return self.missing or f"Please choose an answer: {self.title}"

    def draw(self, raw: Raw) -> Field:
        """The choices, those chosen marked."""
        field = super().draw(raw)
        # The first option carries the field's own id, so that an error summary lands on it.
        options = tuple(
            Option(
                id=self.name if place == 1 else f"{self.name}-{place}",
                value=choice.value,
                label=choice.label,
                hint=choice.hint,
                checked=choice.value in field.values,
                alone=choice.alone,
            )
            for place, choice in enumerate(self.listed, 1)
        )
        return replace(field, options=options)

    def faults(self) -> list[str]:
        """Choices that cannot be told apart."""
        counted = Counter(choice.value for choice in self.listed)
        return [f'choice "{value}" is there {times} times' for value, times in counted.items() if times > 1]

    def offers(self) -> frozenset[str] | None:
        """The values of the choices."""
        return frozenset(choice.value for choice in self.listed)


@dataclass(frozen=True, kw_only=True)
class OneOf(Chosen):
    """Any question of which one choice is the answer."""

    def read(self, raw: Raw, today: date | None) -> Value | Refusal | None:
        """The chosen value."""
        text = take_one(raw, self.name)
        if isinstance(text, Refusal) or not text:
            return text or None
        return text if text in (self.offers() or ()) else Refusal(_unknown(self.title))


@dataclass(frozen=True, kw_only=True)
class Single(OneOf):
    """One choice from a list."""

    kind: Literal["single"]
    choices: Choices

    @property
    def listed(self) -> tuple[Choice, ...]:
        """The choices as written."""
        return self.choices


@dataclass(frozen=True, kw_only=True)
class YesNo(OneOf):
    """Yes or no; the answer is the text `yes` or `no`."""

    kind: Literal["yes_no"]

    @property
    def listed(self) -> tuple[Choice, ...]:
        """Yes, then no."""
        return _YES_NO


@dataclass(frozen=True, kw_only=True)
class Multiple(Chosen):
    """Any number of choices from a list."""

    kind: Literal["multiple"]
    choices: Choices

    @property
    def listed(self) -> tuple[Choice, ...]:
        """The choices as written."""
        return self.choices

    def read(self, raw: Raw, today: date | None) -> Value | Refusal | None:
        """The chosen values, each once, in the order of the list."""
        wanted = {text.strip() for text in raw.get(self.name, ())} - {""}
        if wanted - (self.offers() or frozenset()):
            return Refusal(_unknown(self.title))
        chosen = tuple(choice for choice in self.choices if choice.value in wanted)
        lone = next((choice for choice in chosen if choice.alone), None)
        if lone and len(chosen) > 1:
            return Refusal(f"{self.title}: choose either “{lone.label}” or the others, not both")
        return _values(chosen) or None


def _values(choices: Iterable[Choice]) -> tuple[str, ...]:
    return tuple(choice.value for choice in choices)


def _unknown(title: str) -> str:
    return f"{title}: please choose from the list"
