"""Numbers with decimal places, typed as people type them."""

import pytest

from surveys.errors import FormError
from tests.surveys.make import ask, form, refuse, take

HOURS = form(ask("decimal", "hours", maximum=100_000))
EXACT = form(ask("decimal", "exact", minimum=-1_000_000_000_000, places=10))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("4.5", 4.5),
        (" 4.50 ", 4.5),
        ("4,5", 4.5),
        ("1,200", 1200.0),
        ("1,200.5", 1200.5),
        ("1 200.5", 1200.5),
        ("007", 7.0),
        ("0", 0.0),
        ("\u0664\u066b\u0665", 4.5),
        ("\uff14.\uff15", 4.5),
    ],
)
def test_a_number_is_understood_however_it_is_typed(typed: str, number: float) -> None:
    assert take(HOURS, {"hours": typed}) == {"hours": number}


def test_nought_comma_is_never_taken_for_thousands() -> None:
    assert take(EXACT, {"exact": "0,125"}) == {"exact": 0.125}
    assert take(EXACT, {"exact": "1,125"}) == {"exact": 1125.0}


def test_what_is_less_than_nothing_is_never_minus_nought() -> None:
    assert str(take(EXACT, {"exact": "-0.0"})["exact"]) == "0.0"
    assert take(EXACT, {"exact": "\u22121.5"}) == {"exact": -1.5}


@pytest.mark.parametrize(
    "typed", ["four", "4.", ".5", "4.5.6", "1e3", "inf", "nan", "1,20,0", "4.5%", "9" * 5000]
)
def test_what_is_no_number_is_refused_in_plain_words(typed: str) -> None:
    assert refuse(HOURS, {"hours": typed}) == [("hours", "Hours must be a number, like 4.5")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("4.555", "Hours can have 2 decimal places"),
        ("-1", "Hours cannot be less than 0"),
        ("100000.01", "Hours cannot be more than 100,000"),
    ],
)
def test_what_is_out_of_bounds_is_refused(typed: str, said: str) -> None:
    assert refuse(HOURS, {"hours": typed}) == [("hours", said)]


@pytest.mark.parametrize(
    "typed", ["123456789012.12", "0.0000000001", "-999999999999.9999", "1000000000000", "0.1"]
)
def test_every_digit_typed_is_kept_and_comes_back(typed: str) -> None:
    (question,) = EXACT.questions.values()
    number = take(EXACT, {"exact": typed})["exact"]
    assert question.write(number) == {"exact": [typed]}
    assert question.say(number).replace(",", "") == typed


def test_bounds_no_number_can_meet_are_refused() -> None:
    with pytest.raises(FormError, match="minimum is more than maximum"):
        form(ask("decimal", "hours", minimum=2.5, maximum=2))
