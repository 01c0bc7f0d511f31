"""Bulk: how much one sending of a form comes to, if every box of it is filled to the last."""

from __future__ import annotations

from dataclasses import dataclass

from surveys.forms.form import Form
from surveys.forms.question import Question
from surveys.forms.section import Section
from surveys.kinds.choice import Multiple
from surveys.kinds.ranking import Ranking
from surveys.kinds.table import Matrix, Repeat
from surveys.kinds.text import Written

#: What a number, a day or the name of a choice comes to, in characters.
SHORT = 20


@dataclass(frozen=True, slots=True)
class Bulk:
    """Fields that come with one page, those of the pages before included, and their characters."""

    fields: int = 0
    characters: int = 0

    def __add__(self, other: Bulk) -> Bulk:
        """Both together."""
        return Bulk(self.fields + other.fields, self.characters + other.characters)

    def times(self, lines: int) -> Bulk:
        """So many of it."""
        return Bulk(self.fields * lines, self.characters * lines)


def weigh_form(form: Form) -> Bulk:
    """The most that one page of a form can send.

    Answers travel with the page, so it is all of them; a form that is filled section by section sends the
    largest of its sections.
    """
    each = [_weigh_section(section) for section in form.sections]
    if form.layout == "tasks":
        return Bulk(max(one.fields for one in each), max(one.characters for one in each))
    return sum(each, Bulk())


def _weigh_section(section: Section) -> Bulk:
    return sum((_weigh(question) for question in section.questions), Bulk())


def _weigh(question: Question) -> Bulk:
    match question:
        case Matrix():
            return sum((_weigh(cell) for cell in question.cells), Bulk()).times(len(question.lines))
        case Repeat():
            return sum((_weigh(cell) for cell in question.cells), Bulk(1)).times(question.most)
        case Written():
            return Bulk(1, len(question.name) + question.max_length)
        case Multiple() | Ranking():
            lengths = [len(question.name) + len(choice.value) for choice in question.listed]
            return Bulk(len(lengths), sum(lengths))
        case _ if question.asks:
            count = len(question.names)
            return Bulk(count, count * (len(question.name) + SHORT))
        case _:
            return Bulk()
