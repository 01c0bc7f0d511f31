"""Answers: what a person typed, checked against the form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from surveys.answering import value as values_as_json
from surveys.answering.value import Table, Value, is_table
from surveys.forms.form import Form
from surveys.kinds.table import Gridded
from surveys.paging.keystrokes import Raw
from surveys.paging.known import Earlier
from surveys.paging.sifting import Sifted, sift


@dataclass(frozen=True)
class Answers:
    """Answers that satisfy every rule of one form version; a question not answered has no entry."""

    form_key: str
    form_version: int
    values: Mapping[str, Value] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """The values as JSON-able numbers, texts, lists of texts, and tables by line."""
        return {name: values_as_json.to_json(value) for name, value in self.values.items()}


@dataclass(frozen=True)
class Problem:
    """What stands in the way at one question, in words for the person answering.

    `question` is the name of the field: `groups.g1.headcount` in a table.
    """

    question: str
    text: str


@dataclass(frozen=True)
class Problems:
    """Why answers cannot be taken yet: at most one problem a question, in the form's order, never none."""

    problems: tuple[Problem, ...]

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)


def check(
    form: Form, raw: Raw, today: date | None = None, earlier: Earlier | None = None
) -> Answers | Problems:
    """Check typed input against the form.

    Fields the form does not know are ignored, and so are answers to questions that do not apply.
    `today`, the local day, refuses dates that lie in the future where the form does; unknown, it does not.
    `earlier` answers are what some rules look at.
    """
    return conclude(form, sift(form, raw, today, earlier))


def conclude(form: Form, sifted: Sifted) -> Answers | Problems:
    """What input that was sorted out comes to."""
    if sifted.problems:
        return Problems(tuple(Problem(name, text) for name, text in sifted.in_order(form)))
    return Answers(form.key, form.version, sifted.answers(form))


def read_stored(form: Form, stored: Mapping[str, object]) -> Answers:
    """Answers as `Answers.to_json` left them, read back; what is no answer to this form is left out."""
    values: dict[str, Value] = {}
    for name, question in form.questions.items():
        value = values_as_json.from_json(stored.get(name))
        if is_table(value):
            value = _known_cells(question, value) if isinstance(question, Gridded) else None
        elif isinstance(question, Gridded):
            value = None
        if value is not None:
            values[name] = value
    return Answers(form.key, form.version, values)


def _known_cells(table: Gridded, value: Table) -> Table | None:
    lines = {
        line: {name: cell for name, cell in cells.items() if name in table.by_name}
        for line, cells in value.items()
        if table.has_line(line)
    }
    return {line: cells for line, cells in lines.items() if cells} or None


def write_raw(form: Form, answers: Answers) -> dict[str, list[str]]:
    """Answers as they could have been typed, to show them again or carry them along."""
    raw: dict[str, list[str]] = {}
    for name, value in answers.values.items():
        question = form.questions[name]
        if isinstance(question, Gridded):
            raw |= question.write_table(value) if is_table(value) else {}
        elif question.asks and not is_table(value):
            raw |= question.write(value)
    return raw
