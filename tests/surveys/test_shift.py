"""What people say of themselves before and after is compared for those alone who said both."""

from datetime import date

import pytest

from surveys.answers import Answers
from surveys.form import Form
from surveys.shift import Shift, find_shifts
from surveys.totals import FEWEST
from tests.surveys.make import ask, form

TODAY = date(2027, 2, 1)
BEFORE = form(ask("scale", "knowledge", highest=10, labels={"1": "None", "10": "All"}), key="before")
AFTER = form(
    ask("text", "pledge"),
    ask("scale", "knowledge", highest=10, short="Knowledge", labels={"1": "None", "10": "All"}),
    ask("scale", "useful", labels={"1": "No", "5": "Yes"}),
    key="after",
)


def given(of: Form, points: dict[int, int], name: str = "knowledge") -> dict[int, Answers]:
    return {who: Answers(of.key, 1, {name: point}) for who, point in points.items()}


def shifts(before: dict[int, int], after: dict[int, int], then: Form = AFTER) -> list[Shift]:
    return find_shifts("Before", (BEFORE, given(BEFORE, before)), (then, given(then, after)), 40, TODAY)


def test_means_are_told_with_their_sums_and_of_how_many() -> None:
    [shift] = shifts(dict.fromkeys(range(FEWEST), 3), dict.fromkeys(range(FEWEST), 7))
    assert shift.to_json() == {
        "field": "knowledge",
        "title": "Knowledge",
        "since": "Before",
        "before": {"sum": 30, "mean": 3.0},
        "after": {"sum": 70, "mean": 7.0},
        "pairs": 10,
        "of": 40,
        "as_at": "2027-02-01",
    }
    assert str(shift) == "Knowledge: 3.0 (30 ÷ 10) before, 7.0 (70 ÷ 10) after; 10 of 40 answered both"


def test_who_answered_once_counts_in_neither_mean() -> None:
    both = dict.fromkeys(range(FEWEST), 5)
    [shift] = shifts({**both, 98: 1}, {**both, 99: 10})
    assert (shift.before, shift.after, shift.pairs) == (50, 50, FEWEST)


@pytest.mark.parametrize("missing", [1, FEWEST])
def test_fewer_than_ten_who_answered_both_are_not_told(missing: int) -> None:
    everybody = dict.fromkeys(range(FEWEST), 5)
    assert shifts(everybody, dict.fromkeys(range(missing, FEWEST + missing), 5)) == []


def test_a_scale_with_other_ends_is_another_scale() -> None:
    shorter = form(ask("scale", "knowledge", labels={"1": "None", "5": "All"}), key="after")
    everybody = dict.fromkeys(range(FEWEST), 5)
    assert shifts(everybody, everybody, shorter) == []
