"""A review is called so that nobody can be known by it."""

import pytest

from messages.launching.review_reference import find_name_in


@pytest.mark.parametrize(
    "reference", ["LLR-2026-03", "LLR 2026/3", "RR-2026-07", "Review 7", "Wren", "SCR Wren", "WB-2026-3"]
)
def test_a_number_or_a_code_name_is_taken(reference: str) -> None:
    assert find_name_in(reference) == ""


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("JS", "“JS” looks like initials"),
        ("J.S. 2026", "“J.S.” looks like initials"),
        ("JS 2026", "“JS” looks like initials"),
        ("A 2026", "“A” looks like initials"),
        ("Jane Smith", "“Jane Smith” looks like a name"),
        ("Child J", "“Child” says whom it is about"),
        ("the family of 2026-3", "“family” says whom it is about"),
        ("x" * 61, "61 characters"),
    ],
)
def test_what_looks_like_a_name_is_refused_and_quoted(reference: str, said: str) -> None:
    assert said in find_name_in(reference)
