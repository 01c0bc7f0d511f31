"""Written: what people wrote in words of their own, wherever in a form a box stands."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from surveys.answering.answers import Answers
from surveys.answering.value import Table, is_table
from surveys.forms.form import Form
from surveys.forms.question import Question
from surveys.kinds.table import Gridded, Matrix


@dataclass(frozen=True, slots=True)
class Written:
    """What was written at one question in one language, in an order that means nothing."""

    title: str
    #: Of the page on which it was written; empty where that is not told.
    language: str
    texts: tuple[str, ...]


def has_words(form: Form, answers: Answers) -> bool:
    """Whether somebody wrote anything in words of their own."""
    return any(True for _ in find_words(form, answers))


def find_words(form: Form, answers: Answers) -> Iterator[tuple[str, str]]:
    """Each text that was written freely, after the title of its question; names of people are left out."""
    for name, question in form.questions.items():
        value = answers.values.get(name)
        if isinstance(question, Gridded) and is_table(value):
            yield from _find_in_table(question, value)
        elif value is not None and _takes_words(question):
            yield question.title, str(value)


def gather_words(
    form: Form, answers: Iterable[tuple[str, Answers]], shuffle: Callable[[list[str]], None]
) -> list[Written]:
    """What was written freely, for whoever has to read it: each question's texts shuffled by themselves.

    Each answer comes with its language, or with none where that is not to be told. What one person wrote at
    two questions does not stand together, and nothing tells who or where.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for language, each in answers:
        for title, text in find_words(form, each):
            found.setdefault((title, language), []).append(text)
    for texts in found.values():
        shuffle(texts)
    order = {title: place for place, title in enumerate(_titles(form))}
    return [
        Written(title, language, tuple(texts))
        for (title, language), texts in sorted(
            found.items(), key=lambda each: (order.get(each[0][0], len(order)), each[0])
        )
    ]


def _find_in_table(table: Gridded, value: Table) -> Iterator[tuple[str, str]]:
    for line, cells in value.items():
        for name, text in cells.items():
            cell = table.by_name.get(name)
            if cell is not None and _takes_words(cell) and not table.personal:
                yield _title(table, line, cell), str(text)


def _titles(form: Form) -> Iterator[str]:
    """The title of every box of a form, in order."""
    for question in form.questions.values():
        if isinstance(question, Gridded):
            lines = question.keys({}) if isinstance(question, Matrix) else ("",)
            yield from (_title(question, line, cell) for line in lines for cell in question.cells)
        else:
            yield question.title


def _title(table: Gridded, line: str, cell: Question) -> str:
    """A matrix names its lines; the entries of a repeat are somebody's own, and so none is named."""
    before = table.name_line(line, {}) if isinstance(table, Matrix) else table.title
    return f"{before}: {cell.title}"


def _takes_words(question: Question) -> bool:
    return question.free_text and not question.personal
