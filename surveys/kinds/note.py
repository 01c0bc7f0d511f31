"""Note and help: words between questions; nothing is answered."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from surveys.answering.value import Plain
from surveys.forms.question import Question, Refusal
from surveys.paging.keystrokes import Raw


@dataclass(frozen=True, kw_only=True)
class Silent(Question):
    """Anything that is read and not answered; `label` is the text."""

    asks: ClassVar[bool] = False
    never: ClassVar[tuple[str, ...]] = ("constraint",)

    @property
    def names(self) -> tuple[str, ...]:
        """No field at all."""
        return ()

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """Never an answer."""
        return None

    def faults(self) -> list[str]:
        """Settings that only a question can have."""
        found = [f"a {self.kind} cannot be required"] if self.required else []
        return found + [
            f"a {self.kind} cannot have a {setting}"
            for setting in ("default", "prefill", *self.never)
            if getattr(self, setting)
        ]


@dataclass(frozen=True, kw_only=True)
class Note(Silent):
    """Words to read.

    `about_contact` where they tell families how to be contacted: left out wherever that is not offered.
    """

    kind: Literal["note"]
    about_contact: bool = False


@dataclass(frozen=True, kw_only=True)
class Help(Silent):
    """Words to read above the whole of the help panel, before the next question."""

    kind: Literal["help"]
