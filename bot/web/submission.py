"""Submission: what a browser posted, bounded before anybody reads it."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request

#: More fields than the largest form has.
MOST_FIELDS = 1_000
_WORD = re.compile(r"[a-zA-Z0-9_-]{8,64}")
#: What no keyboard types and no database keeps: control characters but tabs and line ends, lone surrogates.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Submission:
    """Field name → the texts sent under it, in order."""

    fields: dict[str, list[str]]

    def one(self, name: str) -> str:
        """The first text of a field without spaces around it; empty when there is none."""
        return "".join(self.fields.get(name, ())[:1]).strip()

    def only(self, names: Iterable[str]) -> dict[str, list[str]]:
        """The fields of these names that were sent."""
        return {name: self.fields[name] for name in names if name in self.fields}

    @property
    def id(self) -> str:
        """The random word its page was given, so that a double press is known; a fresh one if it is lost."""
        word = self.one("submission")
        return word if _WORD.fullmatch(word) else new_id()

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every name and text, to be carried along."""
        return [(name, text) for name, texts in self.fields.items() for text in texts]


def new_id() -> str:
    """A random word for one showing of a page."""
    return secrets.token_urlsafe(16)


async def read_submission(request: Request) -> Submission:
    """Read the posted form, without control characters; files are refused with 400, as is the unreadable."""
    form = await request.form(max_fields=MOST_FIELDS, max_files=0)
    fields: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields.setdefault(_UNWRITABLE.sub("", name), []).append(_UNWRITABLE.sub("", value))
    return Submission(fields)
