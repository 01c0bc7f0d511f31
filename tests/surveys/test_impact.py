"""Figures: every share with numerator, denominator and date, and 'not known' as a value of its own."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.figures.impact import Told, rate, reach

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("n", "of", "percent", "words"),
    [
        (50, 54, 93, "50 of 54 (93%)"),
        (54, 54, 100, "54 of 54 (100%)"),
        (0, 54, 0, "0 of 54 (0%)"),
        (0, 0, None, "0 of 0 (not known)"),
        (999, 1000, 99, "999 of 1,000 (99%)"),
        (1, 1000, 1, "1 of 1,000 (1%)"),
    ],
)
def test_a_share_says_of_how_many(n: int, of: int, percent: int | None, words: str) -> None:
    figure = rate(n, of, DAY)
    assert figure.percent == percent
    assert str(figure) == words
    assert figure.to_json() == {"n": n, "of": of, "percent": percent, "as_at": "2026-12-01"}


def test_reach_counts_only_agencies_that_gave_both_numbers() -> None:
    told = [
        Told(100, 80, "counted"),
        Told(50, 50, "receipts"),
        Told(40, 10, "estimate"),
        Told(500, None),
        Told(None, 300, "counted"),
    ]
    figures = reach(told, 6, DAY)
    assert str(figures.all) == "140 of 190 (74%)"
    assert str(figures.counted) == "130 of 150 (87%)"
    assert str(figures.estimated) == "10 of 40 (25%)"
    assert (figures.agencies.n, figures.agencies.of) == (3, 6)


def test_an_empty_scope_never_makes_a_hundred_per_cent() -> None:
    figures = reach([Told(0, 0, "counted")], 1, DAY)
    assert figures.all.percent is None
    assert figures.agencies.percent == 100
    assert reach([], 4, DAY).all.percent is None


@given(
    st.lists(
        st.builds(
            Told,
            st.none() | st.integers(0, 99),
            st.none() | st.integers(0, 99),
            st.sampled_from(["counted", "receipts", "estimate", ""]),
        )
    )
)
def test_counted_and_estimated_add_up_to_all(told: list[Told]) -> None:
    figures = reach(told, len(told), DAY)
    assert figures.counted.n + figures.estimated.n == figures.all.n
    assert figures.counted.of + figures.estimated.of == figures.all.of
