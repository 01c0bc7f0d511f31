"""What an answer brings up: on a page of its own, without what was answered beside it."""

import pytest

from surveys import library
from surveys.answering.answers import Answers
from surveys.paging.journey import advance
from surveys.paging.pages import Page, pages
from tests.surveys.make import ask, choose, form, matrix, spread

ASKED = form(
    choose("single", "passed_on", "yes", "no"),
    ask("integer", "passed_to", relevant="${passed_on} = 'yes'"),
    ask("text", "how_far", relevant="${passed_to} > 9"),
    ask("text", "link"),
)


def _names(laid_out: list[Page]) -> list[list[str]]:
    return [[field.name for field in page.fields] for page in laid_out]


def test_what_an_answer_brings_up_comes_after_what_was_asked_beside_it() -> None:
    assert _names(pages(ASKED, {})) == [["passed_on", "link"]]
    assert _names(pages(ASKED, {"passed_on": ["yes"]})) == [["passed_on", "link"], ["passed_to"]]
    far = {"passed_on": ["yes"], "passed_to": ["12"]}
    assert _names(pages(ASKED, far)) == [["passed_on", "link"], ["passed_to"], ["how_far"]]


def test_a_page_to_mend_shows_what_was_asked_on_it_and_no_more() -> None:
    page = advance(ASKED, spread({"passed_on": "yes", "passed_to": "many"}), "passed_to")
    assert isinstance(page, Page)
    assert [field.name for field in page.fields] == ["passed_to"]
    assert [field.name for field in page.errors] == ["passed_to"]


def test_words_that_name_what_was_brought_up_wait_for_it() -> None:
    asked = form(
        choose("single", "passed_on", "yes", "no"),
        ask("integer", "passed_to", relevant="${passed_on} = 'yes'"),
        ask("text", "who", label="Who are the {passed_to}?"),
    )
    assert _names(pages(asked, {"passed_on": ["yes"]})) == [["passed_on"], ["passed_to"], ["who"]]


def test_a_table_that_is_brought_up_leaves_the_questions_beside_it_where_they_were() -> None:
    asked = form(
        choose("single", "more", "yes", "no"),
        matrix("m", "a b", ask("integer", "n"), relevant="${more} = 'yes'"),
        ask("text", "last"),
    )
    assert _names(pages(asked, {"more": ["yes"]})) == [["more", "last"], ["m"]]


def test_a_note_that_an_answer_brings_up_does_not_take_the_next_question_with_it() -> None:
    asked = form(
        choose("single", "safe", "yes", "no"),
        ask("note", "mind", relevant="${safe} = 'no'"),
        ask("text", "more"),
    )
    assert _names(pages(asked, {"safe": ["no"]})) == [["safe", "more"], ["mind"]]


@pytest.mark.parametrize("passed_on", ["yes", "no"])
def test_after_the_course_the_manager_is_asked_about_once(passed_on: str) -> None:
    s4 = library.load("s4")
    typed = spread({"changed": "no", "passed_on": passed_on, "passed_to": "4", "manager_link": "yes"})
    asked = [name for names in _names(pages(s4, typed)) for name in names]
    assert asked.count("manager_link") == 1
    assert len(asked) == len(set(asked))


def test_nothing_that_was_answered_is_asked_again_on_the_way_through() -> None:
    s4, typed, met, at = library.load("s4"), spread({"passed_on": "yes", "changed": "no"}), [""], ""
    for _ in range(20):
        step = advance(s4, typed, at)
        if isinstance(step, Answers):
            return
        assert not set(met) & {field.name for field in step.fields}
        met += [field.name for field in step.fields]
        at = step.name
    raise AssertionError("went round in circles")


def test_the_link_for_the_manager_is_promised_for_when_the_answers_are_sent() -> None:
    hint = library.load("s4").questions["manager_link"].hint
    assert "next page" not in hint
    assert "when you have sent your answers" in hint


def test_a_note_to_families_that_an_answer_brings_up_comes_before_the_next_question() -> None:
    """It may be the one that says whom to ring."""
    asked = form(
        choose("single", "safety", "better", "worse"),
        ask("note", "ring", relevant="${safety} = 'worse'"),
        ask("text", "more"),
        ask("text", "last"),
        audience="family",
        pace="section",
        privacy="anonymous",
    )
    laid_out = _names(pages(asked, {"safety": ["worse"]}))
    order = [name for page in laid_out for name in page]
    assert laid_out[0] == ["safety"]
    assert order == ["safety", "ring", "more", "last"]
