"""Characters that turn the direction of a text come into no form written as JSON."""

from surveys.forms.marks import take_out_everywhere


def test_marks_are_taken_out_with_a_note_at_each_place() -> None:
    choices = [{"value": "safer", "label": "\u202eSafer"}, {"value": "worse", "label": "Worse"}]
    asked = {"kind": "single", "name": "safety", "label": "Are you \u2067safer\u2069?", "choices": choices}
    written = {
        "title": "Visits \u202d2027",
        "sections": [{"name": "one", "questions": [asked]}],
        "version": 1,
    }
    cleaned, notes = take_out_everywhere(written)
    assert [note.where for note in notes] == [
        "form > title",
        "form > sections > one > questions > safety > label",
        "form > sections > one > questions > safety > choices > safer > label",
    ]
    assert isinstance(cleaned, dict)
    assert (cleaned["title"], cleaned["version"]) == ("Visits 2027", 1)
    assert not any(mark in str(cleaned) for mark in "\u202d\u202e\u2067\u2069")


def test_the_plain_marks_and_joiners_of_urdu_and_persian_stay() -> None:
    written = {"title": "کیوں\u200f؟ می\u200cروم"}
    assert take_out_everywhere(written) == (written, [])


def test_a_name_with_marks_is_named_without_them() -> None:
    cleaned, [note] = take_out_everywhere({"choices": {"y\u202en": []}})
    assert (cleaned, note.where) == ({"choices": {"yn": []}}, "form > choices")
