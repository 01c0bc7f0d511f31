"""One fault hides no other: what a workbook has to put right is told in one reading, and each thing once."""

import pytest

from tests.surveys.xlsform.workbooks import YES_NO, choice, end, faults, read, row


def test_a_row_that_is_refused_hides_no_fault_of_a_rule() -> None:
    found = faults(
        row("geopoint", "x"),
        row("text", "b", relevant="${c} = 'x'"),
        row("text", "c", relevant="${x} != ''"),
        row("select_one yn", "y", required="${"),
        row("text", "t", relevant="${y} = 'maybe'"),
        choices=YES_NO,
    )
    assert [(fault.row, fault.column) for fault in found] == [
        (2, "type"),
        (3, "relevant"),
        (5, "required"),
        (6, "relevant"),
    ]


def test_a_rule_that_is_refused_hides_nothing_else_in_its_row() -> None:
    told = row("text", "a", relevant="${gone} = 1", constraint="${later} = 'x'")
    listed = row("select_one yn", "b", relevant="${gone} = 1") | {"label::Polski (pl)": "B"}
    found = faults(told, listed | {"label": None, "hint": "Say"}, row("integer", "later"), choices=YES_NO)
    assert [(fault.row, fault.column) for fault in found] == [(2, "relevant"), (3, "label"), (3, "relevant")]


def test_a_setting_that_is_refused_hides_no_fault_of_a_rule() -> None:
    asked = row("text", "a", relevant="${b} = 'x'"), row("text", "b")
    found = faults(*asked, settings={"privacy": "secret", "minutes": "900"})
    assert [(fault.sheet, fault.column) for fault in found] == [
        ("survey", "relevant"),
        ("settings", "privacy"),
        ("settings", "minutes"),
    ]
    assert found[2].what == "240 is the most"


def test_a_question_that_cannot_be_hides_no_fault_of_another() -> None:
    found = faults(
        row("text", "a", max_length=99_999), row("text", "b", relevant="${c} = 1"), row("text", "c")
    )
    assert [(fault.row, fault.column) for fault in found] == [(2, "max_length"), (3, "relevant")]


def test_a_choice_that_is_refused_is_not_missed_by_the_rules_that_name_it() -> None:
    listed = [*YES_NO, choice("yn", "unsure", "#REF!"), {"list_name": "yn", "label": "Nameless"}]
    asked = row("select_one yn", "a"), row("text", "b", relevant="${a} = 'unsure' or ${a} = 'yes'")
    assert [(fault.sheet, fault.row) for fault in faults(*asked, choices=listed)] == [
        ("choices", 4),
        ("choices", 5),
    ]


@pytest.mark.parametrize("times", ["1000000", "51", "0", "-1", "2.5"])
def test_a_repeat_of_more_entries_than_there_can_be_is_refused(times: str) -> None:
    [fault] = faults(row("begin_repeat", "r", repeat_count=times), row("text", "a"), end("repeat"))
    assert (fault.row, fault.column) == (2, "repeat_count")
    assert "1 to 50 entries" in fault.what


def test_a_repeat_of_fifty_entries_is_taken() -> None:
    rows = row("begin_repeat", "r", repeat_count="50"), row("text", "a"), end("repeat")
    assert read(*rows).form["sections"][0]["questions"][0]["times"] == "50"


def test_parameters_odk_gives_no_place_for_are_found_by_their_row() -> None:
    asked = row("select_one yn", "b", parameters="randomize=true"), row("text", "a")
    [fault] = faults(*asked, row("select_one yn", "c", parameters="randomize=maybe"), choices=YES_NO)
    assert (fault.sheet, fault.row, fault.column) == ("survey", 4, "parameters")


def test_what_odk_says_is_neither_cut_in_mid_word_nor_said_twice() -> None:
    [note] = read(row("integer", "allstaff"), row("integer", "AllStaff")).warnings
    assert (note.row, note.what) == (3, "AllStaff is called all_staff here")
    [fault] = faults(row("range", "b", parameters="start=1 end=x"))
    assert not fault.what.startswith("the '")
