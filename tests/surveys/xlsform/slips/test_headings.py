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


def test_a_setting_under_its_longer_name_is_the_same_column() -> None:
    [fault] = faults(row("text", "a") | {"bind:relevant": "true()", "relevance": "true()"})
    assert (fault.sheet, fault.row, fault.column, fault.letter) == ("survey", 1, "relevance", "E")
    assert "bind:relevant" in fault.what


def test_a_sheet_without_the_column_label_is_told_so_once_and_hides_nothing() -> None:
    asked = {"type": "text", "name": "a"}, {"type": "text", "name": "b", "relevant": "${gone} = 'x'"}
    heading, rule = faults(*asked)
    assert (heading.sheet, heading.row, heading.column) == ("survey", 1, "label")
    assert "there is no column label" in heading.what
    assert (rule.row, rule.column) == (3, "relevant")
    assert read({"type": "text", "name": "a", "hint": "Say what you saw"})


def test_choices_without_a_column_they_need_are_told_so() -> None:
    for lacking in ("list_name", "name"):
        listed = [{heading: text for heading, text in one.items() if heading != lacking} for one in YES_NO]
        [fault] = faults(row("select_one yn", "a"), choices=listed)
        assert (fault.sheet, fault.row, fault.column) == ("choices", 1, lacking)
        assert f"there is no column {lacking}" in fault.what
    [media] = faults(row("select_one yn", "a"), choices=[*YES_NO, choice("yn", "maybe", media="x.png")])
    assert (media.sheet, media.row, media.column, media.letter) == ("choices", 1, "media", "D")


def test_a_setting_that_nobody_knows_is_left_out_whatever_it_is_called() -> None:
    found = read(row("text", "a"), settings={"form_title": "Visits", "type": "geopoint"})
    assert [(note.sheet, note.column) for note in found.warnings] == [("settings", "type")]


def test_a_sheet_without_the_column_type_is_told_so() -> None:
    [fault] = faults({"kind": "text", "name": "a", "label": "A"})
    assert (fault.sheet, fault.row) == ("survey", 1)
    assert "no column type" in fault.what


def test_a_misspelt_settings_sheet_is_refused_as_its_settings_would_be_lost() -> None:
    [fault] = faults(row("text", "a"), setings=[{"privacy": "anonymous"}])
    assert fault == Fault("setings", 0, "", fault.what)
    assert "there is no sheet settings" in fault.what
    assert read(row("text", "a"), _setings=[{"privacy": "anonymous"}]).form.get("privacy", "named") == "named"
