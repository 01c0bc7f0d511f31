"""Choices that are offered or not, depending on earlier answers."""

import pytest

from surveys.paging.journey import advance
from surveys.paging.pages import Page, pages
from tests.surveys.make import ask, choose, form, names, refuse, spread, take

CITIES = [
    {"value": "leeds", "label": "Leeds", "columns": {"land": "uk", "size": "big"}},
    {"value": "york", "label": "York", "columns": {"land": "uk", "size": "small"}},
    {"value": "lublin", "label": "Lublin", "columns": {"land": "pl"}},
]
TRIP = form(
    choose("single", "land", "uk", "pl", "fr", required=True),
    ask("single", "city", choices=CITIES, choice_filter="land = ${land}", required=True),
    ask(
        "ranking",
        "rest",
        choices=CITIES,
        choice_filter="land = ${land} and name != ${city}",
    ),
)


def offered(typed: dict[str, str], place: int) -> list[str]:
    return [option.value for option in pages(TRIP, spread(typed))[place].fields[0].options]


def test_the_choices_offered_follow_the_answers_before() -> None:
    assert offered({"land": "uk"}, 1) == ["leeds", "york"]
    assert offered({"land": "pl"}, 1) == ["lublin"]
    assert offered({"land": "uk", "city": "york"}, 2) == ["leeds"]


def test_what_is_not_offered_is_refused_however_it_comes() -> None:
    assert refuse(TRIP, {"land": "pl", "city": "york"}) == [("city", "City: please choose from the list")]


def test_an_answer_that_is_no_longer_offered_is_asked_for_again() -> None:
    page = advance(TRIP, spread({"land": "pl", "city": "york"}), "land")
    assert isinstance(page, Page)
    assert (page.name, page.errors) == ("city", ())
    assert not any(option.checked for option in page.fields[0].options)


def test_a_question_with_nothing_to_choose_from_is_not_asked() -> None:
    assert [names(page) for page in pages(TRIP, {"land": ["fr"]})] == [["land"]]
    assert take(TRIP, {"land": "fr", "city": "york"}) == {"land": "fr"}
    assert take(TRIP, {"land": "pl", "city": "lublin", "rest": "leeds"}) == {"land": "pl", "city": "lublin"}


def test_a_page_that_may_bring_choices_is_not_the_last() -> None:
    assert not pages(TRIP, {"land": ["fr"]})[0].is_last


# A tenth of a second for each of 200 choices would take longer.
@pytest.mark.timeout(10)
def test_a_filter_that_would_run_for_ever_offers_everything_and_is_left_alone_soon() -> None:
    many = [{"value": f"v{number}", "label": "a" * 60 + "!"} for number in range(200)]
    slow = form(
        ask("single", "one", choices=many, choice_filter="regex(label, '(a|a|aa)+$')"),
        ask("text", "two", constraint="regex(., '(a|a|aa)+$')", required="regex(${one}, '(v|v)+$')"),
        ask("text", "three", relevant="regex(${two}, '(a|a|aa)+$')"),
    )
    assert refuse(slow, {"one": "v7", "two": "a" * 60 + "!", "three": "x"}) == [
        ("two", "We could not check this answer in time. Please shorten it.")
    ]
