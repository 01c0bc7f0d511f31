"""Doubts: rules of a form that can be read and that do hardly what was meant."""

from collections.abc import Iterable, Iterator, Mapping

from surveys.errors import FormError
from surveys.expressions.doubts import DAY, NUMBER, WORD, find_doubts
from surveys.forms.form import Form
from surveys.forms.question import Question
from surveys.forms.ties import rules_of
from surveys.kinds.table import Gridded

_SORTS = {
    "integer": NUMBER,
    "decimal": NUMBER,
    "scale": NUMBER,
    "date": DAY,
    "single": WORD,
    "yes_no": WORD,
    "faces": WORD,
}


def find_form_doubts(form: Form) -> Iterator[FormError]:
    """Every rule that compares what can never be alike, or asks what no answer meets."""
    plain: dict[str, Question] = {
        name: each for section in form.sections for name, each in _named(section.questions)
    }
    for section in form.sections:
        if section.relevant:
            for what in find_doubts(section.relevant, _sorts(plain)):
                yield FormError(f"section {section.name} > relevant", what)
        for question in section.questions:
            yield from _doubt(question, plain)
            if isinstance(question, Gridded):
                for cell in question.cells:
                    yield from _doubt(cell, {**plain, **question.by_name})


def _doubt(question: Question, known: Mapping[str, Question]) -> Iterator[FormError]:
    for setting, rule in rules_of(question).items():
        if setting == "choice_filter":  # its bare names are columns, and no answers
            continue
        for what in find_doubts(rule, _sorts({**known, ".": question})):
            yield FormError(f"question {question.name} > {setting}", what)


def _named(questions: Iterable[Question]) -> Iterator[tuple[str, Question]]:
    """The questions that have one answer; those of a table have as many as it has lines."""
    for question in questions:
        if not isinstance(question, Gridded):
            yield question.name, question


def _sorts(known: Mapping[str, Question]) -> dict[str, str]:
    return {name: _SORTS[each.kind] for name, each in known.items() if each.kind in _SORTS}
