"""The words round about the questions."""

import re

import pytest

from surveys.phrases import fill, languages, phrases, places, say
from tests.surveys.spoken import in_module, in_template, spoken

ENGLISH = phrases("en")
OTHERS = [language for language in languages() if language != "en"]
OWN_LETTERS = re.compile("[\u0620-\u06d3]")
SENTENCE_END = re.compile(r"[.?!:](?:\s|$)|\n")
EACH = pytest.mark.parametrize("language", OTHERS)


def test_english_easy_read_polish_and_urdu_are_there() -> None:
    assert languages() == ("en", "en-x-easy", "pl", "ur")


def test_english_says_what_is_written_in_the_code() -> None:
    assert {text: text for text in ENGLISH} == ENGLISH


@pytest.mark.parametrize("language", languages())
def test_every_text_the_code_says_is_there_in_every_language(language: str) -> None:
    lacking = {text: where for text, where in spoken().items() if not phrases(language).get(text, "").strip()}
    assert lacking == {}, f"add these to surveys/phrases/{language}.json"


@EACH
def test_no_language_has_a_text_that_english_does_not_have(language: str) -> None:
    assert phrases(language).keys() == ENGLISH.keys()


@EACH
def test_no_language_loses_or_invents_a_place_for_a_word(language: str) -> None:
    assert [text for text, said in phrases(language).items() if places(said) != places(text)] == []


@EACH
def test_what_scripts_count_stays_where_they_look_for_it(language: str) -> None:
    counted = [text for text in ENGLISH if "%{count}" in text]
    assert counted
    assert all("%{count}" in phrases(language)[text] for text in counted)


@pytest.mark.parametrize("language", ["pl", "ur"])
def test_no_text_was_left_in_english(language: str) -> None:
    assert [text for text, said in phrases(language).items() if said == text] == []


def test_urdu_is_written_in_its_own_letters() -> None:
    assert [said for said in phrases("ur").values() if not OWN_LETTERS.search(said)] == []


def test_easy_read_has_short_sentences() -> None:
    sentences = (each for said in phrases("en-x-easy").values() for each in SENTENCE_END.split(said))
    assert [each for each in sentences if len(each.split()) > 12] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("pl", "Prosimy odpowiedzieć na pytanie: Wiek"),
        ("pl-PL", "Prosimy odpowiedzieć na pytanie: Wiek"),
        ("PL", "Prosimy odpowiedzieć na pytanie: Wiek"),
        ("en-x-easy", "Please answer: Wiek"),
        ("en-GB", "Please answer: Wiek"),
        ("ro", "Please answer: Wiek"),
        ("../pl", "Please answer: Wiek"),
    ],
)
def test_a_text_is_said_in_the_nearest_language(language: str, said: str) -> None:
    assert say(language, "Please answer: {title}", title="Wiek") == said


def test_a_text_nobody_translated_is_said_in_english() -> None:
    assert say("pl", "Nobody wrote {this}", this="that") == "Nobody wrote that"


def test_only_what_is_given_is_replaced() -> None:
    assert say("en", "{title} and {other}, {9}, {}", title="This") == "This and {other}, {9}, {}"


def test_braces_in_an_answer_stay_what_was_typed() -> None:
    assert say("en", "{one} {two}", one="{two}", two="{one}") == "{two} {one}"
    assert fill("{title}", {"title": r"\1 {title}"}) == r"\1 {title}"


def test_a_text_may_have_places_called_as_the_arguments_are() -> None:
    assert say("en", "{language} {text}", language="a", text="b") == "a b"


def test_what_the_code_says_is_found_however_it_is_written() -> None:
    source = '''
from surveys.phrases import say
from surveys.forms.question import Refusal
LATER = "Said by name"
TABLE = {"a": "Said from a table"}
def speak(tag, wild):
    """Not said at all."""
    say(tag, "Said " "outright")
    say(tag, "Said so" if wild else "Said otherwise")
    say(tag, LATER)
    say(tag, TABLE["a"])
    Refusal("Said as a refusal", {})
    self.refuse("Said of {title}")
    words = "{title} said in passing"
    other("Not said")
'''
    assert in_module(source) == {
        "Said outright",
        "Said so",
        "Said otherwise",
        "Said by name",
        "Said from a table",
        "Said as a refusal",
        "Said of {title}",
        "{title} said in passing",
    }
    assert in_module('class A:\n    """No."""\n    b = f("Said to families")\n', "bot/web/open/a.py") == {
        "Said to families"
    }
    assert in_module('from bot.cli import say\nsay(1, "To the office")\n') == set()
    assert in_template(
        '<p>{{ word("So") }}{{ word("He \\"says\\"", a=b) }}{{ say("Too") }}{{ wording("No") }}</p>'
    ) == {
        "So",
        'He "says"',
        "Too",
    }
