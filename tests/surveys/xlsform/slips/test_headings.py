"""A column or a sheet that nobody knows is never left out in silence."""

import pytest

from surveys.xlsform.fault import Fault
from tests.surveys.xlsform.workbooks import YES_NO, Cells, choice, faults, read, row


@pytest.mark.parametrize(
    ("sheet", "written", "meant"),
    [
        ("survey", "relevence", "relevant"),
        ("survey", "Requird", "required"),
        ("survey", "constrant", "constraint"),
        ("survey", "constraint_mesage", "constraint_message"),
        ("survey", "hnit", "hint"),
        ("survey", "hnit::Polski (pl)", "hint::Polski (pl)"),
        ("choices", "aloen", "alone"),
        ("choices", "lable::Polski (pl)", "label::Polski (pl)"),
        ("settings", "privcy", "privacy"),
        ("settings", "form_titel", "form_title"),
    ],
)
def test_a_misspelt_heading_is_refused_with_the_one_that_was_meant(
    sheet: str, written: str, meant: str
) -> None:
    asked, listed, told = row("select_one yn", "a"), [dict(each) for each in YES_NO], {"form_id": "visits"}
    cells: dict[str, Cells] = {"survey": asked, "choices": listed[0], "settings": told}
    cells[sheet][written] = "named" if meant == "privacy" else "yes"
    first = faults(asked, choices=listed, settings=told)[0]
    assert (first.sheet, first.row, first.column) == (sheet, 1, written)
    assert f"did you mean {meant}?" in first.what


def test_what_stands_under_a_misspelt_heading_is_judged_in_the_same_reading() -> None:
    heading, rule = faults(row("text", "a", relevence="${gone} = 'x'"))
    assert (heading.row, rule.row, rule.letter) == (1, 2, "D")
    assert "${gone}" in rule.what


def test_a_column_like_no_other_is_left_out_with_a_note() -> None:
    found = read(row("text", "a", colour="red", notes="ask Rowan"), settings={"owner": "Rowan"})
    assert [(note.sheet, note.column) for note in found.warnings] == [
        ("survey", "colour"),
        ("survey", "notes"),
        ("settings", "owner"),
    ]
    assert all(note.row == 1 for note in found.warnings)


@pytest.mark.parametrize(
    "heading", ["label::Polski (pl)", "bind::odk:length", "media::image", "jr:count", "Constraint Message"]
)
def test_a_column_of_odks_is_known_however_it_is_written(heading: str) -> None:
    found = read(row("text", "a") | {heading: "1"})
    assert not [note for note in found.warnings if note.row == 1 and "there is no column" in note.what]


def test_a_column_that_a_choice_filter_looks_at_is_what_it_is_called() -> None:
    places = [choice("places", "kew", lable="south"), choice("places", "ely", lable="east")]
    asked = row("text", "side"), row("select_one places", "b", choice_filter="lable = ${side}")
    found = read(*asked, choices=places)
    assert not found.warnings


def test_where_the_column_meant_is_there_the_other_is_only_noted() -> None:
    found = read(row("text", "a", hint="Say") | {"hints": "for the trainer"})
    assert [note.column for note in found.warnings] == ["hints"]


def test_two_headings_of_one_meaning_are_refused_at_the_second() -> None:
    [fault] = faults(row("text", "a") | {"relevant": "true()", "relevance": "true()"})
    assert (fault.sheet, fault.row, fault.column, fault.letter) == ("survey", 1, "relevance", "E")


def test_a_sheet_without_the_column_type_is_told_so() -> None:
    [fault] = faults({"kind": "text", "name": "a", "label": "A"})
    assert (fault.sheet, fault.row) == ("survey", 1)
    assert "no column type" in fault.what


def test_a_misspelt_settings_sheet_is_refused_as_its_settings_would_be_lost() -> None:
    [fault] = faults(row("text", "a"), setings=[{"privacy": "anonymous"}])
    assert fault == Fault("setings", 0, "", fault.what)
    assert "there is no sheet settings" in fault.what
    assert read(row("text", "a"), _setings=[{"privacy": "anonymous"}]).form.get("privacy", "named") == "named"
