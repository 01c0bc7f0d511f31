"""Rows and choices without a name that can be used are all named at once, in our own words."""

import pytest

from tests.surveys.xlsform.workbooks import YES_NO, Cells, choice, end, faults, read, row


def test_every_bad_name_is_told_with_one_that_would_do() -> None:
    found = faults(row("text", "1st"), row("text", "who came"), row("text", "when?"), row("text", "ok"))
    assert [(fault.row, fault.column) for fault in found] == [(2, "name"), (3, "name"), (4, "name")]
    assert [fault.what.rpartition("as in ")[2] for fault in found] == ["q_1st", "who_came", "when"]
    assert "'1st'" in found[0].what


@pytest.mark.parametrize(
    "asked",
    [
        {"type": "integer", "label": "How many?"},
        {"type": "begin_repeat", "label": "Courses"},
        {"type": "calculate", "calculation": "1 + 1"},
    ],
)
def test_a_row_without_a_name_has_its_row_and_column(asked: Cells) -> None:
    rest = (row("text", "b"), end("repeat")) if "repeat" in asked["type"] else ()
    [fault] = faults(row("text", "a"), asked, *rest)
    assert (fault.sheet, fault.row, fault.column, fault.letter) == ("survey", 3, "name", "B")


@pytest.mark.parametrize("kind", ["start", "deviceid", "today", "end"])
def test_what_odk_records_wants_a_name_too(kind: str) -> None:
    [fault] = faults(row("text", "a"), {"type": kind})
    assert (fault.sheet, fault.row, fault.column) == ("survey", 3, "name")
    assert "ODK wants a name" in fault.what
    assert ("write end_group" in fault.what) == (kind == "end")


def test_what_odk_records_is_told_of_its_bad_name() -> None:
    [spelt] = faults(row("start", "1 start"), row("text", "a"))
    [twin] = faults(row("start", "start"), row("today", "start"), row("text", "a"))
    assert (spelt.row, spelt.column, twin.row, twin.column) == (2, "name", 3, "name")
    [long] = faults(row("start", "begun", "x" * 9_000), row("text", "a"))
    assert (long.row, long.column) == (2, "label")


def test_a_row_without_a_name_hides_no_fault_of_a_rule() -> None:
    nameless = {"type": "integer", "label": "How many?"}
    found = faults(nameless, row("text", "b", relevant="${c} = 'x'"), row("text", "c"))
    assert [(fault.row, fault.column) for fault in found] == [(2, "name"), (3, "relevant")]


def test_a_row_without_a_type_is_told_what_a_type_is() -> None:
    [fault] = faults(row("text", "b"), {"name": "a", "label": "A"})
    assert (fault.row, fault.column) == (3, "type")
    assert "integer" in fault.what


def test_a_name_twice_in_one_group_is_told_with_the_first_row() -> None:
    again = row("text", "a"), row("begin_group", "g"), row("text", "b"), row("text", "b"), end("group")
    [fault] = faults(*again)
    assert (fault.row, fault.column) == (5, "name")
    assert "row 4" in fault.what
    read(row("text", "a"), row("begin_group", "g"), row("text", "a"), end("group"))


def test_choices_without_a_name_and_names_with_spaces_are_told_where_they_stand() -> None:
    listed = [choice("l", "two words"), {"list_name": "l", "label": "Unnamed"}]
    found = faults(row("select_multiple l", "a"), choices=listed)
    assert [(fault.sheet, fault.row, fault.column) for fault in found] == [
        ("choices", 2, "name"),
        ("choices", 3, "name"),
    ]
    assert "two_words" in found[0].what
    assert "is kept as, such as yes" in found[1].what


def test_a_choice_in_no_list_is_noted() -> None:
    lost = {"name": "maybe", "label": "Maybe"}
    [note] = read(row("select_one yn", "a"), choices=[*YES_NO, lost]).warnings
    assert (note.sheet, note.row, note.column) == ("choices", 4, "list_name")
