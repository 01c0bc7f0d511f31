"""Totals: how often each answer was given in a whole campaign, once enough have answered."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from surveys.answering.answers import Answers
from surveys.answering.timeline import Pick, Timeline, find_released
from surveys.answering.value import Plain, is_table
from surveys.figures.release import TOGETHER, Moment
from surveys.forms.form import Form
from surveys.forms.question import Question
from surveys.kinds.choice import Chosen
from surveys.kinds.table import Gridded, Matrix

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


@dataclass(frozen=True, slots=True)
class Tally:
    """What is told of one form: of how many people, and the total of every closed question.

    There are no totals while too few may be told of. What was written freely is in none.
    """

    people: int
    totals: Sequence[Total] | None


def add_up(form: Form, answers: Sequence[Answers]) -> Tally:
    """Every answer there is, from one on, as answers under a name are told: they belong to an agency."""

    def values(pick: Pick) -> Sequence[Plain]:
        return [value for each in answers if (value := pick(each)) is not None]

    return Tally(len(answers), list(_totals(form, values)) if answers else None)


def add_up_released(form: Form, lines: Sequence[Timeline[Moment]], whole_at: Moment | None) -> Tally:
    """The answers of ten people or more at a time, question by question; see `find_released`."""

    def values(pick: Pick) -> Sequence[Plain] | None:
        found = find_released(lines, whole_at, pick)
        return found if len(found) >= FEWEST else None

    people = len(values(lambda _: 1) or ())
    return Tally(people, list(_totals(form, values)) if people else None)


#: Finds the values of one question that may be told; None where none may.
_Values = Callable[[Pick], Sequence[Plain] | None]


def _totals(form: Form, values: _Values) -> Iterator[Total]:
    for name, question in form.questions.items():
        if isinstance(question, Matrix):
            for line in question.keys({}):
                for cell in question.cells:
                    called = question.name_line(line, {})
                    title = f"{question.title}: {called}" if question.sole else f"{called}: {cell.title}"
                    picked = _pick_cell(name, line, cell.name)
                    yield from _total(cell, f"{name}.{line}.{cell.name}", title, picked, values)
        elif not isinstance(question, Gridded):
            yield from _total(question, name, question.title, pick_of(name), values)


def pick_of(name: str) -> Pick:
    """Finds the value of a question that stands by itself, in no matrix and no repeat."""

    def pick(answers: Answers) -> Plain | None:
        value = answers.values.get(name)
        return None if is_table(value) else value

    return pick


def _pick_cell(table: str, line: str, cell: str) -> Pick:
    def pick(answers: Answers) -> Plain | None:
        value = answers.values.get(table)
        return value.get(line, {}).get(cell) if is_table(value) else None

    return pick


def _total(question: Question, field: str, title: str, pick: Pick, values: _Values) -> Iterator[Total]:
    if not isinstance(question, Chosen):
        return
    given = values(pick)
    if given is None:
        yield Total(field, title, None, ())
        return
    chosen = Counter(
        each for value in given for each in (value if isinstance(value, tuple) else (str(value),))
    )
    counts = [(choice.label, chosen.pop(choice.value, 0)) for choice in question.listed]
    # What is left are words that were chosen from what somebody had said before.
    counts += sorted(chosen.items())
    yield Total(field, title, len(given), tuple(counts))
