"""Pictures are taken when they are whole and not too large to be opened, as their heads say."""

import pytest

from surveys.files.image import LONGEST_SIDE, TOO_MANY_PIXELS, judge_jpeg, judge_png
from surveys.files.outcome import DAMAGED, TWO_THINGS
from tests.surveys.files import make


def test_a_picture_of_a_large_telephone_is_taken() -> None:
    assert judge_png(make.png(8_000, 6_000)) is None
    assert judge_jpeg(make.jpeg(8_000, 6_000)) is None


@pytest.mark.parametrize(
    ("width", "height"), [(30_000, 30_000), (8_001, 8_000), (LONGEST_SIDE + 1, 1), (1, LONGEST_SIDE + 1)]
)
def test_a_flood_of_points_is_refused_by_its_head(width: int, height: int) -> None:
    assert judge_png(make.png(width, height)) == TOO_MANY_PIXELS
    assert judge_jpeg(make.jpeg(width, height)) == TOO_MANY_PIXELS


@pytest.mark.parametrize(("width", "height"), [(0, 5), (5, 0)])
def test_a_picture_without_a_size_is_refused(width: int, height: int) -> None:
    assert judge_png(make.png(width, height)) == DAMAGED
    assert judge_jpeg(make.jpeg(width, height)) == DAMAGED


def test_nothing_may_follow_the_end_of_a_png() -> None:
    assert judge_png(make.png(after=b"\0")) == TWO_THINGS


@pytest.mark.parametrize("length", range(0, len(make.png()), 7))
def test_a_png_that_is_cut_short_is_refused(length: int) -> None:
    assert judge_png(make.png()[:length]) == DAMAGED


@pytest.mark.parametrize("length", range(0, len(make.jpeg()) - 1, 5))
def test_a_photograph_that_is_cut_short_is_refused(length: int) -> None:
    assert judge_jpeg(make.jpeg()[:length]) == DAMAGED


def test_a_png_whose_first_part_is_no_head_is_refused() -> None:
    assert judge_png(make.png().replace(b"IHDR", b"tEXt")) == DAMAGED


def test_a_photograph_whose_parts_have_no_length_is_refused() -> None:
    assert judge_jpeg(b"\xff\xd8" + b"\xff\xe0\0\0" * 50) == DAMAGED
    assert judge_jpeg(b"\xff\xd8" + b"\xff" * 500) == DAMAGED
