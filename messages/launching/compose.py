"""Compose: make a campaign from a playbook, and keep new words of its rungs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from messages.chasing.chase import BACK, SENT_BACK
from messages.chasing.ladder import Ladder
from messages.launching.audience import Audience
from messages.launching.campaign_rules import rules_of
from messages.launching.inviting import known_in
from messages.letters.beside import ensure_words
from messages.playbooks.dated import settle
from messages.playbooks.playbook import Playbook, PlaybookStep
from messages.writing.words import Problem, prepare, unknown_variables
from store.asking import campaign
from store.asking.campaign import Campaign, CampaignState, LadderVersion, MailKind, Step, WordsVersion
from store.asking.lesson import Lesson, Priority
from store.base import ordered_id
from store.database import Session

#: Characters of a campaign's title that are kept.
LONGEST_TITLE = 200


def copy_playbook(
    session: Session,
    board_id: UUID,
    playbook: Playbook,
    slug: str,
    now: datetime,
    by: str,
    *,
    forms: Mapping[str, UUID],
    lesson: Lesson | None = None,
    priority: Priority | None = None,
    urgent_reason: str | None = None,
    audience: Audience | None = None,
    values: Mapping[str, object] | None = None,
    on: date | None = None,
) -> Campaign:
    """Make a draft campaign: steps, ladders and words copied, so that the playbook may change later.

    `forms` maps the key of each form to the version to ask; `values` are the campaign's own, as its forms
    leave places for; `on` is the day that it is about. Raises ValueError where a playbook wants that day.
    """
    playbook = settle(playbook, on, now.date())
    if playbook.is_dated and on is None:
        raise ValueError(f"the playbook {playbook.key} counts from a day: say which")
    chosen = priority or (lesson.priority if lesson else Priority.STANDARD)
    made = Campaign(
        id=ordered_id(),
        board_id=board_id,
        slug=slug,
        title=_fill(playbook.title, {"lesson": f"“{lesson.title}”" if lesson else "", **(values or {})}),
        playbook=playbook.key,
        kind=playbook.kind,
        lesson_id=lesson.id if lesson else None,
        priority=chosen,
        urgent_reason=urgent_reason,
        audience=replace(audience or Audience(), by_booking=playbook.by_booking).to_json(),
        values={**(values or {}), **rules_of(playbook, on)},
        state=CampaignState.DRAFT,
    )
    session.add(made)
    session.flush()
    for position, step in enumerate(playbook.steps, start=1):
        row = _copy_step(session, made, position, step, forms, chosen, on)
        if not step.is_open:
            _copy_words(session, row, step, chosen, now, by)
            if playbook.kind is MailKind.TASK and not playbook.by_booking:
                ensure_words(session, row.id, BACK, now, by)
    session.flush()
    return made


def _fill(title: str, values: Mapping[str, object]) -> str:
    for name, value in values.items():
        title = title.replace(f"{{{name}}}", str(value))
    return title[:LONGEST_TITLE]


def _copy_step(
    session: Session,
    made: Campaign,
    position: int,
    told: PlaybookStep,
    forms: Mapping[str, UUID],
    priority: Priority,
    on: date | None,
) -> Step:
    step = Step(
        id=ordered_id(),
        campaign_id=made.id,
        position=position,
        key=told.key,
        title=told.title,
        form_version_id=forms[told.form],
        small_form_version_id=forms[told.small_form] if told.small_form else None,
        small_minutes=told.small_minutes,
        role=told.role,
        due_days=told.due_days.get(priority, 0),
        minutes=told.minutes,
        is_open=told.is_open,
        opens_on=_day(on, told.opens),
        due_on=_day(on, told.due),
        withheld_if=dict(told.withheld_if) if told.withheld_if else None,
        is_judged=told.is_judged,
        **_confirmation(told, forms),
    )
    session.add(step)
    session.flush()
    return step


def _confirmation(told: PlaybookStep, forms: Mapping[str, UUID]) -> dict[str, Any]:
    """What a manager is asked after an answer, and after which; nothing where none is."""
    if told.confirmed_by is None:
        return {}
    rule = {name: told.confirmed_by[name] for name in ("question", "answer")}
    return {"confirmed_if": rule, "confirmation_version_id": forms[told.confirmed_by["form"]]}


def _day(on: date | None, days: int | None) -> date | None:
    return on + timedelta(days=days) if on is not None and days is not None else None


def _copy_words(
    session: Session, step: Step, told: PlaybookStep, priority: Priority, now: datetime, by: str
) -> None:
    session.add(LadderVersion(step_id=step.id, version=1, rungs=told.ladders[priority].to_json()))
    for words in told.words:
        session.add(
            WordsVersion(
                step_id=step.id,
                rung=words.rung,
                role=words.role,
                subject=words.subject,
                body=words.body,
                saved_at=now,
                saved_by=by,
            )
        )
    session.flush()
    if told.is_judged:
        ensure_words(session, step.id, SENT_BACK, now, by)


def save_words(
    session: Session, step_id: UUID, rung: str, role: str, subject: str, body: str, now: datetime, by: str
) -> WordsVersion | list[Problem]:
    """Keep a new version of a rung's words, or say what has to be put right; the older version stays."""
    prepared = prepare(subject, body)
    if isinstance(prepared, list):
        return prepared
    known = known_in(session, session.get_one(Step, step_id).campaign_id)
    unknown = unknown_variables(prepared, known)
    if unknown:
        usable = ", ".join(sorted(known))
        return [Problem("body", 1, f"nobody will supply {', '.join(unknown)}; these can be used: {usable}")]
    standing = [
        words for words in campaign.words(session, [step_id]) if (words.rung, words.role) == (rung, role)
    ]
    kept = WordsVersion(
        id=ordered_id(),
        step_id=step_id,
        rung=rung,
        role=role,
        version=standing[0].version + 1 if standing else 1,
        subject=subject,
        body=body,
        saved_at=now,
        saved_by=by,
    )
    session.add(kept)
    session.flush()
    return kept


def save_ladder(session: Session, step_id: UUID, ladder: Ladder) -> LadderVersion:
    """Keep a new version of a step's ladder; rungs climbed already stay climbed, by name."""
    before = campaign.ladder(session, step_id)
    kept = LadderVersion(step_id=step_id, version=before.version + 1, rungs=ladder.to_json())
    session.add(kept)
    session.flush()
    return kept
