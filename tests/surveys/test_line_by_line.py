"""A matrix put to families comes in small groups of lines, a page each."""

import pytest

from surveys.answering.answers import Answers
from surveys.paging.journey import advance, open_first, page_at
from surveys.paging.keystrokes import Raw
from surveys.paging.pages import Page, pages
from tests.surveys.make import ask, choose, form, matrix, spread

LINES = "a b c d e f g h i"
LEVEL = choose("single", "level", "good", "poor", required=True)
NINE = form(
    ask("yes_no", "before"),
    ask("note", "about"),
    matrix("grid", LINES, LEVEL, relevant="${before} = 'yes'"),
    ask("long_text", "why", relevant="${level} = 'poor'"),
    audience="family",
    pace="question",
)
WHOLE = {"before": "yes"} | {f"grid.{line}.level": "good" for line in LINES.split()}


def lines_of(page: Page) -> list[str]:
    return [line.key for field in page.fields for line in field.lines]


def laid_out(typed: dict[str, str]) -> list[Page]:
    return pages(NINE, spread(typed))


def advanced(typed: dict[str, str], at: str) -> Page:
    page = advance(NINE, spread(typed), at)
    assert isinstance(page, Page)
    return page


def test_nine_lines_come_three_to_a_page() -> None:
    first, *rest = laid_out(WHOLE)
    assert lines_of(first) == []
    assert [lines_of(page) for page in rest] == [list("abc"), list("def"), list("ghi")]
    assert [page.name for page in rest] == ["about", "grid.d", "grid.g"]
    assert [[field.kind for field in page.fields] for page in rest] == [["note", "matrix"], *[["matrix"]] * 2]


@pytest.mark.parametrize(
    ("lines", "columns", "together"),
    [
        ("a b c d", 1, [4]),
        ("a b c d e", 1, [3, 2]),
        ("a b c d e f", 1, [3, 3]),
        ("a b c", 2, [2, 1]),
        ("a b", 5, [1, 1]),
    ],
)
def test_a_page_holds_four_questions_or_one_line(lines: str, columns: int, together: list[int]) -> None:
    cells = [ask("yes_no", f"q{number}") for number in range(columns)]
    asked = form(matrix("grid", lines, *cells), audience="family")
    assert [len(lines_of(page)) for page in pages(asked, {})] == together


def test_staff_have_the_whole_of_it_on_one_page() -> None:
    asked = form(matrix("grid", LINES, LEVEL), pace="question")
    assert [len(lines_of(page)) for page in pages(asked, {})] == [9]


def test_a_page_asks_for_its_own_lines_alone() -> None:
    typed = {"before": "yes", "grid.a.level": "good", "grid.c.level": "poor"}
    page = advanced(typed, "about")
    assert page.name == "about"
    assert [field.id for field in page.errors] == ["grid.b.level"]
    following = advanced(typed | {"grid.b.level": "good"}, "about")
    assert (following.name, following.errors) == ("grid.d", ())


def test_each_page_carries_the_lines_of_the_others() -> None:
    page = page_at(NINE, spread(WHOLE), "grid.d")
    assert {name for name, _ in page.carried} == {
        "before",
        *(f"grid.{line}.level" for line in "abcghi"),
    }


def test_back_leads_through_the_lines_one_page_at_a_time() -> None:
    raw: Raw = spread(WHOLE)
    visited, at = [], "grid.g"
    while at:
        page = page_at(NINE, raw, at)
        visited.append(page.name)
        at = page.before
    assert visited == ["grid.g", "grid.d", "about", "before"]


def test_where_the_matrix_does_not_apply_none_of_its_pages_is_shown() -> None:
    typed = {"before": "no"}
    assert [page.name for page in laid_out(typed)] == ["before", "about"]
    assert isinstance(advance(NINE, spread(typed), "about"), Answers)


def test_the_last_line_is_followed_by_what_hangs_on_any_of_them() -> None:
    typed = WHOLE | {"grid.b.level": "poor"}
    page = advanced(typed, "grid.g")
    assert page.name == "why"
    outcome = advance(NINE, spread(typed | {"why": "They came late."}), "why")
    assert isinstance(outcome, Answers)
    assert outcome.values["grid"] == {
        line: {"level": "poor" if line == "b" else "good"} for line in LINES.split()
    }


def test_a_rule_of_the_whole_matrix_waits_for_its_last_page() -> None:
    asked = form(
        matrix("grid", LINES, ask("integer", "n"), constraint="sum(${n}) >= 5", constraint_message="Five"),
        audience="family",
    )
    typed = spread({f"grid.{line}.n": "0" for line in "abc"})
    second = advance(asked, typed, "grid")
    assert isinstance(second, Page)
    assert (second.name, second.errors) == ("grid.d", ())
    last = advance(asked, typed, "grid.g")
    assert isinstance(last, Page)
    assert (last.name, [field.error for field in last.errors]) == ("grid.g", ["Five"])


def test_the_first_page_is_found_again_by_the_name_of_the_matrix() -> None:
    asked = form(matrix("grid", LINES, LEVEL), audience="family")
    assert lines_of(page_at(asked, {}, "grid.zz")) == list("abc")
    assert lines_of(open_first(asked, {})) == list("abc")
