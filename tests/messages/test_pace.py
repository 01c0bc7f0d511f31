"""A long work is cut into portions that follow what they take, so that nobody else waits long."""

import pytest

from messages.chasing.pace import AIM, LEAST, Pace
from store.base import ordered_ids


@pytest.mark.parametrize(
    ("took", "limit"),
    [
        (AIM, 400),
        # At most twice as large, however quick; at once as small as it has to be.
        (AIM / 50, 800),
        (AIM * 4, 100),
        (AIM * 1000, LEAST),
        (0.0, 800),
    ],
)
def test_the_next_portion_follows_what_the_last_one_took(took: float, limit: int) -> None:
    pace = Pace(1000)
    pace.limit = 400
    pace.follow(took)
    assert pace.limit == limit


def test_no_portion_is_larger_than_the_most() -> None:
    pace = Pace(1000)
    for _ in range(20):
        pace.follow(0.0001)
    assert pace.limit == 1000


def test_identifiers_made_at_once_differ_and_are_as_those_made_singly() -> None:
    made = ordered_ids(500)
    assert len(set(made)) == 500
    assert {one.version for one in made} == {7}
    assert ordered_ids(0) == []
