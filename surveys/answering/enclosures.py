"""Enclosures: the files that an answer names, wherever in the form they were asked for."""

from collections.abc import Iterator
from uuid import UUID

from surveys.answering.answers import Answers
from surveys.answering.value import Plain, is_table
from surveys.forms.form import Form
from surveys.kinds.file import File


def files_in(form: Form, answers: Answers) -> Iterator[UUID]:
    """The identifier of every file that an answer names."""
    for name, question in form.every.items():
        if isinstance(question, File):
            for value in _values(form, answers, name):
                yield from map(UUID, value if isinstance(value, tuple) else ())


def _values(form: Form, answers: Answers, name: str) -> Iterator[Plain | None]:
    table = form.tables.get(name)
    if table is None:
        value = answers.values.get(name)
        yield None if is_table(value) else value
        return
    lines = answers.values.get(table.name)
    if is_table(lines):
        yield from (cells.get(name) for cells in lines.values())
