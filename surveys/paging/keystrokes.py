"""Keystrokes: what keyboards, phones and browsers send, made plain before anyone reads it."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

Raw = Mapping[str, Sequence[str]]

MAX_TEXT = 20_000
"""The longest text any form may allow, in characters; longer input is cut one past it, and so refused."""

MAX_VALUES = 501
"""One more value than the longest list of choices; what lies beyond is not read."""

# Control characters and halves of letters cannot be stored everywhere. Marks that override the direction
# can make a line read as something it is not, and those of no width make empty answers look given; Urdu and
# Arabic need none of them (the joiners they do need stay).
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2010": "-", "\u2011": "-"})


def tidy(raw: Raw, owned: Callable[[str], bool]) -> dict[str, list[str]]:
    """Keep the fields of `raw` that are owned, each text bounded and free of control characters."""
    return {
        name: [plain(text) for text in texts[:MAX_VALUES]]
        for name, texts in raw.items()
        if texts and owned(name)
    }


def by_line(raw: Raw) -> dict[str, dict[str, list[str]]]:
    """What was typed in each line of a table, `groups.g1`, under the names of its questions."""
    lines: dict[str, dict[str, list[str]]] = {}
    for name, texts in raw.items():
        line, dot, field = name.rpartition(".")
        if dot:
            lines.setdefault(line, {})[field] = list(texts)
    return lines


def plain(text: str) -> str:
    """One spelling for each text: LF line ends, composed letters, nothing unprintable or unstorable."""
    if text.isascii() and text.isprintable():
        return text[: MAX_TEXT + 1]  # as most texts are
    lines = text[: 2 * MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", lines))[: MAX_TEXT + 1]


def ascii_digits(text: str) -> str:
    """The same text with every digit, whatever its script, written 0 to 9, and every minus or dash as `-`."""
    if text.isascii():
        return text
    return "".join(_digit(letter) for letter in text.translate(_MINUS))


def _digit(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)
