"""What stands over the questions of families fits each of them, and they keep their order."""

import pytest

from surveys import library
from tests.surveys.library.test_family_forms import KEYS, every


@pytest.mark.parametrize("key", KEYS)
def test_how_much_do_you_agree_stands_over_nothing_but_what_is_agreed_with(key: str) -> None:
    agreeing: frozenset[str] | None = frozenset(
        {
            "strongly_agree",
            "agree",
            "neither",
            "disagree",
            "strongly_disagree",
            "unknown",
            "prefer_not",
        }
    )
    sections = [each for each in library.load(key).sections if each.intro == "How much do you agree?"]
    asked = [question.offers() for section in sections for question in section.questions]
    assert all(offered == agreeing for offered in asked)
    assert bool(asked) is (key in ("s5_older", "s6"))


def test_questions_stand_in_the_order_in_which_families_were_promised_them() -> None:
    names = [question.name for question in every(library.load("s6"))]
    first = names.index("listened")
    assert names[first : first + 7] == [
        "listened", "plan_together", "told_once", "timing", "respected", "access", "child_heard",
    ]  # fmt: skip
