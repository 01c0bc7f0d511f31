"""Learned: words that people have written for a language, in place of those that come with Cascade."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Learned:
    """The words of one language by their English text, and what they are recognised by."""

    digest: str
    words: Mapping[str, str]


# What a process says of itself is the same for every board, so one shelf serves them all. Each entry is
# put in its place whole, and whoever reads it meanwhile holds the one before.
_SHELF: dict[str, Learned] = {}


def learn(language: str, digest: str, words: Mapping[str, str]) -> None:
    """Say these words in a language from now on. A text that is not among them is said in English."""
    _SHELF[language.lower()] = Learned(digest, dict(words))


def forget(language: str) -> None:
    """Say again in a language what comes with Cascade."""
    _SHELF.pop(language.lower(), None)


def digests() -> dict[str, str]:
    """What the words of each learned language are recognised by, by its tag in small letters."""
    return {language: one.digest for language, one in _SHELF.items()}


def digest_of(language: str) -> str:
    """What the words said in a language are recognised by; empty where they are those of Cascade alone."""
    tag = language.lower()
    found = _SHELF.get(tag) or _SHELF.get(tag.partition("-")[0])
    return found.digest if found else ""


def recall(language: str) -> Mapping[str, str] | None:
    """The learned words of exactly this language; None where none were learned."""
    found = _SHELF.get(language.lower())
    return found.words if found else None
