"""Question: what every kind of question has in common, and what each must be able to do."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar

from pydantic import ConfigDict, StringConstraints
from pydantic import Field as Setting

from surveys.answering.value import Plain
from surveys.paging.field import Field
from surveys.paging.keystrokes import Raw
from surveys.paging.pictures import Picture
from surveys.phrases import ENGLISH

# The name of a question, or `form#question` for an earlier answer.
_PLACE = re.compile(r"\{([a-z][a-z0-9_-]{0,40}(?:#[a-z][a-z0-9_]{0,39})?)\}")

STRICT = ConfigDict(extra="forbid", strict=True)
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Source = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{0,39}\.[a-z][a-z0-9_]{0,39})?$")]
Wording = Annotated[str, StringConstraints(max_length=4000)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Rule = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]
"""An expression as XLSForm writes them, such as `${shared} = 'all'`; empty for none."""


@dataclass(frozen=True)
class Refusal:
    """Why a typed answer cannot be taken, in words for the person who typed it.

    `text` is a phrase in English, to be said in the language of the form with `values` put in, days in words.
    """

    text: str
    values: Mapping[str, str | date] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. `name` never changes across versions and languages; `short` names it in a sentence.

    `relevant` says when it applies, looking at questions before it; `constraint` holds its answer, written
    `.`, against a rule. `required` may be a rule too. `prefill` is `form.question` of an earlier answer to
    start from, `default` an answer as typed. `missing` is said when a required answer is not there. `notice`
    is shown at a box where people write freely. A `given` one is answered by the campaign, in its words of
    the same name or else by the default; it is asked only where neither says anything. The answer to a
    `personal` one names somebody: it leaves the house only where names are asked for. `picture` stands
    beside the question in Easy Read.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    asks: ClassVar[bool] = True
    free_text: ClassVar[bool] = False

    kind: str
    name: Name
    label: Label
    short: Wording = ""
    hint: Wording = ""
    required: bool | Rule = False
    missing: Wording = ""
    relevant: Rule = ""
    constraint: Rule = ""
    constraint_message: Wording = ""
    prefill: Source = ""
    notice: Wording = ""
    default: Annotated[str, Setting(max_length=500)] = ""
    given: bool = False
    personal: bool = False
    picture: Picture = ""

    @property
    def is_settled(self) -> bool:
        """Whether its answer is known before anybody is asked: it is shown, and cannot be changed."""
        return self.given and bool(self.default)

    @property
    def title(self) -> str:
        """The short name where there is one, else the label."""
        return self.short or self.label

    @property
    def is_hidden(self) -> bool:
        """Whether it is never shown."""
        return False

    @property
    def names(self) -> tuple[str, ...]:
        """Every field name under which an answer may come in."""
        return (self.name,)

    def owns(self, name: str) -> bool:
        """Whether a field name is one of its own."""
        return name in self.names

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """Understand what was typed; None where nothing was. `today` bounds dates where it is known."""
        raise NotImplementedError

    def write(self, value: Plain) -> dict[str, list[str]]:
        """Put a value back into the form in which it could have been typed; `read` gives the value again."""
        return {self.name: list(value) if isinstance(value, tuple) else [str(value)]}

    def begin(self) -> dict[str, list[str]]:
        """The default as it could have been typed; nothing where there is none."""
        return {self.name: [self.default]} if self.default else {}

    def say(self, value: Plain, language: str = ENGLISH) -> str:
        """The value in plain words, for a summary."""
        return ", ".join(value) if isinstance(value, tuple) else str(value)

    def weigh(self, value: Plain) -> str | float:
        """The value as rules see it: numbers as such, dates as day numbers, all else as text."""
        match value:
            case int() | float():
                return float(value)
            case tuple():
                return " ".join(value)
            case _:
                return value

    def lacks(self) -> Refusal:
        """What to say when a required answer is not there."""
        return self.refuse("Please answer: {title}")

    def refuse(self, text: str, **values: str | date) -> Refusal:
        """A refusal, whose text may name this question as `{title}`."""
        return Refusal(text, {"title": self.title, **values})

    def draw(self, raw: Raw) -> Field:
        """The question with what has been typed so far, right or wrong."""
        return Field(
            kind=self.kind,
            name=self.name,
            id=self.name,
            label=self.label,
            hint=self.hint,
            required=self.required is True,
            values=tuple(raw.get(self.name, ())),
            picture=self.picture,
        )

    def faults(self) -> list[str]:
        """What contradicts itself in how the question was written; empty when all is well."""
        return []

    def offers(self) -> frozenset[str] | None:
        """The values a rule may test for; None where any text may be the answer."""
        return None


def take_one(raw: Raw, name: str) -> str | Refusal:
    """The one text typed into a field, without spaces around it; several different ones are refused."""
    texts = {text.strip() for text in raw.get(name, ())} - {""}
    if len(texts) > 1:
        return Refusal("Please give one answer only")
    return next(iter(texts), "")


def spell(message: str, word: Callable[[str], str | None]) -> str:
    """Put the word for each `{name}` into a message; where there is none the braces stay as they are."""
    return _PLACE.sub(lambda place: _or(word(place[1]), place[0]), message)


def places_in(*messages: str) -> frozenset[str]:
    """The names that messages have a place for."""
    return frozenset(name for message in messages for name in _PLACE.findall(message))


def _or(word: str | None, otherwise: str) -> str:
    return otherwise if word is None else word
