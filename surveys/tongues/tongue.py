"""Tongue: a language as its own speakers write its name, and the way its lines run."""

from collections.abc import Iterable
from dataclasses import dataclass

#: The languages most spoken in Berkshire after English, and those of people newly come, by their own names.
NAMES = {
    "en": "English",
    "en-x-easy": "Easy Read English",
    "ar": "العربية",
    "bn": "বাংলা",
    "es": "Español",
    "fa": "فارسی",
    "hi": "हिन्दी",
    "ne": "नेपाली",
    "pa": "ਪੰਜਾਬੀ",
    "pl": "Polski",
    "ps": "پښتو",
    "pt": "Português",
    "ro": "Română",
    "uk": "Українська",
    "ur": "اردو",
}
#: Primary tags of languages whose usual script runs from right to left.
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
#: Its sentences are short, one idea a line, and its type is large.
EASY = "en-x-easy"
#: The language that every form is written in first.
FIRST = "en"


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: its BCP 47 tag, its name in itself, and "ltr" or "rtl"."""

    tag: str
    name: str
    direction: str

    @property
    def is_easy(self) -> bool:
        """Whether it is Easy Read."""
        return self.tag == EASY


def find_tongue(tag: str) -> Tongue:
    """The language of a tag; one that has no name here is called by its tag."""
    primary = tag.lower().partition("-")[0]
    name = NAMES.get(tag.lower()) or NAMES.get(primary) or tag
    return Tongue(tag, name, "rtl" if primary in RIGHT_TO_LEFT else "ltr")


def in_order(tags: Iterable[str]) -> list[str]:
    """Tags as they are offered: English, Easy Read, then the others."""
    return sorted(set(tags), key=lambda tag: (tag != FIRST, tag != EASY, tag))
