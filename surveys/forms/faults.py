"""Faults: what contradicts itself in a form, found before anybody is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from pydantic import ValidationError

from store.asking.form import OF_ACTIONS
from surveys.errors import FormError
from surveys.expressions.errors import ExpressionError
from surveys.expressions.expression import Expression, compile_expression
from surveys.forms.families import find_family_faults
from surveys.forms.question import Question, Refusal, places_in
from surveys.forms.ties import BOARD, looked_at, rules_of
from surveys.kinds.choice import Listed
from surveys.kinds.table import Gridded, Matrix
from surveys.phrases import fill
from surveys.tongues.page_words import PAGES

if TYPE_CHECKING:
    from surveys.forms.form import Form

#: Names and numbers that lead into a form as it is written, among them some of its reader's own.
Steps: TypeAlias = tuple[int | str, ...]
_SAID = {"unexpected_keyword_argument": "is not known here; remove it", "missing": "is not there; add it"}
#: What pages call fields of their own.
RESERVED = frozenset(("act", "back", "digits", "helper", "page", "revision", "seen", "stop", "submission"))
#: Questions a form may hold, those in tables included: as many as one page load can still check.
MOST_QUESTIONS = 400
#: Those made of a form for each of an agency's actions have so many sections of one form.
MOST_ABOUT_ACTIONS = 2_200


def find_fault(form: Form) -> FormError | None:
    """The first thing in a form that cannot work; None when all is well."""
    return next(find_faults(form), None)


def find_faults(form: Form) -> Iterator[FormError]:
    """Everything in a form that cannot work, in its order."""
    yield from _head_faults(form)
    seen: dict[str, Question] = {}
    sections: set[str] = set()
    for section in form.sections:
        if section.name in sections:
            yield FormError(f"section {section.name}", "another section has this name; give each its own")
        sections.add(section.name)
        yield from _rule_faults(f"section {section.name} > relevant", section.relevant, None, form, seen)
        for question in section.questions:
            yield from _question_faults(form, question, seen)


def _head_faults(form: Form) -> Iterator[FormError]:
    most = MOST_ABOUT_ACTIONS if form.key.startswith(OF_ACTIONS) else MOST_QUESTIONS
    if len(form.every) > most:
        yield FormError("form", f"has {len(form.every)} questions; {most} is the most")
    if form.ages and form.ages.lowest > form.ages.highest:
        yield FormError("ages", "from is more than to")
    yield from find_family_faults(form)
    if form.key == PAGES:
        yield FormError("form > key", f'"{PAGES}" stands for the words around every form; choose another key')
    if form.key == BOARD:
        yield FormError("form > key", f'"{BOARD}" stands for what the board tells; choose another key')
    if form.carries_by and not (form.carries_by in form.questions and form.questions[form.carries_by].given):
        yield FormError("form > carries_by", f'"{form.carries_by}" is no question that campaigns give')


def tell_refused(error: ValidationError, written: object) -> list[tuple[Steps, FormError]]:
    """Everything that a form's reader stumbled over, in words; each with the steps that lead to its place."""
    told: dict[str, tuple[Steps, FormError]] = {}
    every = error.errors(include_url=False, include_input=False)
    # A list counts as too short where nothing in it can be read: what is wrong inside is what is wrong.
    around = {found["loc"][:length] for found in every for length in range(len(found["loc"]))}
    for found in (one for one in every if one["loc"] not in around):
        said = _SAID.get(found["type"], found["msg"].replace("Input should be", "should be"))
        where = _place(found["loc"], written)
        # What may be of one sort or another is refused once for each.
        told.setdefault(where, (found["loc"], FormError(where, said)))
    return list(told.values())


def _question_faults(form: Form, question: Question, seen: dict[str, Question]) -> Iterator[FormError]:
    where = f"question {question.name}"
    yield from (FormError(where, fault) for fault in _name_faults(form, question, seen))
    for setting, rule in rules_of(question).items():
        # A constraint is judged once everything is known; all other rules only look back.
        before = form.every if setting == "constraint" else seen
        columns = _columns_of(question) if setting == "choice_filter" else None
        yield from _rule_faults(f"{where} > {setting}", rule, question, form, before, columns)
    yield from (FormError(where, fault) for fault in question.faults())
    yield from (FormError(f"{where} > default", fault) for fault in _start_faults(question))
    if question.given and not (
        question.asks and question.name in form.questions and not isinstance(question, Gridded)
    ):
        yield FormError(where, "is asked in a table or not at all, so no campaign can answer it")
    if question.free_text and not form.notice_at(question):
        yield FormError(where, "a free-text box needs a notice; set it here or on the form")
    if isinstance(question, Gridded):
        inside = dict(seen)
        for cell in question.cells:
            yield from _question_faults(form, cell, inside)
        if isinstance(question, Matrix):
            yield from _filter_faults(question)
        seen |= inside
    seen[question.name] = question


def _name_faults(form: Form, question: Question, seen: Mapping[str, Question]) -> Iterator[str]:
    if question.name in seen:
        yield "another question has this name; give each its own"
    if question.name in RESERVED:
        yield f'"{question.name}" is what pages call a field of their own; choose another name'
    for name in sorted((places_in(question.label, question.hint) & form.every.keys()) - seen.keys()):
        yield f'"{{{name}}}" is answered later: only answers before it can be named'


def _rule_faults(
    where: str,
    rule: str,
    question: Question | None,
    form: Form,
    before: Mapping[str, Question],
    columns: frozenset[str] | None = None,
) -> Iterator[FormError]:
    if not rule:
        return
    try:
        expression = compile_expression(rule, columns=columns is not None)
    except ExpressionError as error:
        yield FormError(where, error.what)
        return
    for column in sorted(expression.columns - (columns or frozenset())):
        yield FormError(where, f'no choice has a column "{column}"')
    for name in expression.names:
        own = name.partition("#")
        if own[1] and own[0] != "last-saved":
            continue  # an answer to another form: it is there or it is not
        asked = own[2] or own[0]
        if own[1] and asked not in form.every:
            yield FormError(where, f'this form has no question "{asked}"')
        elif not own[1] and asked not in before:
            yield FormError(where, _not_before(asked, form))
    yield from _offered_faults(where, expression, question, form)


def _columns_of(question: Question) -> frozenset[str] | None:
    """The columns of a question's choices, which its filter may look at."""
    if not isinstance(question, Listed):
        return None
    return frozenset(("name", "label")).union(*(choice.columns for choice in question.choices))


def _start_faults(question: Question) -> Iterator[str]:
    """What is wrong with the answer that a question starts from."""
    if isinstance(question, Gridded):
        if question.default or question.prefill:
            yield "a table starts from nothing: set default or prefill at its questions"
    elif isinstance(refused := question.read(question.begin(), None), Refusal):
        yield fill(refused.text, {"title": question.title, **refused.values})


def _filter_faults(matrix: Matrix) -> Iterator[FormError]:
    for cell in matrix.columns:
        rule = rules_of(cell).get("choice_filter", "")
        if set(looked_at(rule, columns=True)) & matrix.by_name.keys():
            what = "looks at another column, which is on the same page; use a repeat"
            yield FormError(f"question {cell.name} > choice_filter", what)


def _not_before(name: str, form: Form) -> str:
    if name in form.every:
        return f'"{name}" is asked later: a rule can only look at questions before it'
    return f'no question is called "{name}"'


def _offered_faults(
    where: str, expression: Expression, question: Question | None, form: Form
) -> Iterator[FormError]:
    for name, literal in expression.comparisons:
        asked = question if name == "." else form.every.get(name)
        offered = asked.offers() if asked else None
        if offered is not None and literal and literal not in offered:
            yield FormError(where, f'"{name}" has no choice "{literal}"')


def _place(steps: Steps, written: object) -> str:
    """Name the place by the names written there, so that nobody has to count."""
    words: list[str] = ["form"]
    for step in steps:
        match written, step:
            case list(), int():
                written = written[step]
                called = written.get("name") or written.get("value") if isinstance(written, dict) else None
                words.append(str(called or step + 1))
            case dict(), str() if step in written:
                written = written[step]
                words.append(step)
            case _ if step == steps[-1]:
                # A setting that is not there; anything else that is not there is a name of the library's own.
                words.append(str(step))
    return " > ".join(words)
