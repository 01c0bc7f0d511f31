"""What is wrong is said all at once, by sheet, row and column, with what to do about it."""

import pytest

from surveys.xlsform.fault import Fault
from surveys.xlsform.reading import read_xlsform
from tests.surveys.xlsform.workbooks import YES_NO, Cells, choice, end, faults, read, row, workbook


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


@pytest.mark.parametrize(
    ("kind", "parameters", "said"),
    [
        ("select_one yn", "randomize=perhaps", "true or false"),
        ("select_one yn", "seed=1", "randomize=true"),
        ("text", "rows=x", "integer"),
    ],
)
def test_parameters_copied_down_are_told_in_every_row(kind: str, parameters: str, said: str) -> None:
    rows = (row(kind, f"q{at}", parameters=parameters) for at in range(30))
    found = faults(row("text", "why"), *rows, choices=YES_NO)
    assert [(fault.sheet, fault.row, fault.column) for fault in found] == [
        ("survey", at, "parameters") for at in range(3, 33)
    ]
    assert all(said in fault.what for fault in found)


def test_two_audits_with_wrong_parameters_are_told_where_they_stand() -> None:
    audits = ({"type": "audit", "name": name, "parameters": "foo=1"} for name in ("audit", "again"))
    found = faults(row("text", "why"), *audits)
    assert [fault.row for fault in found] == [3, 4]


def test_other_parameters_of_the_same_fault_are_told_where_they_stand() -> None:
    rows = (row("select_one yn", f"q{at}", parameters=f"randomize=x{at}") for at in range(3))
    found = faults(row("select_one yn", "good", parameters="randomize=true"), *rows, choices=YES_NO)
    assert [(fault.row, fault.column) for fault in found] == [(at, "parameters") for at in (3, 4, 5)]


@pytest.mark.parametrize(
    "loop",
    [
        [{"type": "end loop"}],
        [row("begin loop over yn", "l"), row("text", "in"), {"type": "end loop"}],
        [row("begin loop over yn", "l"), row("text", "in")],
    ],
)
def test_loops_are_refused_where_they_stand(loop: list[Cells]) -> None:
    found = faults(row("text", "a"), *loop, choices=YES_NO)
    assert found[0].row == 3
    assert all("loops were given up by ODK" in fault.what and fault.column == "type" for fault in found)


def test_what_there_is_no_time_to_look_for_is_left_for_the_next_reading() -> None:
    rows = (row("select_one yn", f"q{at}", parameters=f"randomize=x{at}") for at in range(40))
    found = faults(*rows, choices=YES_NO)
    assert 3 < len(found) < 40
    assert all(fault.row and fault.column == "parameters" for fault in found)


def test_a_group_without_begin_is_told_what_to_write() -> None:
    found = faults(row("group", "g"), row("text", "a"), end("group"))
    assert "write begin_group above its questions" in found[0].what


def test_a_text_that_names_no_answer_is_told_with_what_was_meant() -> None:
    asked = row("text", "child"), row("text", "a", hint="About ${chld}") | {"label::Polski (pl)": "${nie}"}
    hint, polish = faults(*asked)
    assert (hint.row, hint.column, polish.row, polish.column) == (3, "hint", 3, "label::Polski (pl)")
    assert "did you mean ${child}?" in hint.what


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


def test_what_is_wrong_with_a_choice_is_told_once_on_its_own_sheet() -> None:
    asked = row("select_one yn", "a"), row("select_one yn", "b")
    [picture] = faults(*asked, choices=[*YES_NO, choice("yn", "maybe", picture="nonsense")])
    assert (picture.sheet, picture.row, picture.column) == ("choices", 4, "picture")
    [label] = faults(*asked, choices=[*YES_NO, choice("yn", "maybe", "x" * 5_000)])
    assert (label.sheet, label.row, label.column) == ("choices", 4, "label")


def test_a_column_of_choices_that_names_no_answer_is_told_where_it_stands() -> None:
    listed = [*YES_NO, choice("yn", "maybe", image="${gone}")]
    [fault] = faults(row("select_one yn", "a"), choices=listed)
    assert (fault.sheet, fault.row, fault.column) == ("choices", 4, "image")
    assert "there is no question ${gone}" in fault.what


def test_a_name_in_braces_that_is_not_whole_is_told_in_our_words() -> None:
    [fault] = faults(row("text", "stuff"), row("text", "q", constraint_message="Not ${stuff"))
    assert (fault.row, fault.column) == (3, "constraint_message")
    assert fault.what.startswith("an answer is named as ${question}")


def test_a_text_of_the_settings_that_names_no_answer_comes_with_one_that_is_there() -> None:
    [fault] = faults(row("text", "stuf"), settings={"form_title": "About ${stuff}"})
    assert (fault.sheet, fault.row, fault.column) == ("settings", 2, "form_title")
    assert fault.what == "there is no question ${stuff}; did you mean ${stuf}?"


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
    found = read(row("text", "a"), row("geopoint", "b", "Where is ${gone}?", disabled="yes"))
    assert [one["name"] for one in found.form["sections"][0]["questions"]] == ["a"]


def test_a_fault_reads_as_one_line() -> None:
    fault = Fault("survey", 7, "relevant", "say what", "F")
    assert str(fault) == "survey, row 7, column F (relevant): say what"
    assert str(Fault("", 0, "", "say what")) == "say what"
    assert str(Fault("", 3, "", "say what")) == "line 3: say what"
