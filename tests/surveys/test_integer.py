"""Whole numbers, typed as people type them."""

import pytest

from surveys.answering.answers import Answers, Problems, check
from tests.surveys.make import ask, form

STAFF = form(ask("integer", "staff", maximum=100_000))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("45", 45),
        (" 45 ", 45),
        ("0", 0),
        ("-0", 0),
        ("007", 7),
        ("1,200", 1200),
        ("1 200", 1200),
        ("1\u00a0200", 1200),
        ("100,000", 100_000),
        ("\uff14\uff15", 45),
        ("\u0664\u0665", 45),
        ("\u0661\u066c\u0662\u0660\u0660", 1200),
        ("\u0967\u0968", 12),
        ("45\u200b", 45),
    ],
)
def test_a_number_is_understood_however_it_is_typed(typed: str, number: int) -> None:
    assert check(STAFF, {"staff": [typed]}) == Answers("sample", 1, {"staff": number})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("4.5", "Staff must be a whole number, like 45"),
        ("4,5", "Staff must be a whole number, like 45"),
        ("0,125", "Staff must be a whole number, like 45"),
        ("1,20", "Staff must be a whole number, like 45"),
        ("1.200", "Staff must be a whole number, like 45"),
        ("forty", "Staff must be a whole number, like 45"),
        ("about 45", "Staff must be a whole number, like 45"),
        ("1e3", "Staff must be a whole number, like 45"),
        ("0x10", "Staff must be a whole number, like 45"),
        ("1_000", "Staff must be a whole number, like 45"),
        ("=1+1", "Staff must be a whole number, like 45"),
        ("\u00b2", "Staff must be a whole number, like 45"),
        ("\u00bd", "Staff must be a whole number, like 45"),
        ("9" * 100_000, "Staff must be a whole number, like 45"),
        ("-1", "Staff cannot be less than 0"),
        ("\u22121", "Staff cannot be less than 0"),
        ("100001", "Staff cannot be more than 100,000"),
        ("9" * 39, "Staff cannot be more than 100,000"),
    ],
)
def test_what_is_no_such_number_is_refused_in_plain_words(typed: str, said: str) -> None:
    found = check(STAFF, {"staff": [typed]})
    assert isinstance(found, Problems)
    assert [(each.question, each.text) for each in found] == [("staff", said)]


def test_two_different_numbers_are_refused_and_twice_the_same_is_one() -> None:
    assert isinstance(check(STAFF, {"staff": ["1", "2"]}), Problems)
    assert check(STAFF, {"staff": ["1", "1", ""]}) == Answers("sample", 1, {"staff": 1})
