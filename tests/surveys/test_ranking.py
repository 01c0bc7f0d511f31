"""Choices put in order by buttons."""

import pytest

from surveys.answering.answers import Answers
from surveys.answering.reading import tell
from surveys.paging.acts import perform
from surveys.paging.pages import pages
from tests.surveys.make import choose, form, press, refuse, repeat, take

TOPICS = form(choose("ranking", "topics", "a", "b", "c", "d", most=3))


def order_after(act: str, *order: str) -> list[str]:
    done = perform(TOPICS, {"topics": list(order)}, act, "topics")
    assert done is not None
    return done[0]["topics"]


@pytest.mark.parametrize(
    ("typed", "kept"), [(["c", "a"], ("c", "a")), (["b", "b", " a "], ("b", "a")), (["", "d"], ("d",))]
)
def test_choices_are_kept_in_the_order_given_each_once(typed: list[str], kept: tuple[str, ...]) -> None:
    assert take(TOPICS, {"topics": typed}) == {"topics": kept}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["a", "z"], "Topics: please choose from the list"),
        (["a", "b", "c", "d"], "Choose no more than 3"),
        ([str(number) for number in range(10_000)], "Topics: please choose from the list"),
    ],
)
def test_too_many_and_unknown_ones_are_refused(typed: list[str], said: str) -> None:
    assert refuse(TOPICS, {"topics": typed}) == [("topics", said)]


@pytest.mark.parametrize(
    ("act", "order", "then"),
    [
        ("pick:topics:c", "a", "a c"),
        ("pick:topics:a", "a", "a"),
        ("pick:topics:d", "a b c", "a b c"),
        ("drop:topics:b", "a b c", "a c"),
        ("drop:topics:d", "a", "a"),
        ("up:topics:c", "a b c", "a c b"),
        ("up:topics:a", "a b c", "a b c"),
        ("down:topics:a", "a b c", "b a c"),
        ("down:topics:c", "a b c", "a b c"),
        ("down:topics:d", "a b c", "a b c"),
        ("up:topics:d", "a b c", "a b c"),
    ],
)
def test_buttons_put_choices_in_order(act: str, order: str, then: str) -> None:
    assert order_after(act, *order.split()) == then.split()


@pytest.mark.parametrize(
    "act",
    [
        "pick:topics:z",
        "pick:topics",
        "pick:other:a",
        "spin:topics:a",
        ":",
        "up:topics.1.x:a",
        "add:topics",
    ],
)
def test_a_button_that_is_none_does_nothing(act: str) -> None:
    assert perform(TOPICS, {"topics": ["a"]}, act, "topics") is None
    page = press(TOPICS, {"topics": ["a"]}, act, "topics")
    assert (page.name, page.fields[0].values, page.errors) == ("topics", ("a",), ())


def test_the_page_shows_what_was_chosen_in_order_and_what_is_left() -> None:
    (field,) = press(TOPICS, {"topics": ["c"]}, "pick:topics:a", "topics").fields
    assert [option.value for option in field.ranked] == ["c", "a"]
    assert [option.value for option in field.options] == ["b", "d"]
    assert (field.values, field.may_add) == (("c", "a"), True)
    full = pages(TOPICS, {"topics": ["c", "a", "b"]})[0].fields[0]
    assert not full.may_add


def test_an_order_within_an_entry_of_a_repeat_has_buttons_too() -> None:
    teams = form(repeat("teams", choose("ranking", "needs", "a", "b"), item="team"))
    raw = {"teams": ["1"], "teams.1.needs": ["a", "b"]}
    page = press(teams, raw, "up:teams.1.needs:b", "teams.1")
    assert (page.name, page.fields[0].values) == ("teams.1", ("b", "a"))
    assert [option.id for option in page.fields[0].ranked] == ["teams.1.needs-2", "teams.1.needs"]


def test_an_order_is_told_with_its_numbers() -> None:
    assert tell(TOPICS, Answers("sample", 1, {"topics": ("c", "a")})) == [("Topics", "1. C; 2. A")]
