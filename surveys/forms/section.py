"""Section: questions that belong together, filled by one colleague at a time."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import ConfigDict
from pydantic import Field as Setting

from surveys.forms.question import STRICT, Label, Name, Rule, Wording
from surveys.kinds import AnyQuestion

#: What the section is named in which somebody signs for all the others.
SIGN_OFF = "sign_off"


@dataclass(frozen=True, kw_only=True)
class Section:
    """Questions that belong together; `relevant` holds for all of them, beside their own."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: Name
    title: Label
    questions: Annotated[tuple[AnyQuestion, ...], Setting(min_length=1, max_length=100)]
    intro: Wording = ""
    relevant: Rule = ""

    @property
    def is_sign_off(self) -> bool:
        """Whether it is signed by whoever answers for the whole, so that no colleague is invited to it."""
        return self.name == SIGN_OFF

    @property
    def tick(self) -> str:
        """The field in which somebody ticks that the answers carried from last time are still true."""
        return f"still_true.{self.name}"

    def owns(self, name: str) -> bool:
        """Whether a field is one of its questions', or its tick."""
        return name == self.tick or any(question.owns(name) for question in self.questions)
