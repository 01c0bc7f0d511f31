"""Groups become sections, grids become matrices, and no rule of either is lost."""

from typing import Any

from surveys.xlsform.reading import read_xlsform
from tests.surveys.xlsform.workbooks import (
    YES_NO,
    answers,
    choice,
    end,
    faults,
    form,
    problems,
    read,
    row,
    workbook,
)

AGREE = [choice("agree", each) for each in ("never", "sometimes", "always")]


def _sections(*survey: dict[str, Any], **rest: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(*survey, **rest).form["sections"]
    return found


def _names(section: dict[str, Any]) -> list[str]:
    return [each["name"] for each in section["questions"]]


def test_a_group_is_a_section_and_what_stands_between_groups_is_one_too() -> None:
    found = _sections(
        row("text", "first"),
        row("begin_group", "reach", "Who heard it", hint="Count everybody."),
        row("integer", "all"),
        end("group"),
        row("text", "last"),
        settings={"form_title": "Visits"},
    )
    assert [(one["name"], one["title"], _names(one)) for one in found] == [
        ("part_1", "Visits", ["first"]),
        ("reach", "Who heard it", ["all"]),
        ("part_3", "Visits", ["last"]),
    ]
    assert found[1]["intro"] == "Count everybody."


def test_the_rule_of_a_group_holds_for_all_in_it() -> None:
    asked = form(
        row("select_one yn", "more"),
        row("begin_group", "deeper", relevant="${more} = 'yes'"),
        row("text", "what", required="yes"),
        row("begin_group", "inner", "Inside", relevant="${what} != ''"),
        row("text", "why", relevant="string-length(${what}) > 3"),
        end("group"),
        end("group"),
        choices=YES_NO,
    )
    assert answers(asked, more="no", what="x", why="y") == {"more": "no"}
    assert "what" in problems(asked, more="yes")
    assert answers(asked, more="yes", what="rain", why="y")["why"] == "y"
    assert "why" not in answers(asked, more="yes", what="sun", why="y")


def test_the_label_of_a_group_inside_a_section_is_a_note() -> None:
    [section] = _sections(
        row("begin_group", "outer", "Outer"),
        row("text", "a"),
        row("begin_group", "inner", "About the inner side", relevant="${a} != ''"),
        row("text", "b"),
        end("group"),
        end("group"),
    )
    assert section["questions"][1] == {
        "kind": "note",
        "name": "inner",
        "label": "About the inner side",
        "relevant": "${a} != ''",
    }


def test_a_group_of_groups_gives_its_sections() -> None:
    found = _sections(
        row("integer", "n"),
        row("begin_group", "whole", "The whole", relevant="${n} > 1"),
        row("begin_group", "one", "One"),
        row("text", "a"),
        end("group"),
        row("begin_group", "two", "Two", relevant="${a} != ''"),
        row("text", "b"),
        end("group"),
        end("group"),
    )
    assert [(one["name"], one.get("relevant", "")) for one in found] == [
        ("part_1", ""),
        ("one", "${n} > 1"),
        ("two", "(${n} > 1) and (${a} != '')"),
    ]
    assert found[1]["intro"] == "The whole"


def test_a_long_form_is_parted_into_sections_that_can_be_held() -> None:
    found = _sections(*(row("integer", f"n{number}") for number in range(250)))
    assert [len(_names(one)) for one in found] == [100, 100, 50]
    assert len({one["name"] for one in found}) == 3


def test_a_table_list_is_a_matrix_of_one_column() -> None:
    [section] = _sections(
        row("begin_group", "habits", "How often?", appearance="table-list"),
        row("select_one agree", "reads", hint="Anything."),
        row("select_one agree", "writes"),
        end("group"),
        choices=AGREE,
    )
    [matrix] = section["questions"]
    assert (matrix["kind"], matrix["name"], matrix["label"]) == ("matrix", "habits", "How often?")
    assert matrix["lines"] == [
        {"value": "reads", "label": "Reads", "hint": "Anything."},
        {"value": "writes", "label": "Writes"},
    ]
    [column] = matrix["columns"]
    assert (column["kind"], len(column["choices"])) == ("single", 3)


def test_label_and_list_nolabel_make_the_same_matrix() -> None:
    asked = form(
        row("begin_group", "habits", "How often?", appearance="field-list"),
        row("select_one agree", "header", "Choose one a line", appearance="label"),
        row("select_one agree", "reads", appearance="list-nolabel", required="yes"),
        row("select_one agree", "writes", appearance="list-nolabel", required="yes"),
        end("group"),
        choices=AGREE,
    )
    assert list(asked.questions) == ["habits"]
    found = answers(asked, habits__reads__habits_answer="never", habits__writes__habits_answer="always")
    assert found["habits"]["writes"] == {"habits_answer": "always"}
    assert list(problems(asked, habits__reads__habits_answer="never")) == ["habits.writes.habits_answer"]


def test_a_grid_whose_lines_have_rules_or_are_looked_at_stays_single_questions() -> None:
    asked = form(
        row("begin_group", "habits", "How often?", appearance="table-list"),
        row("select_one agree", "reads"),
        row("select_one agree", "writes"),
        end("group"),
        row("text", "why", relevant="${reads} = 'never'"),
        choices=AGREE,
    )
    assert [one.kind for one in asked.questions.values()] == ["single", "single", "text"]
    assert answers(asked, reads="never", why="time")["why"] == "time"


def test_a_grid_in_a_repeat_is_asked_one_by_one() -> None:
    asked = form(
        row("begin_repeat", "person", "Person"),
        row("begin_group", "habits", "How often?", appearance="table-list"),
        row("select_one agree", "reads"),
        row("select_one agree", "writes"),
        end("group"),
        end("repeat"),
        choices=AGREE,
    )
    assert answers(asked, person="1", person__1__reads="never") == {"person": {"1": {"reads": "never"}}}


def test_a_repeat_alone_gives_its_section_its_title() -> None:
    [section] = _sections(
        row("begin_repeat", "course", "Courses", item="course"), row("text", "title"), end("repeat")
    )
    [repeat] = section["questions"]
    assert (section["title"], repeat["item"], repeat["summary"]) == ("Courses", "course", "title")


def test_a_repeat_in_a_repeat_is_refused_where_it_begins() -> None:
    [fault] = faults(
        row("begin_repeat", "a"), row("begin_repeat", "b"), row("text", "c"), end("repeat"), end("repeat")
    )
    assert (fault.sheet, fault.row, fault.column, fault.letter) == ("survey", 3, "type", "A")
    assert "repeat inside a repeat" in fault.what


def test_a_group_that_is_not_ended_is_refused_where_it_begins() -> None:
    [fault] = faults(row("text", "a"), row("begin_group", "g"), row("text", "b"))
    assert (fault.sheet, fault.row) == ("survey", 3)


def test_deep_nesting_harms_nobody() -> None:
    rows = [row("begin_group", f"g{number}") for number in range(900)]
    found = read_xlsform(workbook(*rows, row("text", "q"), *[end("group")] * 900), "deep.xlsx")
    assert isinstance(found, list)
    assert (found[0].row, found[0].column) == (22, "type")
    assert "20 deep" in found[0].what
