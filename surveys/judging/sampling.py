"""Sampling: which of many accepted answers are asked for their evidence, the same ones for the same seed."""

import hashlib
from collections.abc import Iterable
from typing import TypeVar

from surveys.answering.answers import Answers, write_raw
from surveys.forms.filling import fill_in, givens_of
from surveys.forms.form import Form
from surveys.paging.pages import lay_out

T = TypeVar("T")
#: The question by which a form is told that evidence is asked for, and the section in which it then asks.
REQUESTED, SECTION = "evidence_requested", "evidence"
#: What is said to whoever is drawn, where nobody says it otherwise.
WORDS = "Please say where the evidence for this answer is kept, or add it here."


def draw(candidates: Iterable[tuple[str, T]], percent: int, seed: str) -> list[T]:
    """So many in a hundred of some candidates, at least one, in the order of their references.

    Who is drawn follows from the seed and each reference alone, so that drawing again draws the same.
    """
    known = dict(candidates)
    if not known:
        return []
    wanted = max(1, round(len(known) * percent / 100))
    drawn = sorted(known, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())[:wanted]
    return [known[reference] for reference in sorted(drawn)]


def asks_evidence(form: Form) -> bool:
    """Whether a form can ask for evidence, once it is told to."""
    return REQUESTED in givens_of(form)


def can_show(form: Form, answers: Answers) -> bool:
    """Whether there is anything to show to an answer: where nothing changed there is no evidence of it."""
    if not asks_evidence(form):
        return False
    asking = fill_in(form, {REQUESTED: "yes"})
    told = {name: value for name, value in answers.values.items() if name != REQUESTED}
    raw = write_raw(asking, Answers(answers.form_key, answers.form_version, told))
    return any(sheet.section.name == SECTION for sheet in lay_out(asking, raw).sheets)
