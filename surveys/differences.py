"""Differences: what is answered otherwise than last time."""

from collections.abc import Callable
from dataclasses import dataclass

from surveys.answers import Answers
from surveys.form import Form
from surveys.kinds.table import Gridded
from surveys.known import LAST_SAVED, Earlier
from surveys.value import Plain, Table, Value, is_table


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that changed: the question, and both answers in words; empty where there was none."""

    question: str
    before: str
    now: str


def compare_answers(form: Form, earlier: Earlier, answers: Answers) -> list[Difference]:
    """Every answer that differs from that of last time, in the form's order."""
    last = earlier.get(LAST_SAVED)
    if last is None:
        return []
    found: list[Difference] = []
    for name, question in form.questions.items():
        if not question.asks:
            continue
        before, now = last.get(name), answers.values.get(name)
        if isinstance(question, Gridded):
            found += _compare_tables(question, _table(before), _table(now))
        elif before != now:
            found.append(Difference(question.title, _say(form, name, before), _say(form, name, now)))
    return found


def _compare_tables(table: Gridded, before: Table, now: Table) -> list[Difference]:
    found: list[Difference] = []
    for line in dict.fromkeys((*before, *now)):
        old, new = before.get(line, {}), now.get(line, {})
        called = table.name_line(line, new or old)
        for cell in table.cells:
            if cell.asks and old.get(cell.name) != new.get(cell.name):
                told = (_word(cell.say, old.get(cell.name)), _word(cell.say, new.get(cell.name)))
                found.append(Difference(f"{table.title}: {called}: {cell.title}", *told))
    return found


def _table(value: Value | None) -> Table:
    return value if is_table(value) else {}


def _say(form: Form, name: str, value: Value | None) -> str:
    return "" if value is None or is_table(value) else form.questions[name].say(value)


def _word(say: Callable[[Plain], str], value: Plain | None) -> str:
    return "" if value is None else say(value)
