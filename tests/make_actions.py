"""Builders: actions that agencies promised after a lesson or review, and campaigns that ask about them."""

from datetime import date, datetime
from typing import Any

from bot.asking.drafting import draft
from bot.asking.launching import launch_whole
from bot.hearing.evidence import MONTHS, PLAYBOOK, find_askable
from messages.launching.audience import Audience
from messages.playbooks import playbook
from store.answers import action
from store.answers.action import Action
from store.asking import ask
from store.asking.ask import Ask
from store.asking.campaign import Campaign
from store.asking.lesson import Lesson, Priority
from store.database import Session
from store.people.agency import Agency
from store.people.board import Board
from tests.make import START, ZONE

OFFICE = "morgan.ellery@west.example.org"
#: Three months before the day on which the tests' world begins.
AGREED = date(2026, 7, 12)


def promised(
    session: Session, of: Board, where: Agency, reference: str, about: Lesson | None = None, **values: Any
) -> Action:
    """An action of an agency, open, and due in November."""
    given: dict[str, Any] = {
        "text": f"Ring the family before a case is closed ({reference})",
        "owner": "Head of nursing",
        "agreed_on": AGREED,
        "original_due_on": date(2026, 11, 12),
        "due_on": date(2026, 11, 12),
        "measure": "Twenty files looked at each quarter",
        "baseline": "11",
        "baseline_on": date(2026, 6, 1),
        "review": "" if about else "Review of spring 2026",
        **values,
    }
    made = Action(
        board_id=of.id,
        agency_id=where.id,
        reference=reference,
        lesson_id=about.id if about else None,
        **given,
    )
    return action.add(session, made)


def asked_about(
    session: Session, of: Board, slug: str, months: int, about: Lesson, now: datetime = START
) -> Campaign:
    """A live campaign that asks every agency with open actions from a lesson about them."""
    book = playbook.load(PLAYBOOK)
    audience = find_askable(session, of.id, about.id)
    assert book is not None and isinstance(audience, Audience)
    made = draft(
        session,
        of.id,
        book,
        slug,
        now,
        OFFICE,
        about=about,
        priority=Priority.STANDARD,
        audience=audience,
        values={MONTHS: str(months)},
    )
    launch_whole(session, made, now, ZONE, OFFICE)
    return made


def ask_of(session: Session, wanted: Campaign, where: Agency) -> Ask:
    """The ask that a campaign puts to an agency."""
    [found] = [one for one in ask.live_of_agency(session, where.id) if one.campaign_id == wanted.id]
    return found


def typed(number: int, **answers: str) -> dict[str, list[str]]:
    """What an owner types about the action of this number: that it is complete, unless they say otherwise.

    Several choices of one question stand with spaces between.
    """
    said = {
        "status": "complete",
        "done": "The script is in use in both teams.",
        "happened": "policy training",
        "embedded": "audit",
        "audit_n": "20",
        "audit_met": "17",
        "difference": "none",
        "latest": "17",
        "figure_n": "20",
        "figure_on": "1/10/2026",
        "sure": "4",
        **answers,
    }
    several = ("happened", "embedded", "difference", "help")
    return {f"a{number}_{name}": text.split() if name in several else [text] for name, text in said.items()}
