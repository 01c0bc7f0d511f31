"""Points: what the board asks somebody to look at again, each about a question, a section or the whole."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from surveys.answering.value import Plain, Value, is_table
from surveys.forms.form import Form
from surveys.forms.question import Question, Refusal
from surveys.kinds.table import Gridded
from surveys.paging.known import Known

#: The longest text of a point.
LONGEST = 500
#: More points than a reader takes up at once.
MOST = 20
_ABOUT = re.compile(r"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+){0,2}):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at again. `about` names a question, a cell (`groups.g1.headcount`) or a section.

    `title` says in words what that is. Both are empty where it is about the whole.
    """

    about: str
    title: str
    text: str

    def to_json(self) -> dict[str, str]:
        """The point as it is kept."""
        return {"about": self.about, "title": self.title, "text": self.text}


@dataclass(frozen=True, slots=True)
class Score:
    """The board's value of one answer, beside the agency's own, and why."""

    value: Plain
    because: str


@dataclass(frozen=True, slots=True)
class Moderated:
    """One answer with the agency's own value and the board's beside it, in words."""

    about: str
    title: str
    own: str
    value: str
    because: str


def read_points(kept: Iterable[Mapping[str, Any]]) -> tuple[Point, ...]:
    """Points as they were kept."""
    return tuple(Point(one.get("about", ""), one.get("title", ""), one.get("text", "")) for one in kept)


def read_scores(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Score]:
    """Scores as they were kept, by question or cell."""
    return {name: Score(one["value"], str(one.get("because", ""))) for name, one in kept.items()}


def take_point(form: Form, values: Mapping[str, Value], typed: str) -> Point | str:
    """A point as somebody typed it, `courses: which of them?` or without a name; or why it is none.

    A name that the form does not know is refused with the names there are.
    """
    found = _ABOUT.fullmatch(typed.strip())
    about, text = (found[1], found[2].strip()) if found else ("", typed.strip().lstrip(":").strip())
    if not text:
        return "a point needs some words: say what is to be looked at again"
    if len(text) > LONGEST:
        return f"a point has {len(text)} characters, and at most {LONGEST} are kept: shorten it"
    if not about:
        return Point("", "", text)
    section = find_section(form, about)
    return tell_unknown(form, about) if section is None else Point(about, _title(form, values, about), text)


def take_score(form: Form, values: Mapping[str, Value], name: str, typed: str, because: str) -> Score | str:
    """The board's value of an answer as somebody typed it; or why it cannot stand beside the agency's own."""
    question = find_question(form, name)
    if question is None:
        return tell_unknown(form, name)
    if answer_at(values, name) is None:
        return f"{name} was not answered, so that no value can stand beside it"
    offered = question.offers()
    if offered is None:
        return f"{name} is not answered by choosing from a list, so that it has no score"
    value = question.read({question.name: [typed.strip()]}, None)
    if value is None or isinstance(value, Refusal):
        listed = ", ".join(sorted(offered))
        return f"{name} cannot be {typed.strip()!r}: it is one of {listed}"
    return Score(value, because)


def tell_unknown(form: Form, name: str) -> str:
    """That a form has no question of a name, and which it has."""
    known = [*(one for one, question in form.every.items() if question.asks), *_sections(form)]
    near = get_close_matches(name.rpartition(".")[2], known, n=3)
    meant = f"did you mean {' or '.join(dict.fromkeys(near))}? " if near else ""
    listed = ", ".join(dict.fromkeys(known))
    return f"“{form.title}” has no question or section {name!r}; {meant}it has: {listed}"


def find_question(form: Form, name: str) -> Question | None:
    """The question of a name, or that of a cell such as `groups.g1.headcount`."""
    if name in form.questions:
        return form.questions[name]
    table = form.questions.get(name.partition(".")[0])
    if not isinstance(table, Gridded) or not table.owns(name):
        return None
    return table.by_name.get(name.rpartition(".")[2])


def find_section(form: Form, about: str) -> str | None:
    """The section in which that stands which a point is about; None where the form has nothing of the name.

    A question comes before a section of the same name; a column of a table is found by its own name too.
    """
    owner = form.tables[about].name if about in form.tables else about.partition(".")[0]
    if find_question(form, about) is not None or about in form.tables:
        return next(section.name for section, question in form.steps if question.name == owner)
    return about if about in _sections(form) else None


def answer_at(values: Mapping[str, Value], name: str) -> Plain | None:
    """The answer to a question, or in a cell."""
    table, _, rest = name.partition(".")
    value = values.get(table)
    if is_table(value):
        line, _, cell = rest.partition(".")
        return value.get(line, {}).get(cell)
    return value if not rest else None


def name_scores(form: Form, values: Mapping[str, Value], scores: Mapping[str, Score]) -> list[Moderated]:
    """Every answer that the board scored, both values in words, in the form's order."""
    found = []
    for name, score in scores.items():
        question, own = find_question(form, name), answer_at(values, name)
        if question is not None:
            told = ("" if own is None else question.say(own)), question.say(score.value)
            found.append(Moderated(name, _title(form, values, name), *told, score.because))
    order = list(form.every)
    return sorted(found, key=lambda one: order.index(one.about.rpartition(".")[2]))


def _title(form: Form, values: Mapping[str, Value], about: str) -> str:
    """What a name of a question, a cell or a section stands for, in words."""
    known = Known(form, values)
    question = find_question(form, about) or form.every.get(about)
    if question is None:
        return next(known.say(each.title) for each in form.sections if each.name == about)
    table, _, rest = about.partition(".")
    gridded = form.questions.get(table)
    if not rest or not isinstance(gridded, Gridded):
        return known.say(question.title)
    value, line = values.get(table), rest.partition(".")[0]
    answers = value.get(line, {}) if is_table(value) else {}
    return ": ".join((known.say(gridded.title), gridded.name_line(line, answers), known.say(question.title)))


def _sections(form: Form) -> list[str]:
    return [section.name for section in form.sections]
