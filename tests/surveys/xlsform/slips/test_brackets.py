"""A group or repeat that does not pair is named at its row and column, and hides nothing else."""

import pytest

from tests.surveys.xlsform.workbooks import Cells, end, faults, read, row


@pytest.mark.parametrize(
    ("rows", "at", "said"),
    [
        ([row("begin_group", "g"), row("text", "b")], 2, "write end_group"),
        ([row("text", "b"), end("repeat")], 3, "no repeat that this could end"),
        ([row("begin_group", "g"), row("text", "b"), end("repeat")], 4, "row 2 is a group"),
        ([row("text", "b"), row("begin_repeat", "r"), end("repeat")], 3, "holds no question"),
        ([row("text", "b"), row("begin_repeat", "r"), row("start", "s"), end("repeat")], 3, "row 5"),
    ],
)
def test_it_is_named_at_its_row_and_column_and_once(rows: list[Cells], at: int, said: str) -> None:
    [fault] = faults(*rows)
    assert (fault.sheet, fault.row, fault.column, fault.letter) == ("survey", at, "type", "A")
    assert said in fault.what


@pytest.mark.parametrize("written", ["begin_grup", "Begin Gruop", "begingroup"])
def test_a_misspelt_beginning_is_told_once_and_taken_as_it_was_meant(written: str) -> None:
    rows = row("text", "a"), row(written, "g"), row("text", "b", relevant="${c} = 'x'"), end("group")
    kind, rule = faults(*rows)
    assert (kind.row, kind.column, kind.letter) == (3, "type", "A")
    assert "did you mean begin_group?" in kind.what
    assert (rule.row, rule.column) == (4, "relevant")


def test_a_misspelt_end_is_told_once() -> None:
    [fault] = faults(row("begin_group", "g"), row("text", "b"), {"type": "end_goup"})
    assert (fault.row, fault.column) == (4, "type")
    assert "did you mean end_group?" in fault.what


def test_the_time_of_the_end_ends_no_group() -> None:
    rows = row("begin_group", "g"), row("text", "b"), row("end time", "t"), row("text", "b"), end("group")
    [fault] = faults(*rows)
    assert (fault.row, fault.column) == (5, "name")
    assert "what row 3 is called already" in fault.what
    inner = row("begin_repeat", "s"), row("text", "c"), end("repeat")
    [nested] = faults(row("begin_repeat", "r"), row("end time", "t"), row("text", "b"), *inner, end("repeat"))
    assert (nested.row, nested.column) == (5, "type")
    assert "a repeat inside a repeat" in nested.what


def test_two_that_cross_are_both_named() -> None:
    rows = row("begin_group", "g"), row("begin_repeat", "r"), row("text", "b"), end("group"), end("repeat")
    assert [fault.row for fault in faults(*rows)] == [3, 6]


def test_a_group_left_open_hides_no_fault_of_a_rule() -> None:
    found = faults(
        row("begin_group", "g"),
        row("integer", "a", constraint=". >"),
        row("text", "b", relevant="${c} = 'x'"),
        row("text", "c"),
    )
    assert [(fault.row, fault.column) for fault in found] == [(2, "type"), (3, "constraint"), (4, "relevant")]


def test_a_group_of_rows_that_are_switched_off_is_not_looked_at() -> None:
    found = read(row("text", "a"), row("begin_group", "g", disabled="yes"))
    assert len(found.form["sections"]) == 1
