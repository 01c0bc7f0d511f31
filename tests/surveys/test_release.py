"""What is answered under a code is told ten people or more at a time, and a few are never told alone."""

import itertools
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from surveys.figures.release import TOGETHER, find_release
from tests.make import START


def came(*minutes: int) -> list[datetime]:
    return [START + timedelta(minutes=minute) for minute in minutes]


def count_told(began: list[datetime], whole_at: datetime | None = None) -> int:
    as_at = find_release(began, whole_at)
    return sum(as_at is not None and moment <= as_at for moment in began)


def test_the_latest_ten_wait_while_more_may_come() -> None:
    assert [count_told(came(*range(count))) for count in (0, 9, 10, 19, 20, 29, 30)] == [
        0,
        0,
        0,
        0,
        10,
        10,
        20,
    ]


def test_all_are_told_once_no_more_are_to_come() -> None:
    assert count_told(came(*range(13)), whole_at=START + timedelta(days=1)) == 13


def test_whoever_comes_after_that_waits_until_they_are_ten() -> None:
    end = START + timedelta(minutes=12, seconds=30)
    assert [count_told(came(*range(13 + late)), end) for late in (0, 1, 9, 10, 19, 20)] == [
        13,
        13,
        13,
        23,
        23,
        33,
    ]


def test_those_of_one_moment_are_never_parted() -> None:
    assert count_told(came(*[0] * 14, *[1] * 10)) == 14


@given(gaps=st.lists(st.integers(0, 3), max_size=60), end=st.integers(0, 60))
def test_two_tellings_differ_by_ten_people_or_none(gaps: list[int], end: int) -> None:
    began = came(*itertools.accumulate(gaps))
    before = [began[:count] for count in range(len(began) + 1)]
    end = min(end, len(began))
    # Nobody answers at the moment at which nobody more was to come.
    whole_at = began[end - 1] + timedelta(seconds=1) if end >= TOGETHER else None
    seen = []
    for some in before:
        is_over = whole_at is not None and (not some[end:] or some[-1] > whole_at) and len(some) >= end
        # Those of one moment come together.
        if len(some) == len(began) or some[-1:] != [began[len(some)]]:
            seen.append(count_told(some, whole_at if is_over else None))
    steps = [later - earlier for earlier, later in itertools.pairwise([0, *seen])]
    assert all(step == 0 or step >= TOGETHER for step in steps), seen
