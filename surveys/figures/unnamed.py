"""Unnamed: answers without those that name somebody."""

from surveys.answering.answers import Answers
from surveys.answering.value import Value, is_table
from surveys.forms.form import Form
from surveys.kinds.table import Gridded


def without_names(form: Form, answers: Answers) -> Answers:
    """The answers to every question that is not personal, those in tables included."""
    kept: dict[str, Value] = {}
    for name, value in answers.values.items():
        question = form.questions[name]
        if is_table(value) and isinstance(question, Gridded):
            hidden = {cell.name for cell in question.cells if cell.personal}
            kept[name] = {
                line: {cell: own for cell, own in cells.items() if cell not in hidden}
                for line, cells in value.items()
            }
        elif not question.personal:
            kept[name] = value
    return Answers(answers.form_key, answers.form_version, kept)
