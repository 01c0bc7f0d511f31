"""Answers chosen from a list."""

import pytest

from surveys.answering.answers import Answers, Problems, check
from surveys.errors import FormError
from surveys.paging.pages import pages
from tests.surveys.make import ask, choose, form

ONE = form(choose("single", "one", "a", "b"))
MANY = form(
    ask(
        "multiple",
        "many",
        choices=[
            {"value": "a", "label": "A"},
            {"value": "b", "label": "B"},
            {"value": "none", "label": "None", "alone": True},
        ],
    )
)
YES = form(ask("yes_no", "may"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(["a"], ("a",)), (["b", "a", "b"], ("a", "b")), (["none"], ("none",)), (["", "b"], ("b",))],
)
def test_choices_are_kept_once_in_the_order_of_the_list(typed: list[str], kept: tuple[str, ...]) -> None:
    assert check(MANY, {"many": typed}) == Answers("sample", 1, {"many": kept})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["c"], "Many: please choose from the list"),
        (["a", "<script>"], "Many: please choose from the list"),
        (["A"], "Many: please choose from the list"),
        (["a", "none"], "Many: choose either “None” or the others, not both"),
        ([str(number) for number in range(10_000)], "Many: please choose from the list"),
    ],
)
def test_choices_not_offered_together_or_at_all_are_refused(typed: list[str], said: str) -> None:
    found = check(MANY, {"many": typed})
    assert isinstance(found, Problems)
    assert [each.text for each in found] == [said]


def test_a_list_holds_500_choices() -> None:
    long = form(choose("single", "one", *map(str, range(500))))
    assert check(long, {"one": ["499"]}) == Answers("sample", 1, {"one": "499"})
    with pytest.raises(FormError, match="at most 500"):
        form(choose("single", "one", *map(str, range(501))))


def test_one_choice_is_one_choice() -> None:
    assert check(ONE, {"one": ["b"]}) == Answers("sample", 1, {"one": "b"})
    assert isinstance(check(ONE, {"one": ["a", "b"]}), Problems)
    assert isinstance(check(ONE, {"one": ["z"]}), Problems)


def test_yes_and_no_are_texts() -> None:
    assert check(YES, {"may": ["no"]}) == Answers("sample", 1, {"may": "no"})
    assert isinstance(check(YES, {"may": ["maybe"]}), Problems)


def test_options_have_ids_of_their_own_and_show_what_was_chosen() -> None:
    (field,) = pages(MANY, {"many": ["b"]})[0].fields
    assert [(each.id, each.checked, each.alone) for each in field.options] == [
        ("many", False, False),
        ("many-2", True, False),
        ("many-3", False, True),
    ]
