"""A form for children or families keeps to what protects them, or cannot be used at all."""

from typing import Any

import pytest

from surveys import library
from surveys.errors import FormError
from surveys.forms.families import NOTICE
from surveys.forms.form import Form
from surveys.phrases import languages, phrases
from tests.surveys.make import FAMILIES, ask, choose, form, matrix, section

CHOICE = choose("single", "now", "better", "worse")


def refused(*questions: dict[str, Any], audience: str = "family", **settings: Any) -> str:
    """What is said of a form for families that cannot be used."""
    with pytest.raises(FormError) as error:
        form(*(questions or (ask("yes_no", "safe"),)), audience=audience, **settings)
    return str(error.value)


@pytest.mark.parametrize("audience", ["family", "child"])
def test_a_form_that_keeps_to_it_is_taken(audience: str) -> None:
    assert form(ask("long_text", "why"), audience=audience).notice == FAMILIES["notice"]


@pytest.mark.parametrize(("audience", "model"), [("family", "s6"), ("child", "s5_middle")])
def test_people_read_what_becomes_of_their_answers_first(audience: str, model: str) -> None:
    said = refused(audience=audience, consent=" ")
    assert said.startswith("form > consent:")
    assert f"cascade form preview {model}" in said
    assert library.load(model).consent


@pytest.mark.parametrize("privacy", ["named", "coded"])
def test_nobody_gives_a_name(privacy: str) -> None:
    assert refused(privacy=privacy).startswith("form > privacy:")
    assert "question who > personal" in refused(ask("text", "who", personal=True))


def test_a_childs_form_says_for_which_ages_it_is() -> None:
    assert refused(audience="child", ages=None).startswith("form > ages:")
    assert form(ask("yes_no", "safe"), audience="family", ages=None).ages is None


def test_there_is_no_list_of_sections_and_no_last_time() -> None:
    assert refused(layout="tasks").startswith("form > layout:")
    assert refused(carries=True).startswith("form > carries:")


def test_no_file_is_asked_for_in_a_table_either() -> None:
    assert "question photo > kind" in refused(ask("file", "photo"))
    table = ask("repeat", "things", item="thing", questions=[ask("file", "photo")])
    assert "question photo > kind" in refused(table)


def test_the_notice_under_a_box_names_the_number_to_ring() -> None:
    assert refused(ask("text", "why"), notice="Please name nobody.").startswith("form > notice:")
    assert "question why > notice" in refused(ask("text", "why", notice="Please name nobody."))
    assert form(ask("yes_no", "safe"), audience="family", notice="Unused.").notice == "Unused."


def test_a_page_holds_a_small_group_of_questions() -> None:
    many = [ask("yes_no", name) for name in "abcde"]
    assert "5 questions on a page" in refused(*many)
    assert form(*many, audience="family", pace="question")
    assert form(*many[:4], ask("note", "n"), audience="family")
    two = [section("one", *many[:3]), section("two", *many[3:])]
    assert form(sections=two, audience="family")


def test_a_table_of_many_lines_is_taken() -> None:
    assert form(matrix("grid", "a b c d e", CHOICE), audience="family")


@pytest.mark.parametrize("key", ["s5_younger", "s5_middle", "s5_older", "s6"])
def test_the_shipped_forms_have_the_notice_that_a_boards_own_begins_with(key: str) -> None:
    assert library.load(key).notice == NOTICE


@pytest.mark.parametrize("language", languages())
def test_the_notice_is_said_in_every_shipped_language(language: str) -> None:
    assert "999" in phrases(language)[NOTICE]


def test_no_form_bears_the_name_of_the_words_around_them_all() -> None:
    with pytest.raises(FormError, match='form > key: "pages" stands for'):
        form(ask("yes_no", "safe"), key="pages")


def test_forms_for_staff_are_as_free_as_before() -> None:
    free = form(ask("file", "photo"), *(ask("text", name) for name in "abcde"), layout="tasks", carries=True)
    assert isinstance(free, Form)
