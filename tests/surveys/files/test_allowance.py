"""What one ask may hold is bounded by files and by bytes, and said in sizes that people read."""

import pytest

from surveys.files.allowance import Allowance, spell_size

SMALL = Allowance(largest_file=1_000_000, most_files=2, largest_for_ask=1_500_000)


def test_a_file_up_to_the_limit_is_taken() -> None:
    assert SMALL.refuse_size(1_000_000) == ""
    assert SMALL.refuse_another(1_000_000, 1, 500_000) == ""


def test_a_larger_one_is_refused_with_both_sizes() -> None:
    assert SMALL.refuse_size(2_345_678) == "is 2.3 MB, and a file may have 1 MB. Make it smaller."


def test_one_too_many_is_refused() -> None:
    assert "2 files" in SMALL.refuse_another(1, 2, 2)


def test_what_does_not_fit_beside_the_others_is_refused_with_what_is_left() -> None:
    assert "room for 500 kB" in SMALL.refuse_another(500_001, 1, 1_000_000)
    assert "room for 0 kB" in SMALL.refuse_another(1, 1, 2_000_000)


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 kB"), (999_001, "1000 kB"), (1_000_000, "1 MB"), (12_345_678, "12.3 MB")]
)
def test_sizes_are_spelled(size: int, words: str) -> None:
    assert spell_size(size) == words
