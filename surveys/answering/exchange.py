"""Exchange: the whole form of an ask in place of the short one, or the other way round, before an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from store.answers import response
from store.asking import ask
from store.asking.ask import Ask, AskState
from store.asking.campaign import Step
from store.database import Session
from store.decision import note_about
from store.surveying import draft
from store.surveying.draft import Draft
from surveys.answering.crossing import Crossing, cross_over, lay_over
from surveys.answering.intake import Refusal, form_of, form_version
from surveys.forms.form import Form
from surveys.paging.keystrokes import Raw
from surveys.paging.tasks import part_of

#: In these states nothing was answered yet.
UNANSWERED = (AskState.PENDING, AskState.ASKED, AskState.LAPSED)
#: The section under which a form is saved that is filled page by page.
WHOLE = ""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The form that is asked now, and what became of what was typed already."""

    form: Form
    crossing: Crossing


def exchange_form(
    session: Session,
    ask_id: UUID,
    why: str,
    by: str,
    now: datetime,
    *,
    whole: bool,
    person_id: UUID | None = None,
) -> Exchanged | Refusal:
    """Put the `whole` form or the short one to an ask that nobody has answered; its links open that one.

    What was saved goes over by the names of questions, and so does what was cleared since it last went over.
    The rest stays with the form that it was typed into, and is there again if that one comes back before the
    answer.
    """
    # Two presses at once: the second waits here, and then finds that it is done.
    asked = session.get(Ask, ask_id, with_for_update=True)
    step = session.get_one(Step, asked.step_id) if asked else None
    if asked is None or step is None or step.small_form_version_id is None:
        return Refusal("Everybody is asked the same form here: there is no short one")
    if asked.state not in UNANSWERED:
        return Refusal(f"It is {asked.state.value} already, so the form stays as it was")
    if response.current(session, asked.id) is not None:
        return Refusal("It was answered and sent back, so the form stays as it was")
    wanted = None if whole else step.small_form_version_id
    size = "whole" if whole else "short"
    if asked.form_version_id == wanted:
        return Refusal(f"It is the {size} form already")
    before, after = form_of(session, asked), form_version(session, wanted or step.form_version_id)
    crossing = _carry(session, asked, before, after, now, person_id)
    ask.give_form(session, asked, wanted, None if whole else step.small_minutes)
    note_about(session, asked, now, f"{size} form", why, by, person_id)
    return Exchanged(after, crossing)


def left_behind(form: Form, other: Form, saved: Mapping[str, Raw]) -> Crossing:
    """What the saved sections of a form would come to in another."""
    return cross_over(form, other, _typed(form, saved))


def _carry(
    session: Session, asked: Ask, before: Form, after: Form, now: datetime, person_id: UUID | None
) -> Crossing:
    drafts = {one.section: one for one in draft.of_ask(session, asked.id)}
    saved = {name: one.raw for name, one in drafts.items()}
    crossing = left_behind(before, after, saved)
    sources = [drafts[name] for name in _sections(before) if name in drafts]
    if not sources:
        return crossing
    # Typed by them, whoever changes the form.
    who = person_id or max(sources, key=lambda one: one.saved_at).saved_by
    laid = lay_over(before, after, _typed(before, saved), _typed(after, saved))
    for name, part in _parts(after, laid).items():
        _save(session, asked, after, name, part, drafts.get(name), who, now)
    return crossing


def _save(
    session: Session,
    asked: Ask,
    form: Form,
    name: str,
    part: dict[str, list[str]],
    there: Draft | None,
    who: UUID,
    now: datetime,
) -> None:
    """Save a section as it stands now, unless it stood so before; where somebody was in it is kept."""
    beside = {field: texts for field, texts in there.raw.items() if not form.owns(field)} if there else {}
    if there is None or there.raw != beside | part:
        draft.save(session, asked.id, name, beside | part, there.revision if there else 0, who, now)


def _sections(form: Form) -> tuple[str, ...]:
    return tuple(section.name for section in form.sections) if form.layout == "tasks" else (WHOLE,)


def _typed(form: Form, saved: Mapping[str, Raw]) -> dict[str, list[str]]:
    return {
        field: list(texts)
        for name in _sections(form)
        for field, texts in saved.get(name, {}).items()
        if form.owns(field)
    }


def _parts(form: Form, raw: Raw) -> dict[str, dict[str, list[str]]]:
    """What goes into each section as it is saved."""
    parts = {WHOLE: {name: list(texts) for name, texts in raw.items()}}
    if form.layout == "tasks":
        parts = {section.name: part_of(section, raw) for section in form.sections}
    return {name: part for name, part in parts.items() if part}
