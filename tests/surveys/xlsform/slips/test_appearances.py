"""An appearance that nobody knows is never left out in silence."""

import pytest

from tests.surveys.xlsform.workbooks import YES_NO, end, read, row


@pytest.mark.parametrize(
    ("kind", "written", "meant"),
    [
        ("text", "mutliline", "multiline"),
        ("text", "multi_line", "multiline"),
        ("select_one yn", "w2 minmal", "minimal"),
        ("select_one yn", "face", "faces"),
    ],
)
def test_an_appearance_that_is_nearly_another_is_noted_with_that(kind: str, written: str, meant: str) -> None:
    found = read(row("text", "a"), row(kind, "q", appearance=written), choices=YES_NO)
    [note] = [each for each in found.warnings if each.column == "appearance"]
    assert (note.row, note.letter) == (3, "D")
    assert note.what.endswith(f"so it is not used; did you mean {meant}?")


def test_an_appearance_like_no_other_is_noted_as_not_used() -> None:
    [note] = read(row("text", "q", appearance="glittering")).warnings
    assert note.what == "there is no appearance glittering, so it is not used"


def test_an_appearance_for_another_sort_of_question_is_noted() -> None:
    [note] = read(row("integer", "q", appearance="multiline")).warnings
    assert note.what == "multiline is for text, so it is not used here"


def test_a_group_is_looked_at_as_a_question_is() -> None:
    found = read(row("begin_group", "g", "G", appearance="tabel-list"), row("text", "a"), end("group"))
    [note] = found.warnings
    assert (note.row, note.column) == (2, "appearance")
    assert note.what.endswith("did you mean table-list?")


@pytest.mark.parametrize(
    "written", ["w3 columns-4", "search('towns')", "MINIMAL horizontal", "ex:org.app(a='b')", "field-list"]
)
def test_what_odk_knows_needs_no_note(written: str) -> None:
    found = read(row("select_one yn", "q", appearance=written), choices=YES_NO)
    assert not [note for note in found.warnings if "there is no appearance" in note.what]
