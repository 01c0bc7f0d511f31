"""Ties: on which answers hangs whether, and with what words and choices, a question is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from surveys.expressions.expression import compile_expression
from surveys.forms.question import Question, places_in
from surveys.kinds.calculated import Calculated
from surveys.kinds.choice import Listed, Multiple
from surveys.kinds.table import Gridded, Matrix, Repeat

if TYPE_CHECKING:
    from surveys.forms.form import Form

BOARD = "board"
"""What the board itself can tell, in the place of a form: its `lessons`, with a `title` each."""

# Rules that are looked at when a question is sent, and not before it is shown.
_LATER = frozenset(("constraint", "required"))


def rules_of(question: Question) -> dict[str, str]:
    """The rules written at a question, by the setting they stand in."""
    rules = {"relevant": question.relevant, "constraint": question.constraint}
    if isinstance(question.required, str):
        rules["required"] = question.required
    if isinstance(question, Calculated):
        rules["calculation"] = question.calculation
    if isinstance(question, Repeat):
        rules["times"] = question.times
    if isinstance(question, Listed):
        rules["choice_filter"] = question.choice_filter
    return {setting: rule for setting, rule in rules.items() if rule}


def looked_at(rule: str, *, columns: bool = False) -> tuple[str, ...]:
    """The questions that a rule looks at; `columns` where it may look at those of a choice too."""
    return compile_expression(rule, columns=columns).names if rule else ()


def find_ties(form: Form) -> dict[str, frozenset[str]]:
    """Each question's ties, those of its section and, by way of what is calculated, of others included.

    The ties of a table are those of all its questions; those of a question in it name its neighbours too.
    """
    direct: dict[str, frozenset[str]] = {}
    for section in form.sections:
        around = frozenset(looked_at(section.relevant)) | places_in(section.title, section.intro)
        for question in section.questions:
            if isinstance(question, Gridded):
                direct |= {cell.name: around | _own_ties(cell) for cell in question.cells}
            direct[question.name] = around | _own_ties(question)
    return _spread(form, direct)


def _own_ties(question: Question) -> frozenset[str]:
    names = {
        name
        for setting, rule in rules_of(question).items()
        if setting not in _LATER
        for name in looked_at(rule, columns=setting == "choice_filter")
    }
    names |= places_in(*_words_of(question))
    if isinstance(question, Gridded):
        names |= {name for cell in question.cells for name in _own_ties(cell)} - set(question.by_name)
    return frozenset(names)


def _spread(form: Form, direct: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Follow what is calculated to what it is calculated from; every question comes after all it looks at."""
    whole: dict[str, frozenset[str]] = {}
    for name, ties in direct.items():
        for tie in ties:
            if isinstance(form.every.get(tie), Calculated):
                ties |= whole.get(tie, frozenset())
        whole[name] = ties
    return whole


def find_sources(form: Form) -> frozenset[str]:
    """The forms at whose earlier answers the rules, words and first answers of this one look, by key."""
    names = {name for section in form.sections for name in looked_at(section.relevant)}
    names |= places_in(*(text for section in form.sections for text in (section.title, section.intro)))
    for question in form.every.values():
        for setting, rule in rules_of(question).items():
            names |= set(looked_at(rule, columns=setting == "choice_filter"))
        names |= places_in(
            *_words_of(question), question.short, question.missing, question.constraint_message
        )
        names.add(question.prefill.replace(".", "#"))
        if isinstance(question, Multiple):
            names.add(question.choices_from.replace(".", "#", 1))
    sources = {source for source, sign, _ in (name.partition("#") for name in names) if sign}
    return frozenset(sources | ({"last-saved"} if form.carries else set()))


def _words_of(question: Question) -> tuple[str, ...]:
    """The texts in which a question may name answers, as they are shown."""
    lines = question.lines if isinstance(question, Matrix) else ()
    return question.label, question.hint, *(text for line in lines for text in (line.label, line.hint))
