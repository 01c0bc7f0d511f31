"""Languages stay where enough share them, and where those left without one are enough as well."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from surveys.figures.rarity import find_common


def test_a_language_that_enough_share_stays() -> None:
    assert find_common(["en"] * 12 + ["pl"] * 10, 10) == {"en", "pl"}


def test_having_none_tells_of_nobody_that_theirs_is_rare() -> None:
    assert find_common(["en"] * 12 + ["pl"], 10) == frozenset()
    assert find_common(["en"] * 12 + ["pl"] * 4 + ["ur"] * 6, 10) == {"en"}


def test_the_rarest_of_those_that_stay_goes_first() -> None:
    assert find_common(["en"] * 30 + ["pl"] * 11 + ["ur"], 10) == {"en"}


@given(st.lists(st.sampled_from(["", "en", "pl", "ur", "so"]), max_size=80))
def test_everybody_is_among_ten_or_among_all(spoken: list[str]) -> None:
    common = find_common(spoken, 10)
    left = Counter(one if one in common else "" for one in spoken)
    assert all(count >= 10 for count in left.values()) or len(left) == 1
