"""Repeats with as many entries as a rule says."""

import pytest

from surveys.answering.answers import Answers, check, write_raw
from surveys.paging.pages import pages
from tests.surveys.make import ask, choose, form, press, repeat, spread, take


def test_a_rule_may_say_how_many_entries_there_are() -> None:
    kids = form(
        ask("integer", "count", maximum=5),
        ask("note", "about"),
        repeat(
            "kids",
            ask("text", "likes"),
            ask("integer", "nth", default="1"),
            times="${count}",
            most=3,
            item="child",
        ),
        ask("text", "end"),
    )
    assert [page.name for page in pages(kids, {})] == ["count", "about", "end"]
    laid_out = pages(kids, {"count": ["2"]})
    assert [(page.name, page.is_aside) for page in laid_out] == [
        ("count", False),
        ("about", False),
        ("kids.1", False),
        ("kids.2", False),
        ("end", False),
    ]
    typed = {"count": "2", "kids.2.likes": "maps", "kids.3.likes": "too many"}
    assert take(kids, typed)["kids"] == {"2": {"likes": "maps"}}
    assert take(kids, typed | {"count": "5"})["kids"] == {"2": {"likes": "maps"}, "3": {"likes": "too many"}}
    assert press(kids, typed, "add:kids", "kids.1").name == "kids.1"
    answers = check(kids, spread(typed))
    assert isinstance(answers, Answers)
    assert check(kids, write_raw(kids, answers)) == answers


@pytest.mark.parametrize(
    ("times", "count"), [("${n}", 2), ("'2'", 2), ("2.9", 2), ("'two'", 0), ("0 - 1", 0)]
)
def test_a_count_is_a_whole_number_whatever_it_comes_from(times: str, count: int) -> None:
    kids = form(ask("integer", "n"), repeat("kids", ask("text", "likes"), times=times))
    assert len([page for page in pages(kids, {"n": ["2"]}) if page.name.startswith("kids")]) == count


def test_a_page_that_may_bring_another_for_the_same_entry_is_not_the_last() -> None:
    cells = (choose("single", "near", "yes", "no"), ask("text", "why", relevant="${near} = 'no'"))
    kids = form(ask("text", "first"), repeat("kids", *cells, times="2"))
    assert [page.is_last for page in pages(kids, {})] == [False, False, False]
    assert [page.is_last for page in pages(kids, {"kids.2.near": ["no"]})] == [False, False, False, True]


def test_a_page_that_may_bring_entries_is_not_the_last() -> None:
    kids = form(ask("integer", "count"), repeat("kids", ask("text", "likes"), times="${count}"))
    assert not pages(kids, {})[0].is_last
    assert [page.is_last for page in pages(kids, {"count": ["1"]})] == [False, True]
