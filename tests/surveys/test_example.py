"""The example beside the boxes of a date."""

from datetime import date

import pytest

from surveys import library
from surveys.answering.answers import Problems, check
from surveys.kinds.date import Date
from surveys.paging.pages import pages
from tests.surveys.make import ask, form, refuse

TODAY = date(2026, 11, 23)
DATED = [
    each
    for each in sorted(set(library.keys()))
    if any(isinstance(one, Date) for one in library.load(each).every.values())
]


def _hint(language: str = "en", today: date | None = TODAY, **settings: object) -> str:
    asked = form(ask("date", "when", **settings), language=language)
    return pages(asked, {}, today=today)[0].fields[0].hint


def test_what_must_be_to_come_has_a_coming_day_for_example() -> None:
    assert _hint(earliest="today", latest="2099-12-31") == "For example, 17 12 2026."


def test_what_must_be_over_has_a_past_day_for_example() -> None:
    assert _hint(earliest="2000-01-01", latest="today") == "For example, 30 10 2026."


def test_an_example_stays_within_narrow_bounds() -> None:
    assert _hint(earliest="2026-11-24", latest="2026-12-01") == "For example, 1 12 2026."
    assert _hint(latest="2020-06-30") == "For example, 30 6 2020."


def test_an_example_keeps_to_the_rule_of_its_question() -> None:
    assert _hint(constraint=". > today()") == "For example, 17 12 2026."
    assert _hint(constraint=". < today() - 300") == ""


def test_the_hint_stands_before_the_example_in_the_language_of_the_form() -> None:
    assert _hint(hint="If you know.") == "If you know. For example, 30 10 2026."
    assert _hint(hint="Jeśli wiadomo", language="pl") == "Jeśli wiadomo. Na przykład 30 10 2026."


def test_whoever_gave_an_example_is_not_given_another() -> None:
    assert _hint(hint="For example, 1 2 2026") == "For example, 1 2 2026"


@pytest.mark.parametrize("key", DATED)
def test_no_shipped_form_refuses_its_own_example(key: str) -> None:
    whole = library.load(key)
    for question in whole.every.values():
        if isinstance(question, Date):
            asked = form(ask("date", question.name, earliest=question.earliest, latest=question.latest))
            hint = pages(asked, {}, today=TODAY)[0].fields[0].hint
            typed = hint.removeprefix("For example, ").removesuffix(".")
            assert not isinstance(check(asked, {question.name: [typed]}, TODAY), Problems)
            assert not any(letter.isdigit() for letter in question.hint), question.name


def test_what_is_no_date_is_answered_with_an_example_that_would_be_taken() -> None:
    asked = form(ask("date", "when", earliest="today", latest="2099-12-31"))
    assert refuse(asked, {"when": "soon"}, TODAY) == [
        ("when", "When must be a real date, day first, like 17/12/2026")
    ]
