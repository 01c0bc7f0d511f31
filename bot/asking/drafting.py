"""Drafting: a draft campaign made from a playbook, its forms and, where it carries one, a lesson."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from bot.asking.choice import keep_shipped
from bot.asking.lesson_file import LessonFile
from messages.launching.audience import Audience
from messages.launching.compose import copy_playbook
from messages.playbooks.playbook import Playbook
from store.asking import campaign, lesson
from store.asking.campaign import Campaign, CampaignState
from store.asking.lesson import Lesson, Priority
from store.base import ordered_id
from store.database import Session


def keep_lesson(session: Session, board_id: UUID, told: LessonFile) -> Lesson | str:
    """Keep a lesson under its code, or say why not; one that has gone out is never edited."""
    known = lesson.by_code(session, board_id, told.code)
    if known is not None and _is_same(known, told):
        return known
    if known is not None:
        gone = [
            one.slug for one in campaign.of_lesson(session, known.id) if one.state is not CampaignState.DRAFT
        ]
        if gone:
            return (
                f"Lesson {told.code} has gone out with {', '.join(gone)} in other words: "
                "give the new text a code of its own."
            )
    kept = known or Lesson(id=ordered_id(), board_id=board_id, code=told.code)
    kept.title, kept.kind, kept.priority = told.title, told.kind, told.priority
    kept.message, kept.body, kept.parts = told.message, told.body, told.parts
    session.add(kept)
    session.flush()
    return kept


def draft(
    session: Session,
    board_id: UUID,
    book: Playbook,
    slug: str,
    now: datetime,
    by: str,
    *,
    about: Lesson | None = None,
    title: str | None = None,
    priority: Priority | None = None,
    urgent_reason: str | None = None,
    audience: Audience | None = None,
    values: Mapping[str, object] | None = None,
    forms: Mapping[str, UUID] | None = None,
    on: date | None = None,
) -> Campaign:
    """Make a draft campaign from a playbook whose steps all name a form.

    `forms` says by key which version is asked; of the rest it is the newest that comes with Cascade. `on` is
    the day from which a dated playbook counts.
    """
    versions = dict(forms or {})
    for key in book.forms - versions.keys():
        versions[key] = keep_shipped(session, key).version_id
    made = copy_playbook(
        session,
        board_id,
        book,
        slug,
        now,
        by,
        forms=versions,
        lesson=about,
        priority=priority,
        urgent_reason=urgent_reason,
        audience=audience,
        values=values,
        on=on,
    )
    made.title = title or made.title
    session.flush()
    return made


def _is_same(known: Lesson, told: LessonFile) -> bool:
    here = (known.title, known.kind, known.priority, known.message, known.body, known.parts)
    return here == (told.title, told.kind, told.priority, told.message, told.body, told.parts)
