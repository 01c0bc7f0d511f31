"""Differences: what is answered otherwise than last time, or than a colleague typed it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from surveys.answering.answers import Answers
from surveys.answering.value import Plain, Table, Value, is_table
from surveys.forms.form import Form
from surveys.forms.question import Question
from surveys.forms.section import Section
from surveys.kinds.file import File
from surveys.kinds.table import Gridded, Matrix
from surveys.paging.keystrokes import Raw
from surveys.paging.known import LAST_SAVED, Earlier, Known
from surveys.paging.sifting import sift


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
                own = () if isinstance(table, Matrix) and table.sole else (cell.title,)
                found.append(Difference(": ".join((table.title, called, *own)), *told))
    return found


def _table(value: Value | None) -> Table:
    return value if is_table(value) else {}


def _say(form: Form, name: str, value: Value | None) -> str:
    return "" if value is None or is_table(value) else form.questions[name].say(value)


def _word(say: Callable[[Plain], str], value: Plain | None) -> str:
    return "" if value is None else say(value)


@dataclass(frozen=True, slots=True)
class Beside:
    """Some sections of a form as they were typed, by one person or by two at the same time.

    `files` are what files are called, by identifier.
    """

    form: Form
    sections: Sequence[Section]
    earlier: Earlier
    today: date | None
    files: Mapping[str, str]

    def compare(self, theirs: Raw, mine: Raw) -> list[Difference]:
        """Every field that two people typed otherwise: theirs as `before`, mine as `now`."""
        before, now = dict(self._tell(theirs)), dict(self._tell(mine))
        empty = ("", "")
        return [
            Difference(
                (now.get(path) or before[path])[0], before.get(path, empty)[1], now.get(path, empty)[1]
            )
            for path in dict.fromkeys((*before, *now))
            if before.get(path, empty)[1] != now.get(path, empty)[1]
        ]

    def tell(self, raw: Raw) -> list[tuple[str, str]]:
        """Every field that somebody filled in, in the form's order: its title, and what stands there."""
        is_settled = {name for name, question in self.form.every.items() if question.is_settled}
        told = (pair for path, pair in self._tell(raw) if path.rpartition(".")[2] not in is_settled)
        return [(title, words) for title, words in told if words]

    def _tell(self, raw: Raw) -> Iterator[tuple[str, tuple[str, str]]]:
        """Each field with its title, and what stands in it in words: as typed where it is not understood."""
        sifted = sift(self.form, raw, self.today, self.earlier)
        known = Known(self.form, sifted.values, self.earlier, self.today)
        for question in (each for section in self.sections for each in section.questions):
            value = sifted.values.get(question.name)
            if isinstance(question, Gridded):
                yield from self._tell_table(known, question, _table(value), sifted.raw)
            elif question.asks:
                plain = None if is_table(value) else value
                yield question.name, (known.say(question.title), self._word(question, plain, sifted.raw))

    def _tell_table(
        self, known: Known, table: Gridded, values: Table, raw: Raw
    ) -> Iterator[tuple[str, tuple[str, str]]]:
        for line in table.keys(raw):
            answers, typed = values.get(line, {}), table.view(raw, line)
            called = known.say(table.name_line(line, answers, self.form.language))
            for cell in table.cells:
                if cell.asks:
                    own = () if isinstance(table, Matrix) and table.sole else (known.say(cell.title),)
                    title = ": ".join((known.say(table.title), called, *own))
                    told = self._word(cell, answers.get(cell.name), typed)
                    yield f"{table.name}.{line}.{cell.name}", (title, told)

    def _word(self, question: Question, value: Plain | None, raw: Raw) -> str:
        typed = [text.strip() for name in question.names for text in raw.get(name, ()) if text.strip()]
        if isinstance(question, File):
            return "; ".join(self.files.get(one, one) for one in typed)
        return "; ".join(typed) if value is None else question.say(value, self.form.language)
