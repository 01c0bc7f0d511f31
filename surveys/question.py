"""Question: what every kind of question has in common, and what each must be able to do."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, StringConstraints
from pydantic import Field as Setting

from surveys.condition import STRICT, Condition, Value
from surveys.field import Field
from surveys.keystrokes import Raw

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Source = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{0,39}\.[a-z][a-z0-9_]{0,39})?$")]
Wording = Annotated[str, StringConstraints(max_length=2000)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=500)]


@dataclass(frozen=True)
class Refusal:
    """Why a typed answer cannot be taken, in words for the person who typed it."""

    text: str


@dataclass(frozen=True)
class Comparison:
    """A rule between two answers: this one is `at_most` or `at_least` that of `question`.

    In `message`, `{name}` of the other question stands for its answer. An answer not given breaks no rule.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    rule: Annotated[Literal["at_most", "at_least"], Setting(alias="is")]
    question: Name
    message: Label

    def is_broken(self, value: Value, other: Value) -> bool:
        """Compare two answers of the same kind; dates are texts that sort as dates do."""
        match value, other:
            case (int(), int()) | (str(), str()):
                low, high = (value, other) if self.rule == "at_most" else (other, value)
                return low > high  # type: ignore[operator]  # the case has made sure that both are alike
            case _:
                return False


@dataclass(frozen=True, kw_only=True)
class Question(ABC):
    """One question. `name` never changes across versions and languages; `short` names it in a sentence.

    `relevant` says when it applies, looking at questions before it; `compare` holds it against others.
    `prefill` is `form.question` of an earlier answer to start from. `missing` is said when a required
    answer is not there. `notice` is shown at a box where people write freely.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    asks: ClassVar[bool] = True
    free_text: ClassVar[bool] = False
    comparable: ClassVar[bool] = False

    kind: str
    name: Name
    label: Label
    short: Wording = ""
    hint: Wording = ""
    required: bool = False
    missing: Wording = ""
    relevant: Condition | None = None
    compare: Annotated[tuple[Comparison, ...], Setting(max_length=20)] = ()
    prefill: Source = ""
    notice: Wording = ""

    @property
    def title(self) -> str:
        """The short name where there is one, else the label."""
        return self.short or self.label

    @property
    def names(self) -> tuple[str, ...]:
        """Every field name under which an answer may come in."""
        return (self.name,)

    @abstractmethod
    def read(self, raw: Raw, today: date | None) -> Value | Refusal | None:
        """Understand what was typed; None where nothing was. `today` bounds dates where it is known."""

    def write(self, value: Value) -> dict[str, list[str]]:
        """Put a value back into the form in which it could have been typed; `read` gives the value again."""
        return {self.name: list(value) if isinstance(value, tuple) else [str(value)]}

    def say(self, value: Value) -> str:
        """The value in plain words, for a summary."""
        return ", ".join(value) if isinstance(value, tuple) else str(value)

    def lacks(self) -> str:
        """What to say when a required answer is not there."""
        return self.missing or f"Please answer: {self.title}"

    def draw(self, raw: Raw) -> Field:
        """The question with what has been typed so far, right or wrong."""
        return Field(
            kind=self.kind,
            name=self.name,
            id=self.name,
            label=self.label,
            hint=self.hint,
            required=self.required,
            values=tuple(raw.get(self.name, ())),
        )

    def faults(self) -> list[str]:
        """What contradicts itself in how the question was written; empty when all is well."""
        return []

    def offers(self) -> frozenset[str] | None:
        """The values a condition may test for; None where any text may be the answer."""
        return None


def take_one(raw: Raw, name: str) -> str | Refusal:
    """The one text typed into a field, without spaces around it; several different ones are refused."""
    texts = {text.strip() for text in raw.get(name, ())} - {""}
    if len(texts) > 1:
        return Refusal("Please give one answer only")
    return next(iter(texts), "")


def spell(message: str, values: Mapping[str, str]) -> str:
    """Put the words for `{name}` into a message; other braces stay as they are."""
    for name, words in values.items():
        message = message.replace("{" + name + "}", words)
    return message
