"""Text, long text and reference: questions answered in a person's own words."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field as Setting

from surveys.answering.value import Plain
from surveys.forms.question import Question, Refusal, take_one
from surveys.paging.field import Field
from surveys.paging.keystrokes import MAX_TEXT, Raw

Limit = Annotated[int, Setting(ge=1, le=MAX_TEXT)]


@dataclass(frozen=True, kw_only=True)
class Written(Question):
    """Any question answered in writing; lengths in characters, a line end counting as one."""

    free_text: ClassVar[bool] = True
    max_length: Limit
    min_length: Limit = 1

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """The text without spaces around it."""
        text = take_one(raw, self.name)
        if isinstance(text, Refusal) or not text:
            return text or None
        if len(text) > self.max_length:
            words = "{title} must be {limit} characters or fewer"
            if len(text) <= MAX_TEXT:
                words += " (it has {length})"
            return self.refuse(words, limit=f"{self.max_length:,}", length=f"{len(text):,}")
        if len(text) < self.min_length:
            return self.refuse("{title} needs a few more words")
        return text

    def draw(self, raw: Raw) -> Field:
        """A box with its limit."""
        return replace(super().draw(raw), max_length=self.max_length)

    def faults(self) -> list[str]:
        """Limits that no text can meet."""
        return ["min_length is more than max_length"] if self.min_length > self.max_length else []


@dataclass(frozen=True, kw_only=True)
class Text(Written):
    """A text on one line; line ends become spaces."""

    kind: Literal["text"]
    max_length: Limit = 200

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """The text, on one line."""
        joined = {self.name: [" ".join(text.split()) for text in raw.get(self.name, ())]}
        return super().read(joined, today)


@dataclass(frozen=True, kw_only=True)
class LongText(Written):
    """A text of several lines."""

    kind: Literal["long_text"]
    max_length: Limit = 500

    def draw(self, raw: Raw) -> Field:
        """A box of several lines."""
        return replace(super().draw(raw), rows=4 if self.max_length <= 500 else 8)


@dataclass(frozen=True, kw_only=True)
class Reference(Written):
    """Where something is kept: a document reference or a link, as text; nothing is fetched or opened."""

    kind: Literal["reference"]
    max_length: Limit = 300

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """The reference, on one line."""
        joined = {self.name: [" ".join(text.split()) for text in raw.get(self.name, ())]}
        return super().read(joined, today)
