"""Characters that turn the direction of a text come into no form."""

from tests.surveys.xlsform.workbooks import YES_NO, read, row


def test_marks_that_turn_a_text_are_taken_out_with_a_note_at_the_cell() -> None:
    listed = [dict(each) for each in YES_NO]
    listed[1]["label"] = "\u2067No\u2069"
    told = {"form_title": "Visits \u202d2027"}
    found = read(row("select_one yn", "a", "Ring \u202e999\u202c"), choices=listed, settings=told)
    asked = found.form["sections"][0]["questions"][0]
    assert (found.form["title"], asked["label"]) == ("Visits 2027", "Ring 999")
    assert asked["choices"][1]["label"] == "No"
    assert [(note.sheet, note.row, note.column) for note in found.warnings] == [
        ("survey", 2, "label"),
        ("choices", 3, "label"),
        ("settings", 2, "form_title"),
    ]


def test_the_plain_marks_that_writers_of_urdu_need_stay() -> None:
    found = read(row("text", "a") | {"label::اردو (ur)": "کیوں\u200f؟"})
    assert not found.warnings
    [translation] = found.translations
    assert "کیوں\u200f؟" in translation["texts"].values()
