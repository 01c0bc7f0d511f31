"""Counted: a number with its noun, in the singular or the plural."""


def counted(number: int, one: str, many: str = "") -> str:
    """Say how many: 1 letter, 2 letters; `many` is the plural where it is not `one` with an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"
