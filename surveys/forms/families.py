"""Families: what a form keeps to where children, young people or their families answer it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from surveys.errors import FormError
from surveys.forms.question import Question
from surveys.forms.section import Section
from surveys.kinds.file import File
from surveys.kinds.table import Gridded

if TYPE_CHECKING:
    from surveys.forms.form import Form

#: Stands under every box where children or families write freely; in other languages it is a page word.
NOTICE = (
    "We don't read this straight away and may not know who you are. If you or someone else is in danger, "
    "ring 999. Please don't write names."
)
#: The number that a notice has to give, wherever in the United Kingdom it is read.
EMERGENCY = "999"
#: Questions on a page that are still a small group, each line of a matrix counted.
MOST_TOGETHER = 4
#: Shipped forms whose consent text can be copied, by audience.
_MODELS = {"family": "s6", "child": "s5_middle"}


def find_family_faults(form: Form) -> Iterator[FormError]:
    """Everything for which a form may not be put to children or families; nothing for forms for staff."""
    if not form.is_for_families:
        return
    yield from _head_faults(form)
    for question in form.questions.values():
        yield from _question_faults(form, question)


def _head_faults(form: Form) -> Iterator[FormError]:
    if form.privacy != "anonymous":
        yield FormError("form > privacy", "children and families answer without a name: make it anonymous")
    if not form.consent.strip():
        what = (
            "people first read what becomes of their answers, and that they may say no: write it here (copy "
            f"the words of a shipped form: cascade form preview {_MODELS[form.audience]} --as email)"
        )
        yield FormError("form > consent", what)
    if form.audience == "child" and form.ages is None:
        yield FormError("form > ages", "say for which ages it is, as in 8-11: who has to be told hangs on it")
    if form.layout != "pages":
        yield FormError("form > layout", "lists of sections are for staff; children and families go by pages")
    if form.carries:
        yield FormError("form > carries", "answers without a name have no last time: take it out")
    longest = max(_asked(section) for section in form.sections)
    if form.pace == "section" and longest > MOST_TOGETHER:
        what = f"{longest} questions on a page are too many for families: set pace to question"
        yield FormError("form > pace", what)


def _asked(section: Section) -> int:
    return sum(each.asks for each in section.questions)


def _question_faults(form: Form, question: Question) -> Iterator[FormError]:
    cells = question.cells if isinstance(question, Gridded) else ()
    for each in (question, *cells):
        if isinstance(each, File):
            what = "files tell who sent them, and show faces: ask children and families for words"
            yield FormError(f"question {each.name} > kind", what)
        if each.personal:
            what = "names somebody, and children and families answer without a name: take it out"
            yield FormError(f"question {each.name} > personal", what)
        notice = form.notice_at(each)
        if notice and EMERGENCY not in notice:
            place = f"question {each.name} > notice" if each.notice else "form > notice"
            yield FormError(
                place, f"families are told to ring {EMERGENCY} in danger: say so, or leave it out"
            )
