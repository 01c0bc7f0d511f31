"""Translations of forms."""

from typing import Any

import pytest

from surveys.answering.answers import Answers, check
from surveys.errors import FormError
from surveys.forms.form import Form
from surveys.paging.journey import open_first
from surveys.paging.pages import Page
from surveys.tongues.translation import Translation, astray, missing, texts_of, translate
from tests.surveys.make import ask, choose, form


def in_polish(translated: Form, **texts: str) -> Translation:
    return Translation(
        form=translated.key, version=translated.version, language="pl", state="machine", texts=texts
    )


def everything() -> Form:
    return form(
        choose("single", "country", "uk", "pl", hint="Where you live", relevant=""),
        ask(
            "single",
            "town",
            choices=[
                {"value": "leeds", "label": "Leeds", "columns": {"label": "uk"}},
                {"value": "lodz", "label": "Lodz", "columns": {"label": "pl"}, "hint": "A city"},
            ],
            choice_filter="label = ${country}",
        ),
        ask("scale", "sure", labels={"1": "Not at all", "5": "Completely"}, short="How sure"),
        ask("integer", "staff", constraint=". < 9", constraint_message="Fewer than {sure}, please"),
        ask("calculated", "share", calculation="${staff} * 2", unit="days"),
        ask("calculated", "percent", calculation="${staff} * 2", unit="%"),
        ask("text", "word", required=True, missing="Say a word", notice="No names here.", default="Leeds"),
        ask(
            "matrix",
            "grid",
            lines=[{"value": "home", "label": "At home", "hint": "Where you sleep"}],
            columns=[choose("single", "now", "better", "worse")],
        ),
        ask("repeat", "courses", item="course", questions=[ask("text", "topic", label="Topic of it")]),
        ask("note", "closing", label="That is all"),
        intro="Welcome",
        consent="You choose",
    )


def test_every_text_people_read_is_found_once_and_in_order() -> None:
    found = texts_of(everything())
    assert len(found) == len(set(found))
    expected = [
        "Sample",
        "Tests.",
        "Country",
        "Where you live",
        "UK",
        "PL",
        "Leeds",
        "A city",
        "How sure",
        "Not at all",
        "Completely",
        "Fewer than {sure}, please",
        "days",
        "Say a word",
        "No names here.",
        "At home",
        "Where you sleep",
        "BETTER",
        "Topic of it",
        "course",
        "That is all",
        "You choose",
        "Welcome",
    ]
    assert [text for text in found if text in expected] == expected


def test_names_values_rules_and_signs_are_no_texts() -> None:
    assert set(texts_of(everything())).isdisjoint(
        {"%", "uk", "pl", "country", "${staff} * 2", "label = ${country}", "matrix", ". < 9"}
    )


def test_a_translated_form_keeps_its_names_values_and_rules() -> None:
    original = everything()
    loud = translate(original, in_polish(original, **{text: text.upper() for text in texts_of(original)}))
    assert loud.language == "pl"
    assert _upper(loud.to_json() | {"language": "en"}) == _upper(original.to_json() | {"language": "en"})
    raw = {"country": ["pl"], "town": ["lodz"], "word": ["dom"], "grid.home.now": ["better"]}
    answers = check(original, raw)
    assert isinstance(answers, Answers)
    assert check(loud, raw) == answers


def _upper(written: Any) -> Any:
    match written:
        case dict():
            return {key: _upper(value) for key, value in written.items()}
        case list():
            return [_upper(each) for each in written]
        case str():
            return written.upper()
        case _:
            return written


def test_a_choice_keeps_what_its_filter_looks_at() -> None:
    original = everything()
    said = translate(original, in_polish(original, uk="WRONG", pl="WRONG", UK="Anglia"))
    written = said.to_json()["sections"]
    assert "WRONG" not in str(written)
    assert "Anglia" in str(written)


def test_an_answer_that_looks_like_a_text_is_not_translated() -> None:
    original = everything()
    said = translate(original, in_polish(original, Leeds="WRONG"))
    assert said.questions["word"].default == "Leeds"


def test_what_is_not_translated_stays_as_it_is() -> None:
    original = form(ask("text", "word", label="A word"), ask("text", "other", label="Another"))
    said = translate(original, in_polish(original, **{"A word": "Słowo", "Another": "  "}))
    assert [question.label for question in said.questions.values()] == ["Słowo", "Another"]
    assert missing(original, in_polish(original, **{"A word": "Słowo", "Another": "  "})) == [
        "Sample",
        "Tests.",
        "Main",
        "Another",
        "Please name nobody.",
    ]


def test_yes_and_no_are_said_in_the_language_of_the_form() -> None:
    original = form(ask("yes_no", "sure"), ask("yes_no", "own", yes="Aye", no="Nay"))
    said = translate(original, in_polish(original, Aye="Owszem"))
    page = open_first(said, {})
    assert isinstance(page, Page)
    assert [[option.label for option in field.options] for field in page.fields] == [
        ["Tak", "Nie"],
        ["Owszem", "Nay"],
    ]
    assert said.questions["sure"].say("yes") == "Tak"


def test_problems_are_said_in_the_language_of_the_form() -> None:
    original = form(ask("integer", "staff", label="Staff"))
    problems = check(translate(original, in_polish(original, Staff="Pracownicy")), {"staff": ["many"]})
    assert not isinstance(problems, Answers)
    assert [problem.text for problem in problems] == [
        "Pracownicy: prosimy podać liczbę całkowitą, na przykład 45"
    ]


def test_a_translation_of_another_version_is_refused() -> None:
    original = form(ask("text", "word"))
    other = Translation(form="sample", version=2, language="pl", state="draft", texts={})
    with pytest.raises(FormError, match="is of sample in version 2, not of sample in version 1"):
        translate(original, other)


def test_a_text_too_long_for_its_place_is_refused_and_named() -> None:
    original = form(ask("text", "word", label="A word"))
    with pytest.raises(FormError, match=r"questions > word .*label"):
        translate(original, in_polish(original, **{"A word": "ą" * 5_000}))


def test_a_translation_is_written_and_read_back() -> None:
    one = Translation(
        form="s6", version=1, language="en-x-easy", state="reviewed", reviewer="R", texts={"a": "b"}
    )
    assert Translation.from_json(one.to_json()) == one
    assert one.to_json() == {
        "form": "s6",
        "version": 1,
        "language": "en-x-easy",
        "state": "reviewed",
        "reviewer": "R",
        "texts": {"a": "b"},
    }


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"state": "perfect"}, "translation > state"),
        ({"language": "Polish!"}, "translation > language"),
        ({"texts": {"a": 1}}, "translation > texts"),
        ({"texts": None}, "translation > texts"),
        ({"more": 1}, "translation > more"),
        ({"version": "1"}, "translation > version"),
        ({"reviewer": {1, 2}}, "translation: cannot be written as JSON"),
    ],
)
def test_a_translation_that_is_none_is_refused_with_its_place(changed: dict[str, Any], where: str) -> None:
    good = {"form": "s6", "version": 1, "language": "pl", "state": "machine", "texts": {}}
    assert Translation.from_json(good)
    with pytest.raises(FormError, match=where):
        Translation.from_json(good | changed)


def test_only_a_named_person_makes_a_translation_reviewed() -> None:
    machine = Translation(form="s6", version=1, language="pl", state="machine", texts={})
    nobody = Translation(form="s6", version=1, language="pl", state="reviewed", texts={})
    assert (machine.is_reviewed, nobody.is_reviewed) == (False, False)
    assert machine.sign("Zofia Lisowska").is_reviewed


def test_a_translation_that_loses_a_place_for_a_word_is_told() -> None:
    original = form(ask("text", "word"))
    texts = {"Fewer than {sure}": "Mniej", "As {sure}": "Jak {sure}", "Plain": "Ze {sure}", "Empty {x}": " "}
    assert astray(in_polish(original, **texts)) == ["Fewer than {sure}", "Plain"]
