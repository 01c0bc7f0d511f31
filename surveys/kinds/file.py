"""File: documents given as evidence; the answer holds their identifiers, never their content."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import Field as Setting

from surveys.answering.value import Plain
from surveys.forms.question import Question, Refusal
from surveys.paging.field import Field
from surveys.paging.keystrokes import Raw
from surveys.phrases import ENGLISH

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Extension = Literal["pdf", "docx", "xlsx", "pptx", "odt", "ods", "png", "jpg", "txt", "csv"]
EXTENSIONS: tuple[Extension, ...] = get_args(Extension)


@dataclass(frozen=True, kw_only=True)
class File(Question):
    """Up to `most` files of some `types`; what they are is told by their content when they arrive."""

    kind: Literal["file"]
    most: Annotated[int, Setting(ge=1, le=10)] = 3
    types: tuple[Extension, ...] = EXTENSIONS

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """The identifiers of files that were kept before, each once."""
        given = tuple(dict.fromkeys(text.strip() for text in raw.get(self.name, ()) if text.strip()))
        if any(not _ID.fullmatch(each) for each in given):
            return self.refuse("{title}: this cannot be taken")
        if len(given) > self.most:
            return Refusal("Choose no more than {most}", {"most": str(self.most)})
        return given or None

    def draw(self, raw: Raw) -> Field:
        """The files kept so far, and whether there is room for another."""
        drawn = super().draw(raw)
        return replace(drawn, may_add=len(drawn.values) < self.most)

    def say(self, value: Plain, language: str = ENGLISH) -> str:
        """How many there are: their names stand elsewhere."""
        count = len(value) if isinstance(value, tuple) else 1
        return f"{count} file" if count == 1 else f"{count} files"
