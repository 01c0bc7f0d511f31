"""Submission: what a browser posted, bounded before anybody reads it."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.requests import Request

from surveys.paging.turn import Press

#: More fields than the largest form has.
MOST_FIELDS = 1_000
#: Fields of our own that hold several words.
OURS = ("revisions",)
_WORD = re.compile(r"[a-zA-Z0-9_-]{8,64}")
#: What no keyboard types and no database keeps: control characters but tabs and line ends, lone surrogates.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came: the name its sender's machine gave it, which says nothing, and its bytes.

    `content` is None where it was left unread, since it, or all that came with it, was too much; `size` is
    told all the same.
    """

    name: str
    content: bytes | None
    size: int


@dataclass(frozen=True, slots=True)
class Submission:
    """Field name → the texts sent under it, in order; and the files likewise."""

    fields: dict[str, list[str]]
    files: Mapping[str, list[Sent]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The first text of a field without spaces around it; empty when there is none."""
        return "".join(self.fields.get(name, ())[:1]).strip()

    def pick(self, owned: Callable[[str], bool]) -> dict[str, list[str]]:
        """The fields that were sent and are somebody's, as those of a form."""
        return {name: texts for name, texts in self.fields.items() if owned(name)}

    def number(self, name: str) -> int:
        """A whole number that a page of ours put into a field; 0 where there is none."""
        text = self.one(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

    @property
    def press(self) -> Press:
        """Which button of which page was pressed."""
        return Press(self.one("page"), self.one("back"), self.one("act"))

    @property
    def word(self) -> str:
        """The random word its page was given; empty if it is lost, or was given none."""
        word = self.one("submission")
        return word if _WORD.fullmatch(word) else ""

    @property
    def id(self) -> str:
        """The same, so that a double press is known; a fresh one if it is lost."""
        return self.word or new_id()

    @property
    def sentences(self) -> list[str]:
        """What was written in more than one word, where it is not known what was asked."""
        told = (text for name, texts in self.fields.items() if name not in OURS for text in texts)
        return [text for text in told if len(text.split()) > 1]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every name and text, to be carried along."""
        return [(name, text) for name, texts in self.fields.items() for text in texts]


def new_id() -> str:
    """A random word for one showing of a page."""
    return secrets.token_urlsafe(16)


async def read_submission(request: Request, *, most_files: int = 0, most_bytes: int = 0) -> Submission:
    """Read the posted form, without control characters; of its files no more than so many bytes together.

    More files are refused with 400, as is what cannot be read.
    """
    fields: dict[str, list[str]] = {}
    files: dict[str, list[Sent]] = {}
    room = most_bytes
    # Closed at the end: a box in which nothing was chosen holds an open file as well.
    async with request.form(max_fields=MOST_FIELDS, max_files=most_files) as form:
        for name, value in form.multi_items():
            plain = _UNWRITABLE.sub("", name)
            if isinstance(value, str):
                fields.setdefault(plain, []).append(_UNWRITABLE.sub("", value))
            elif most_files and (value.filename or value.size):
                size = value.size or 0
                content = await value.read() if size <= room else None
                room -= len(content or b"")
                files.setdefault(plain, []).append(Sent(value.filename or "", content, size))
    return Submission(fields, files)
