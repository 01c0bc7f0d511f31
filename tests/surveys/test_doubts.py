"""Rules that do hardly what was meant are noted at their place, and keep nobody from using a form."""

from surveys import library
from surveys.forms.doubts import find_form_doubts
from tests.surveys.xlsform.workbooks import end, read, row


def test_doubts_are_noted_by_row_and_column() -> None:
    found = read(
        row("integer", "a", constraint=". > 'abc'"),
        row("date", "d"),
        row("text", "t", relevant="${d} > 5"),
        row("begin_repeat", "r"),
        row("integer", "n", constraint=". > 10 and . < 5"),
        end("repeat"),
        row("begin_group", "g", relevant="${a} = 'x'"),
        row("text", "u"),
        end("group"),
    )
    assert [(note.row, note.column) for note in found.warnings] == [
        (2, "constraint"),
        (4, "relevant"),
        (6, "constraint"),
        (8, "relevant"),
    ]


def test_the_answers_of_all_entries_may_be_large_and_small_at_once() -> None:
    found = read(
        row("begin_repeat", "r"),
        row("integer", "n"),
        end("repeat"),
        row("text", "t", relevant="${n} > 10 and ${n} < 5"),
    )
    assert not found.warnings


def test_nothing_is_doubtful_in_the_forms_that_come_with_cascade() -> None:
    for form in map(library.load, library.keys()):
        assert [str(doubt) for doubt in find_form_doubts(form)] == []
