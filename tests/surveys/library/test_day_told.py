"""The statements of the day form, told back in their own words."""

from surveys import library
from surveys.answering.answers import Answers
from surveys.answering.reading import tell
from surveys.forms.filling import fill_in


def test_a_statement_is_told_as_it_was_read() -> None:
    words = {"item_1": "Neglect is always plain to see.", "item_2": "One call helps."}
    day = fill_in(library.load("s3_day"), words)
    told = tell(day, Answers("s3_day", 1, {"check_1": "false", "check_2": "true"}))
    assert told == [("Neglect is always plain to see.", "False"), ("One call helps.", "True")]
