"""Single, multiple, yes or no, and faces: questions answered by choosing from a list."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import ConfigDict, StringConstraints
from pydantic import Field as Setting

from surveys.answering.value import Plain
from surveys.forms.question import STRICT, Label, Question, Refusal, Rule, Wording, take_one
from surveys.paging.field import Field, Option
from surveys.paging.keystrokes import Raw
from surveys.paging.pictures import Picture
from surveys.phrases import ENGLISH

MOST_CHOICES = 500

#: A form, a table in it and a column of that, with points between; or nothing.
COLUMN = r"^([a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){2})?$"

FROM_THE_LIST = "{title}: please choose from the list"


@dataclass(frozen=True)
class Choice:
    """One choice: `value` is stored and never changes; `alone` cannot be chosen together with others.

    `columns` are what a filter may look at, such as {"country": "uk"}. `face` is 1 (saddest) to 5 (happiest),
    `picture` a drawing that stands beside the words.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    value: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$")]
    label: Label
    hint: Wording = ""
    alone: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    face: Annotated[int, Setting(ge=0, le=5)] = 0
    picture: Picture = ""


Choices = Annotated[tuple[Choice, ...], Setting(min_length=1, max_length=MOST_CHOICES)]


@dataclass(frozen=True, kw_only=True)
class Chosen(Question):
    """Any question answered from a list."""

    @property
    def listed(self) -> tuple[Choice, ...]:
        """The choices in the order shown."""
        raise NotImplementedError

    def say(self, value: Plain, language: str = ENGLISH) -> str:
        """The labels of what was chosen."""
        labels = {choice.value: choice.label for choice in self.listed}
        chosen = value if isinstance(value, tuple) else (str(value),)
        return "; ".join(labels.get(each, each) for each in chosen)

    def lacks(self) -> Refusal:
        """Ask for a choice."""
        return self.refuse("Please choose an answer: {title}")

    def draw(self, raw: Raw) -> Field:
        """The choices, those chosen marked."""
        drawn = super().draw(raw)
        return replace(drawn, options=tuple(self.options(drawn.values)))

    def options(self, chosen: Iterable[str]) -> list[Option]:
        """The choices as options, the first of which carries the field's own id for an error summary."""
        marked = set(chosen)
        return [
            Option(
                id=self.name if place == 1 else f"{self.name}-{place}",
                value=choice.value,
                label=choice.label,
                hint=choice.hint,
                checked=choice.value in marked,
                alone=choice.alone,
                face=choice.face,
                picture=choice.picture,
            )
            for place, choice in enumerate(self.listed, 1)
        ]

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

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """The chosen value."""
        text = take_one(raw, self.name)
        if isinstance(text, Refusal) or not text:
            return text or None
        return text if text in (self.offers() or ()) else self.refuse(FROM_THE_LIST)


@dataclass(frozen=True, kw_only=True)
class Listed(Chosen):
    """Any question whose choices are written with it; `choice_filter` tells which of them are offered."""

    choices: Choices
    choice_filter: Rule = ""

    @property
    def listed(self) -> tuple[Choice, ...]:
        """The choices as written."""
        return self.choices

    def narrow(self, offered: Callable[[Choice], bool]) -> Self:
        """The same question with the choices alone that are offered now."""
        return replace(self, choices=tuple(choice for choice in self.choices if offered(choice)))


@dataclass(frozen=True, kw_only=True)
class Single(Listed, OneOf):
    """One choice from a list."""

    kind: Literal["single"]


@dataclass(frozen=True, kw_only=True)
class Faces(Listed, OneOf):
    """One of a few faces, each with its words; after them may stand others without, as "I don't know"."""

    kind: Literal["faces"]

    def faults(self) -> list[str]:
        """Choices without a face before one that has it, or with none before them."""
        faces = [choice.face for choice in self.choices]
        last = max((place for place, face in enumerate(faces) if face), default=len(faces))
        return super().faults() + [
            f'choice "{choice.value}" needs a face from 1 to 5'
            for choice in self.choices[: last + 1]
            if not choice.face
        ]


@dataclass(frozen=True, kw_only=True)
class YesNo(OneOf):
    """Yes or no; the answer is the text `yes` or `no`."""

    kind: Literal["yes_no"]
    yes: Label = "Yes"
    no: Label = "No"

    @property
    def listed(self) -> tuple[Choice, ...]:
        """Yes, then no."""
        return (Choice("yes", self.yes), Choice("no", self.no))


@dataclass(frozen=True, kw_only=True)
class Multiple(Listed):
    """Any number of choices from a list, or at most `most`.

    With `choices_from` what was said before stands in front of the list: `tna.courses.course_title` is that
    column of a table in an earlier answer, `board.lessons.title` the lessons that the board has sent. Such a
    choice is kept as its words, so that an answer can be read for ever.
    """

    kind: Literal["multiple"]
    most: Annotated[int, Setting(ge=0, le=MOST_CHOICES)] = 0
    choices_from: Annotated[str, StringConstraints(pattern=COLUMN)] = ""

    def among(self, told: Iterable[str]) -> Self:
        """The same question with some words in front of its own choices, each once."""
        own = {choice.value for choice in self.choices}
        words = dict.fromkeys(" ".join(text.split()) for text in told)
        found = tuple(Choice(text, text) for text in words if text and text not in own)
        return replace(self, choices=(*found, *self.choices)[-MOST_CHOICES:])

    def weigh(self, value: Plain) -> str | float:
        """The values with spaces between; words that were said before hold none."""
        if not self.choices_from or not isinstance(value, tuple):
            return super().weigh(value)
        return " ".join(each.replace(" ", "_") for each in value)

    def begin(self) -> dict[str, list[str]]:
        """The default's values, written with spaces between."""
        return {self.name: self.default.split()} if self.default else {}

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """The chosen values, each once, in the order of the list."""
        wanted = {text.strip() for text in raw.get(self.name, ())} - {""}
        if wanted - (self.offers() or frozenset()):
            return self.refuse(FROM_THE_LIST)
        chosen = tuple(choice for choice in self.choices if choice.value in wanted)
        lone = next((choice for choice in chosen if choice.alone), None)
        if lone and len(chosen) > 1:
            return self.refuse("{title}: choose either “{alone}” or the others, not both", alone=lone.label)
        if self.most and len(chosen) > self.most:
            return Refusal("Choose no more than {most}", {"most": str(self.most)})
        return tuple(choice.value for choice in chosen) or None
