"""What `cascade new action_evidence` is about: the actions of a lesson or review, after so many months."""

from dataclasses import dataclass, replace

import click

from bot.cli.options import Words, refuse
from bot.hearing.evidence import MONTHS, PLAYBOOK, REVIEW, find_askable
from messages.launching.audience import Audience
from messages.playbooks.playbook import Playbook
from store.answers import action
from store.asking import lesson as lessons
from store.asking.lesson import Lesson
from store.database import Session
from store.people.board import Board
from surveys.judging.evidence import CHECKS

months_option = click.option(
    "--months",
    type=click.Choice([str(months) for months in CHECKS]),
    help="After how many months, for the playbook action_evidence.",
)
review_option = click.option(
    "--review",
    default="",
    type=Words(100),
    metavar="NAME",
    help="The review whose actions are asked about, where they follow no lesson of the board.",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whose actions are asked about, by a lesson's code or a review's name, and after how many months."""

    code: str
    review: str
    months: str


def read_evidence(book: Playbook, lesson: str, review: str, months: str | None) -> Evidence | None:
    """What was typed about actions; None for every other playbook, which has no use for it."""
    if book.key != PLAYBOOK:
        if review or months:
            refuse(f"The playbook {book.key} asks about no actions: leave --review and --months out.")
        return None
    if months is None or bool(lesson) == bool(review):
        refuse(
            f"The playbook {PLAYBOOK} asks what became of actions: say --months 3, 6 or 12, and which with "
            "either --lesson CODE or --review NAME."
        )
    return Evidence(lesson, review, months)


def find_evidence(
    session: Session, owner: Board, wanted: Evidence, narrow: Audience
) -> tuple[Lesson | None, Audience, dict[str, str]]:
    """The lesson, who is asked, and the campaign's values; ends the command where nobody has an action."""
    about = lessons.by_code(session, owner.id, wanted.code) if wanted.code else None
    if wanted.code and about is None:
        known = ", ".join(sorted(action.lesson_days(session, owner.id))) or "none yet"
        refuse(f"--lesson: {owner.name} has no lesson {wanted.code!r}; there are: {known}.")
    lesson_id = about.id if about else None
    found = find_askable(session, owner.id, lesson_id, wanted.review)
    if isinstance(found, str):
        refuse(f"Nobody is asked about the actions after {wanted.code or wanted.review}: {found}.")
    agencies = found.agencies & narrow.agencies if narrow.agencies else found.agencies
    if not agencies:
        refuse(f"None of the agencies named has an open action after {wanted.code or wanted.review}.")
    values = {MONTHS: wanted.months}
    if about is None:
        # As the actions spell it, and not as it was typed.
        review = action.open_of(session, owner.id, lesson_id=None, review=wanted.review)[0].review
        values |= {REVIEW: review, "lesson": review}
    return about, replace(narrow, agencies=agencies), values
