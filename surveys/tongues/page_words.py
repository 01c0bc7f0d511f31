"""Page words: all that pages say round about the questions, as one body of texts to be translated."""

from collections.abc import Mapping

from surveys.helplines import shipped
from surveys.phrases import ENGLISH, phrases

#: What the body is called where a form would be named; no form may bear this key.
PAGES = "pages"
VERSION = 1
TITLE = "The words around the questions"
#: The texts of a number, each by language.
TEXTS_OF_NUMBER = ("name", "note", "hours")


def shared_words(language: str = ENGLISH) -> dict[str, str]:
    """What comes with Cascade in a language, by its English text: its own words and the public numbers'.

    Numbers for staff are left out. In English it is everything there is to translate, in order.
    """
    found = dict(phrases(language))
    for line in shipped():
        if line["audience"] != "staff":
            found |= words_in((line["name"], line["note"], line["hours"]), language)
    return found


def words_in(texts: tuple[Mapping[str, str], ...], language: str) -> dict[str, str]:
    """What texts kept by language say in one of them, by their English."""
    return {
        each[ENGLISH]: each[language]
        for each in texts
        if any(letter.isalpha() for letter in each.get(ENGLISH, "")) and each.get(language, "").strip()
    }


def place_of(text: str) -> str:
    """Where a text stands, in a few words for its translator."""
    return "every page" if text in phrases(ENGLISH) else "the numbers of those who help"
