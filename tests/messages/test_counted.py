import pytest

from messages.letters.counted import counted


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 letters"), (1, "1 letter"), (2, "2 letters"), (1_000, "1000 letters")]
)
def test_one_is_one_and_anything_else_is_many(number: int, words: str) -> None:
    assert counted(number, "letter") == words


def test_a_plural_of_its_own_is_used() -> None:
    assert [counted(n, "agency is", "agencies are") for n in (1, 3)] == ["1 agency is", "3 agencies are"]
