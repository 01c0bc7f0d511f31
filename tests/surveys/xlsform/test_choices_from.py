"""The column choices_from puts what was told before in front of a list, and says where it cannot."""

from typing import Any

import pytest

from surveys.paging.known import Earlier
from surveys.paging.pages import pages
from tests.surveys.make import take
from tests.surveys.xlsform.workbooks import YES_NO, choice, faults, form, question, row

LISTED = [choice("extra", "none", "None of these", alone="yes")]
COURSES: dict[str, Any] = {"courses": {"1": {"course_title": "Basics"}, "2": {"course_title": "Neglect"}}}
EARLIER: Earlier = {"tna": COURSES}
SOURCE = "tna.courses.course_title"


def test_the_courses_of_the_last_answer_can_be_chosen() -> None:
    asked = form(row("select_multiple extra", "which", choices_from=SOURCE), choices=LISTED)
    [field] = pages(asked, {}, (), EARLIER)[0].fields
    assert [option.label for option in field.options] == ["Basics", "Neglect", "None of these"]
    assert take(asked, {"which": ["Neglect"]}, None, EARLIER) == {"which": ("Neglect",)}
    assert asked.sources == {"tna"}


def test_the_column_stands_in_a_repeat_too() -> None:
    asked = form(
        row("begin_repeat", "things", item="thing"),
        row("select_multiple extra", "which", choices_from="board.lessons.title"),
        {"type": "end_repeat"},
        choices=LISTED,
    )
    assert asked.sources == {"board"}


def test_a_question_without_it_takes_nothing_from_elsewhere() -> None:
    assert "choices_from" not in question(row("select_multiple yn", "q"), choices=YES_NO)


@pytest.mark.parametrize("source", ["tna", "tna.courses", "tna.Courses.course_title", "a.b.c.d", "tna..x"])
def test_a_source_that_is_no_column_is_named_by_sheet_row_and_column(source: str) -> None:
    [fault] = faults(row("text", "a"), row("select_multiple yn", "q", choices_from=source), choices=YES_NO)
    assert (fault.sheet, fault.row, fault.column) == ("survey", 3, "choices_from")
    assert repr(source) in fault.what
    assert SOURCE in fault.what


@pytest.mark.parametrize("kind", ["select_one yn", "rank yn", "text"])
def test_only_a_choice_of_several_takes_it(kind: str) -> None:
    [fault] = faults(row(kind, "q", choices_from=SOURCE), choices=YES_NO)
    assert (fault.sheet, fault.row, fault.column) == ("survey", 2, "choices_from")
    assert "select_multiple" in fault.what


def test_a_line_of_a_table_that_takes_it_is_asked_by_itself() -> None:
    def grid(**cells: str) -> list[str]:
        look = {"appearance": "list-nolabel"}
        asked = form(
            row("begin_group", "g"),
            row("select_multiple yn", "heads", appearance="label"),
            row("select_multiple yn", "a", **look, **cells),
            row("select_multiple yn", "b", **look),
            {"type": "end_group"},
            choices=YES_NO,
        )
        return [each.kind for each in asked.questions.values()]

    assert "matrix" in grid()
    assert "matrix" not in grid(choices_from=SOURCE)
