"""A promised change counts as embedded only where somebody has rated it so, at the age that is asked for."""

from datetime import date

import pytest

from surveys.judging.embedding import AgedAction, age_reached, embedding_rate, months_after

TODAY = date(2027, 7, 12)
OLD, YOUNG = date(2026, 7, 12), date(2026, 7, 13)

CASES = {
    "rated two at twelve months": (AgedAction(OLD, {12: 2}), (1, 1)),
    "rated one at twelve months": (AgedAction(OLD, {12: 1}), (0, 1)),
    "no return at twelve months": (AgedAction(OLD), (0, 1)),
    "rated two at six months, and nothing since": (AgedAction(OLD, {6: 2}), (0, 1)),
    "closed at six months with three": (AgedAction(OLD, {6: 3}, closed_at=6), (1, 1)),
    "closed at six months with one": (AgedAction(OLD, {6: 1}, closed_at=6), (0, 1)),
    "closed at twelve months with two": (AgedAction(OLD, {12: 2}, closed_at=12), (1, 1)),
    "a day too young": (AgedAction(YOUNG, {12: 4}), (0, 0)),
    "needed no more": (AgedAction(OLD, is_dropped=True), (0, 0)),
}


@pytest.mark.parametrize("case", CASES)
def test_embedded_at_twelve_months(case: str) -> None:
    one, expected = CASES[case]
    found = embedding_rate([one], 12, TODAY)
    assert (found.numerator, found.denominator, found.as_at) == (*expected, TODAY)


def test_a_rate_says_its_numerator_its_denominator_and_its_day() -> None:
    several = [AgedAction(OLD, {12: 4}), AgedAction(OLD, {12: 2}), AgedAction(OLD)]
    assert str(embedding_rate(several, 12, TODAY)) == "2 of 3 (67%), as at 12/07/2027"
    assert str(embedding_rate(several, 12, TODAY, at_least=4)) == "1 of 3 (33%), as at 12/07/2027"
    assert str(embedding_rate([], 12, TODAY)).startswith("not known yet")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2026, 9, 15), 3, date(2026, 12, 15)),
    ],
)
def test_the_same_day_of_a_later_month(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_an_age_is_reached_on_its_day() -> None:
    assert [age_reached(OLD, day) for day in (date(2026, 10, 11), date(2026, 10, 12), TODAY)] == [0, 3, 12]
