"""Note: words between questions; nothing is answered."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from surveys.condition import Value
from surveys.keystrokes import Raw
from surveys.question import Question, Refusal


@dataclass(frozen=True, kw_only=True)
class Note(Question):
    """Words to read; `label` is the text."""

    asks: ClassVar[bool] = False
    kind: Literal["note"]

    @property
    def names(self) -> tuple[str, ...]:
        """No field at all."""
        return ()

    def read(self, raw: Raw, today: date | None) -> Value | Refusal | None:
        """Never an answer."""
        return None

    def faults(self) -> list[str]:
        """Settings that only a question can have."""
        return ["a note cannot be required"] if self.required else []
