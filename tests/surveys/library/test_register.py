"""How people are addressed: adults as strangers, children as friends, and on shared pages as neither."""

import re

import pytest

from surveys import library
from surveys.helplines import shipped
from surveys.phrases import phrases

#: Polish as one speaks to a child or a friend.
FAMILIAR = re.compile(
    r"\b(?:ci|cię|ciebie|tobie|tobą|two(?:ja|je|jego|jej|ją|im|imi|ich)|twój|"
    r"\w+(?:esz|isz|ysz|asz)|jesteś|\w+[aeiy]łaś|\w+[aeiy]łeś|"
    r"podaj|odpowiedz|zaznacz|zapytaj|odczekaj|zadzwoń|naciśnij|wpisz|spróbuj|wróć|dopisz)\b",
    re.IGNORECASE,
)
#: Not of the second person, though they end as if they were.
OTHERWISE = {"nasz", "też", "wasz", "zasz"}
#: Urdu as one speaks to a child or a friend: everybody is addressed as آپ.
URDU_FAMILIAR = re.compile(r"(?<!\w)(?:تم|تمہارا|تمہاری|تمہارے|تمہیں|تو نے|تیرا|تیری|تیرے|تجھے)(?!\w)")


def familiar(text: str) -> list[str]:
    """The words of a text that speak to a friend."""
    return [word for word in FAMILIAR.findall(text) if word.lower() not in OTHERWISE]


def said(key: str, language: str) -> list[str]:
    """What a shipped form says in a language."""
    [found] = [one for one in library.translations(key, 1) if one.language == language]
    return list(found.texts.values())


def shared(language: str) -> list[str]:
    """What every page says, whoever reads it."""
    numbers = [
        texts.get(language, "")
        for one in shipped()
        if one["audience"] != "child"
        for texts in (one["name"], one["note"], one["hours"])
    ]
    return [*phrases(language).values(), *numbers]


def test_shared_words_in_polish_speak_to_nobody_as_to_a_friend() -> None:
    assert [(text, familiar(text)) for text in shared("pl") if familiar(text)] == []


def test_parents_are_addressed_as_strangers_in_polish() -> None:
    texts = said("s6", "pl")
    assert [(text, familiar(text)) for text in texts if familiar(text)] == []
    assert any("Państw" in text for text in texts)


@pytest.mark.parametrize("key", ["s5_younger", "s5_middle", "s5_older"])
def test_children_are_addressed_as_friends_in_polish(key: str) -> None:
    texts = said(key, "pl")
    assert any(familiar(text) for text in texts)
    assert [text for text in texts if "Państw" in text] == []


@pytest.mark.parametrize("key", ["", "s5_younger", "s5_middle", "s5_older", "s6"])
def test_everybody_is_addressed_with_respect_in_urdu(key: str) -> None:
    texts = said(key, "ur") if key else shared("ur")
    assert [text for text in texts if URDU_FAMILIAR.search(text)] == []
