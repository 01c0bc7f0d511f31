"""What is wrong is said all at once, by sheet, row and column, with what to do about it."""

import pytest

from surveys.xlsform.fault import Fault
from surveys.xlsform.reading import read_xlsform
from tests.surveys.xlsform.workbooks import YES_NO, choice, end, faults, read, row, workbook


def test_every_fault_is_found_in_one_reading() -> None:
    found = faults(
        row("geopoint", "where"),
        row("text", "why", relevant="${wher} = 'x'"),
        row("select_one nowhere", "q"),
        row("integer", "n", constraint=". > "),
        row("text", "1bad"),
        row("calculate", "c", calculation="foo(${n})"),
        row("text", "named", "Hello ${nobody}"),
        {"type": "text", "name": "mute"},
    )
    assert [(fault.row, fault.column) for fault in found] == [
        (2, "type"),
        (3, "relevant"),
        (4, "type"),
        (5, "constraint"),
        (6, "name"),
        (7, "calculation"),
        (8, "label"),
        (9, "label"),
    ]
    assert {fault.sheet for fault in found} == {"survey"}
    assert found[0].letter == "A"


def test_a_name_that_is_not_there_comes_with_one_that_is() -> None:
    [fault] = faults(row("integer", "headcount"), row("text", "q", relevant="${headcont} > 1"))
    assert "${headcount}" in fault.what


@pytest.mark.parametrize(
    ("column", "rule", "said"),
    [
        ("relevant", "${a} = \u2018yes\u2019", "straight quotation marks"),
        ("relevant", "/data/a = 'yes'", "${"),
        ("relevant", "../a = 'yes'", "${"),
        ("calculation", "now()", "today()"),
        ("calculation", "pulldata('f', 'a', 'b', ${a})", "pulldata"),
        ("calculation", "instance('x')/list/item", "instance"),
        ("calculation", "uuid()", "uuid"),
        ("constraint", "selected(., 'x'", "'"),
        ("constraint", "regex(., '(')", "regex"),
        ("required", "if(${a})", "if"),
    ],
)
def test_a_rule_that_cannot_work_is_refused_with_advice(column: str, rule: str, said: str) -> None:
    [fault] = faults(row("text", "a"), row("text", "b", **{column: rule}))
    assert (fault.sheet, fault.row, fault.column) == ("survey", 3, column)
    assert said in fault.what


def test_a_rule_longer_than_two_thousand_characters_is_refused() -> None:
    [fault] = faults(row("text", "a", constraint=" or ".join(["string-length(.) > 1"] * 200)))
    assert (fault.row, fault.column) == (2, "constraint")
    assert "2000" in fault.what


def test_a_rule_may_only_look_back() -> None:
    [fault] = faults(row("text", "a", relevant="${b} = 'x'"), row("text", "b"))
    assert (fault.row, fault.column) == (2, "relevant")
    assert "later" in fault.what


def test_a_rule_that_names_no_choice_is_refused() -> None:
    [fault] = faults(row("select_one yn", "a"), row("text", "b", relevant="${a} = 'Yes'"), choices=YES_NO)
    assert (fault.row, fault.column) == (3, "relevant")
    assert 'no choice "Yes"' in fault.what


def test_two_choices_of_one_name_are_refused_with_the_first_row() -> None:
    [fault] = faults(row("select_one yn", "a"), choices=[*YES_NO, choice("yn", "yes", "Aye")])
    assert (fault.sheet, fault.row, fault.column) == ("choices", 4, "name")
    assert "row 2" in fault.what


def test_a_choice_whose_words_name_an_answer_is_refused() -> None:
    [fault] = faults(row("text", "a"), row("select_one l", "b"), choices=[choice("l", "x", "Like ${a}")])
    assert (fault.sheet, fault.row, fault.column) == ("choices", 2, "label")


def test_a_text_that_names_an_answer_of_a_repeat_is_refused() -> None:
    [fault] = faults(
        row("begin_repeat", "p"),
        row("text", "called"),
        end("repeat"),
        row("text", "how", "How is ${called}?"),
    )
    assert (fault.row, fault.column) == (5, "label")


def test_an_error_of_excels_is_refused_where_it_stands() -> None:
    [fault] = faults(row("text", "a", "#REF!"))
    assert (fault.row, fault.column, fault.letter) == (2, "label", "C")


def test_settings_that_cannot_be_are_refused_on_their_sheet() -> None:
    [fault] = faults(row("text", "a"), settings={"privacy": "secret", "form_title": "T"})
    assert (fault.sheet, fault.row, fault.column) == ("settings", 2, "privacy")
    [aged] = faults(row("text", "a"), settings={"ages": "young"})
    assert (aged.sheet, aged.column) == ("settings", "ages")


def test_two_columns_of_one_heading_are_refused() -> None:
    book = workbook({"type": "text", "name": "a", "label": "A", "label ": "B"})
    found = read_xlsform(book, "x.xlsx")
    assert isinstance(found, list)
    assert (found[0].row, found[0].letter) == (1, "D")


def test_a_workbook_without_a_survey_sheet_names_the_sheets_there_are() -> None:
    found = read_xlsform(workbook(), "x.xlsx")
    assert isinstance(found, list)
    assert "no question" in found[0].what
    other = read_xlsform(workbook(row("text", "a"), notes=[{"a": 1}]).replace(b"", b""), "x.xlsx")
    assert not isinstance(other, list)


def test_entities_are_refused() -> None:
    found = faults(row("text", "a"), entities=[{"dataset": "people", "label": "x"}])
    assert [fault.sheet for fault in found] == ["entities"]


def test_an_empty_row_moves_no_row_number() -> None:
    [fault] = faults(row("text", "a"), {"type": None}, row("text", "b", relevant="${c} = 1"))
    assert fault.row == 4


def test_a_row_that_is_switched_off_is_not_looked_at() -> None:
    found = read(row("text", "a"), row("geopoint", "b", disabled="yes"))
    assert [one["name"] for one in found.form["sections"][0]["questions"]] == ["a"]


def test_a_fault_reads_as_one_line() -> None:
    fault = Fault("survey", 7, "relevant", "say what", "F")
    assert str(fault) == "survey, row 7, column F (relevant): say what"
    assert str(Fault("", 0, "", "say what")) == "say what"
    assert str(Fault("", 3, "", "say what")) == "line 3: say what"
