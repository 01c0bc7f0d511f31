"""The words round about the questions, one file a language: buttons, help, thanks, refusals."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from surveys.phrases.learned import recall

ENGLISH = "en"

_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


def say(language: str, text: str, /, **values: object) -> str:
    """Say an English text in a language, each `{name}` that is given replaced; other braces stay as they are.

    `language` is a BCP 47 tag. Where it has no such text its primary language is asked, as pl for pl-PL;
    where that has none either, the text itself is said. Words that were learned stand in place of all that
    come with Cascade: beside what a person has signed, nothing is said that nobody has read.
    """
    tag = language.lower()
    primary = tag.partition("-")[0]
    said = _words(tag).get(text) or (_words(primary).get(text) if tag != primary else None)
    return fill(said or text, values)


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put each given value where its `{name}` stands, once over: braces in a value are not looked at."""
    return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), text)


def places(text: str) -> frozenset[str]:
    """The names a text has a `{name}` for."""
    return frozenset(_PLACE.findall(text))


def languages() -> tuple[str, ...]:
    """The tags of the languages there are words in, English first, then by tag."""
    return tuple(sorted(_shelf(), key=lambda tag: (tag != ENGLISH, tag)))


def phrases(language: str) -> Mapping[str, str]:
    """What comes with Cascade in exactly this language, by its English text; empty where there is nothing."""
    return _shelf().get(language, {})


def _words(language: str) -> Mapping[str, str]:
    learned = recall(language)
    return phrases(language) if learned is None else learned


@cache
def _shelf() -> dict[str, dict[str, str]]:
    return {
        entry.name.removesuffix(".json"): json.loads(entry.read_text("utf-8"))
        for entry in files(__name__).iterdir()
        if entry.name.endswith(".json")
    }
