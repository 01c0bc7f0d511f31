"""Totals: how often each answer was given in a whole campaign, once enough have answered."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from surveys.answers import Answers
from surveys.form import Form
from surveys.kinds.choice import Chosen
from surveys.kinds.table import Gridded, Matrix
from surveys.question import Question
from surveys.release import TOGETHER
from surveys.value import Plain, is_table

#: Below so many answers nothing is told of them, since each could be somebody's: by as many people two
#: tellings differ.
FEWEST = TOGETHER


@dataclass(frozen=True, slots=True)
class Total:
    """One closed question: how many answered it, and how many chose what, in the form's order.

    `field` is its name, `groups.g1.level` in a matrix. Where several can be chosen, counts add up to more.
    Where so few answered it that each answer could be somebody's, as on a way that few are led, `answered`
    is None and nothing is counted.
    """

    field: str
    title: str
    answered: int | None
    counts: tuple[tuple[str, int], ...]


def add_up(form: Form, answers: Sequence[Answers], fewest: int = FEWEST) -> list[Total] | None:
    """The totals of every closed question; None below the fewest. What was written freely is in none."""
    if len(answers) < fewest:
        return None
    return [_hide_few(total, fewest) for total in _totals(form, answers)]


def _hide_few(total: Total, fewest: int) -> Total:
    # Where one answer may be told, so may none.
    is_few = fewest > 1 and (total.answered or 0) < fewest
    return replace(total, answered=None, counts=()) if is_few else total


def _totals(form: Form, answers: Sequence[Answers]) -> Iterator[Total]:
    for name, question in form.questions.items():
        if isinstance(question, Matrix):
            for line in question.keys({}):
                for cell in question.cells:
                    found = [_cell(each, name, line, cell.name) for each in answers]
                    title = f"{question.name_line(line, {})}: {cell.title}"
                    yield from _total(cell, f"{name}.{line}.{cell.name}", title, found)
        elif not isinstance(question, Gridded):
            given = [each.values.get(name) for each in answers]
            plain = [None if is_table(value) else value for value in given]
            yield from _total(question, name, question.title, plain)


def _cell(answers: Answers, table: str, line: str, cell: str) -> Plain | None:
    value = answers.values.get(table)
    return value.get(line, {}).get(cell) if is_table(value) else None


def _total(question: Question, field: str, title: str, values: Sequence[Plain | None]) -> Iterator[Total]:
    if not isinstance(question, Chosen):
        return
    given = [value for value in values if value is not None]
    chosen = Counter(
        each for value in given for each in (value if isinstance(value, tuple) else (str(value),))
    )
    counts = [(choice.label, chosen.pop(choice.value, 0)) for choice in question.listed]
    # What is left are words that were chosen from what somebody had said before.
    counts += sorted(chosen.items())
    yield Total(field, title, len(given), tuple(counts))
