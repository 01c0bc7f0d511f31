"""What the server accepts, a table gives back."""

import csv
import io

from hypothesis import given, settings

from surveys.answering.answers import Answers, check
from surveys.answering.flat import columns, flatten, gather, guard, unguard
from surveys.forms.form import Form
from tests.surveys.make import ask, choose, form
from tests.surveys.strategies import filled


@given(filled())
@settings(max_examples=150, deadline=None)
def test_what_is_accepted_reads_back_from_a_table_unchanged(whole: tuple[Form, dict[str, list[str]]]) -> None:
    made, raw = whole
    checked = check(made, raw)
    if not isinstance(checked, Answers):
        return
    row = flatten(made, checked)
    names = columns(made, [row])
    assert set(names) == row.keys(), "every answer has a column"
    text = io.StringIO(newline="")
    csv.writer(text).writerows([names, [guard(row[name]) for name in names]])
    head, line = csv.reader(io.StringIO(text.getvalue(), newline=""))
    back = {name: unguard(cell) for name, cell in zip(head, line, strict=True)}
    assert gather(made, back) == checked


def test_no_answer_is_a_formula_to_a_spreadsheet() -> None:
    for text in ('=HYPERLINK("http://evil.example")', "+1+1", "-2+3", "@SUM(A1)", "\tx", "'quoted"):
        assert guard(text).startswith("'")
        assert unguard(guard(text)) == text
    assert guard("-12") == "-12", "a number below nought stays one"


def test_a_table_has_a_column_for_each_line_and_question() -> None:
    made = form(
        ask(
            "matrix",
            "groups",
            lines=[{"value": "g1", "label": "One"}, {"value": "g2", "label": "Two"}],
            columns=[ask("integer", "heads"), choose("multiple", "levels", "a", "b")],
        )
    )
    checked = check(made, {"groups.g2.heads": ["4"], "groups.g2.levels": ["b", "a"]})
    assert isinstance(checked, Answers)
    assert flatten(made, checked) == {"groups.g2.heads": "4", "groups.g2.levels": "a b"}
