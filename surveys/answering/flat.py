"""Flat: one answer as a row of texts for a table, and read back from it unchanged."""

import re
from collections.abc import Iterable, Iterator, Mapping

from surveys.answering.answers import Answers
from surveys.answering.value import Plain, Value, is_table
from surveys.forms.form import Form
from surveys.forms.question import Question
from surveys.kinds.calculated import Calculated
from surveys.kinds.choice import Multiple
from surveys.kinds.decimal import Decimal
from surveys.kinds.file import File
from surveys.kinds.integer import Integer
from surveys.kinds.ranking import Ranking
from surveys.kinds.scale import Scale
from surveys.kinds.table import Gridded

#: What spreadsheet programs take for the beginning of a formula.
_FORMULA = re.compile(r"['=+\-@\t]")
#: What stands between chosen words, which hold spaces.
LINE = "\n"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def flatten(form: Form, answers: Answers) -> dict[str, str]:
    """Every answer by its column: `staff`, or `groups.g1.headcount` in a table.

    Several chosen values stand in one cell with spaces between, as XLSForm has them; words that were chosen
    from what was said before stand on lines of their own. Dates are 2026-11-03.
    """
    row: dict[str, str] = {}
    for name, question in form.questions.items():
        value = answers.values.get(name)
        if is_table(value):
            for line, cells in value.items():
                row |= {
                    f"{name}.{line}.{cell}": spell_cell(found, _between(form, cell))
                    for cell, found in cells.items()
                }
        elif value is not None and question is not None:
            row[name] = spell_cell(value, _between(form, name))
    return row


def gather(form: Form, row: Mapping[str, str]) -> Answers:
    """The answers of a row that `flatten` made; columns that the form does not know are left out."""
    values: dict[str, Value] = {}
    for name, question in form.questions.items():
        if isinstance(question, Gridded):
            lines = _lines(question, row)
            if lines:
                values[name] = lines
        elif row.get(name, "") != "":
            values[name] = read_cell(question, row[name])
    return Answers(form.key, form.version, values)


def columns(form: Form, rows: Iterable[Mapping[str, str]]) -> list[str]:
    """The columns of some rows in the form's order; a repeat has as many as its longest needs."""
    met = {name for row in rows for name in row}
    return [name for name in _possible(form) if name in met]


def guard(text: str) -> str:
    """A text as a CSV cell that no spreadsheet program takes for a formula: an apostrophe goes before it."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unguard(text: str) -> str:
    """The text that `guard` was given."""
    return text[1:] if text.startswith("'") else text


def spell_cell(value: Plain, between: str = " ") -> str:
    """One answer as a text; several chosen values with something `between` them."""
    match value:
        case tuple():
            return between.join(value)
        case float():
            return repr(value)
        case _:
            return str(value)


def read_cell(question: Question, text: str) -> Plain:
    """The answer that a text spells."""
    match question:
        case Multiple(choices_from=source) if source:
            return tuple(text.split(LINE))
        case Multiple() | Ranking() | File():
            return tuple(text.split())
        case Integer() | Scale():
            return int(text)
        case Decimal():
            return float(text)
        case Calculated() if _NUMBER.fullmatch(text):
            return float(text) if re.search("[.e]", text) else int(text)
        case _:
            return text


def _between(form: Form, name: str) -> str:
    question = form.every[name]
    return LINE if isinstance(question, Multiple) and question.choices_from else " "


def _lines(table: Gridded, row: Mapping[str, str]) -> dict[str, dict[str, Plain]]:
    prefix = f"{table.name}."
    lines: dict[str, dict[str, Plain]] = {}
    for column, text in row.items():
        line, _, cell = column.removeprefix(prefix).partition(".")
        if column.startswith(prefix) and cell in table.by_name and text != "":
            lines.setdefault(line, {})[cell] = read_cell(table.by_name[cell], text)
    order = {line: place for place, line in enumerate(_keys(table))}
    return dict(sorted(lines.items(), key=lambda pair: order.get(pair[0], len(order))))


def _possible(form: Form) -> Iterator[str]:
    for name, question in form.questions.items():
        if isinstance(question, Gridded):
            yield from (f"{name}.{line}.{cell.name}" for line in _keys(question) for cell in question.cells)
        else:
            yield name


def _keys(table: Gridded) -> tuple[str, ...]:
    """Every line that a table can have."""
    return table.keys({table.name: ["9999"]})
