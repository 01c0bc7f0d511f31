"""A sample is the same however often it is drawn, and of answers with something to show."""

import pytest

from surveys import library
from surveys.answering.answers import Answers
from surveys.judging.sampling import can_show, draw

NAMES = [(f"wren-{number}", number) for number in range(1, 41)]


@pytest.mark.parametrize(("percent", "count"), [(1, 1), (10, 4), (15, 6), (20, 8), (100, 40)])
def test_so_many_in_a_hundred_are_drawn_and_at_least_one(percent: int, count: int) -> None:
    assert len(draw(NAMES, percent, "wren")) == count
    assert draw([], percent, "wren") == []


def test_the_same_seed_draws_the_same_in_whatever_order_they_come() -> None:
    drawn = draw(NAMES, 15, "wren")
    assert draw(NAMES[::-1], 15, "wren") == drawn
    assert draw(NAMES, 15, "another") != drawn
    assert set(drawn) <= set(draw(NAMES, 20, "wren"))


@pytest.mark.parametrize(
    ("key", "answers", "can"),
    [
        ("assurance", {"affected": "yes", "updated": "done"}, True),
        ("assurance", {"affected": "yes", "updated": "not_planned"}, False),
        ("assurance", {"affected": "no"}, False),
        ("acknowledge", {"staff": 4}, False),
    ],
)
def test_only_what_could_show_evidence_is_drawn(key: str, answers: dict[str, str], can: bool) -> None:
    assert can_show(library.load(key), Answers(key, 1, answers)) is can
