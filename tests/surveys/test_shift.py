"""What people say of themselves before and after is compared for those alone who said both."""

import itertools
from collections.abc import Collection, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from surveys.answering.answers import Answers
from surveys.figures.release import TOGETHER, find_parts
from surveys.figures.shift import Shift, Side, find_shifts
from surveys.figures.totals import FEWEST
from surveys.forms.form import Form
from tests.make import START
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


def side(of: Form, points: dict[int, int], *parts: Collection[int]) -> Side[int]:
    """A step that is over; all of it was told at once where no parts are named."""
    told = [frozenset(part) for part in parts or (points,)]
    return Side(of.key.capitalize(), of, given(of, points), dict.fromkeys(of.questions, told), TODAY)


def shifts(before: dict[int, int], after: dict[int, int], then: Form = AFTER) -> list[Shift]:
    [found] = find_shifts(side(BEFORE, before), [side(then, after)], 40)
    return found


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
    once, later = dict.fromkeys(range(50, 50 + FEWEST), 1), dict.fromkeys(range(80, 80 + FEWEST), 10)
    [shift] = shifts(both | once, both | later)
    assert (shift.before, shift.after, shift.pairs) == (50, 50, FEWEST)


@pytest.mark.parametrize("alone", [1, FEWEST - 1])
def test_a_change_from_which_totals_would_tell_a_few_is_not_told(alone: int) -> None:
    both = dict.fromkeys(range(2 * FEWEST), 3)
    few = dict.fromkeys(range(50, 50 + alone), 9)
    assert shifts(both | few, both) == shifts(both, both | few) == []
    assert len(shifts(both, both)) == 1


def test_who_left_the_scale_out_answered_once_too() -> None:
    before, after = side(BEFORE, dict.fromkeys(range(21), 3)), side(AFTER, dict.fromkeys(range(20), 8))
    silent = Answers("after", 1, {"pledge": "Ask again"})
    later = Side("After", AFTER, {**after.answers, 20: silent}, after.parts, TODAY)
    assert find_shifts(before, [later], 40) == [[]]


def test_others_hide_nobody_whom_an_older_total_tells_apart() -> None:
    """Ten answered once, but nine of them among the last ten who were told of, and one of the first ten."""
    before = dict.fromkeys(range(30), 3)
    both = dict.fromkeys([*range(9), *range(10, 20), 29], 5)
    parts = range(10), range(10, 20), range(20, 30)
    assert find_shifts(side(BEFORE, before, *parts), [side(AFTER, both)], 40) == [[]]
    assert len(find_shifts(side(BEFORE, before), [side(AFTER, both)], 40)[0]) == 1


def test_a_later_change_tells_nobody_whom_an_earlier_one_left_out() -> None:
    before = side(BEFORE, dict.fromkeys(range(40), 3))
    day, later = (side(AFTER, dict.fromkeys(range(count), 5)) for count in (20, 21))
    assert [len(one) for one in find_shifts(before, [day, later], 40)] == [1, 0]
    assert [len(one) for one in find_shifts(before, [day, day], 40)] == [1, 1]


ATTENDANCE = st.lists(
    st.tuples(st.integers(0, 2), st.booleans(), st.booleans(), st.integers(0, 2), st.integers(1, 14)),
    min_size=1,
    max_size=9,
)


@drawn(groups=ATTENDANCE)
def test_totals_and_changes_together_tell_ten_people_or_nothing(
    groups: list[tuple[int, bool, bool, int, int]],
) -> None:
    """Whoever adds and takes away all that was ever told is never left with a few people's answers."""
    people = [group for group in groups for _ in range(group[-1])]
    came = {
        "before": {who: one[0] for who, one in enumerate(people)},
        "day": {who: one[3] for who, one in enumerate(people) if one[1]},
        "later": {who: one[0] for who, one in enumerate(people) if one[2]},
    }
    parts = {
        key: find_parts({who: START + timedelta(hours=at) for who, at in hours.items()}, START + A_DAY)
        for key, hours in came.items()
    }
    before, *after = (
        side(of, dict.fromkeys(came[key], 5), *(parts[key] or [frozenset[int]()]))
        for key, of in (("before", BEFORE), ("day", AFTER), ("later", AFTER))
    )
    changes = [
        frozenset(came["before"].keys() & came[key].keys()) if told else None
        for key, told in zip(("day", "later"), find_shifts(before, after, 99), strict=True)
    ]
    told = [one for one in changes if one is not None]
    assert_together([*sums(parts["before"]), *told])
    for key, change in zip(("day", "later"), changes, strict=True):
        assert_together([*sums(parts[key]), *([change] if change is not None else [])])


A_DAY = timedelta(days=1)


def sums(parts: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Whom the totals were made of, one telling after another."""
    told = [frozenset[int]().union(*parts[:count]) for count in range(1, len(parts) + 1)]
    return [one for one in told if len(one) >= TOGETHER]


def assert_together(tellings: Sequence[frozenset[int]]) -> None:
    everybody = frozenset[int]().union(*tellings)
    for weights in itertools.product((-1, 0, 1), repeat=len(tellings)):
        left = [
            who for who in everybody if sum(w for w, one in zip(weights, tellings, strict=True) if who in one)
        ]
        assert not left or len(left) >= TOGETHER, (weights, tellings)


@pytest.mark.parametrize("missing", [1, FEWEST])
def test_fewer_than_ten_who_answered_both_are_not_told(missing: int) -> None:
    everybody = dict.fromkeys(range(FEWEST), 5)
    assert shifts(everybody, dict.fromkeys(range(missing, FEWEST + missing), 5)) == []


def test_a_scale_with_other_ends_is_another_scale() -> None:
    shorter = form(ask("scale", "knowledge", labels={"1": "None", "5": "All"}), key="after")
    everybody = dict.fromkeys(range(FEWEST), 5)
    assert shifts(everybody, everybody, shorter) == []
