"""Filled: the form of an ask with the campaign's own words in the places that it leaves for them."""

from collections.abc import Mapping
from uuid import UUID

from bot.web.asks.judged import find_judged
from bot.web.shelf import Shelf
from store.asking import around
from store.asking.ask import Ask
from store.asking.campaign import Campaign
from store.asking.lesson import Lesson
from store.database import Session
from store.people.agency import Agency
from store.people.board import Board
from store.surveying import helpline
from surveys.answering.intake import form_of
from surveys.forms.filling import fill_in, givens_of, placeholders_of
from surveys.forms.form import Form

#: Where a board names no number of its own for worries about a child.
FRONT_DOOR = "children's social care at your council"

_SHELF = Shelf()
#: The places in a form, and the questions that campaigns answer, by form and campaign: the same for ever.
_PLACES: dict[tuple[str, int, str, UUID], frozenset[str]] = {}


def fill_for(
    session: Session,
    form: Form,
    board: Board,
    campaign: Campaign,
    agency: Agency | None = None,
    lesson: Lesson | None = None,
    besides: Mapping[str, str] | None = None,
) -> Form:
    """The form as this agency of this campaign reads it; made once and kept.

    What is said `besides` stands before all else.
    """
    places = _PLACES.get((form.key, form.version, form.language, campaign.id))
    if places is None:
        places = _PLACES[form.key, form.version, form.language, campaign.id] = _wants_of(form)
    if not places:
        return form
    values = values_for(session, board, campaign, agency, lesson) | dict(besides or {})
    given = tuple(sorted((name, words) for name, words in values.items() if name in places))
    key = (form.key, form.version, form.language, campaign.id, given)
    return _SHELF.fetch(key, lambda: fill_in(form, dict(given)))


def fill_of(session: Session, asked: Ask) -> Form:
    """The form of an ask as its agency reads it."""
    found = around.of_ask(session, asked.id)
    form = form_of(session, asked)
    if found is None:
        return form
    judged = find_judged(session, found.step, asked)
    besides = judged.given if judged else None
    return fill_for(session, form, found.board, found.campaign, found.agency, found.lesson, besides)


def values_for(
    session: Session, board: Board, campaign: Campaign, agency: Agency | None, lesson: Lesson | None
) -> dict[str, str]:
    """What stands in the places of a form's texts: the board's and the campaign's words, and who is asked."""
    known = {
        "board": board.name,
        "contact": f"{board.contact_name}, {board.contact_email}",
        "agency": agency.name if agency else "your agency",
        "front_door": _front_door(session, board),
    }
    known |= {"lesson": lesson.title, "change": "lesson"} if lesson else {}
    for given in (board.terms, campaign.values):
        known |= {name: value for name, value in given.items() if isinstance(value, str)}
    return known


def _wants_of(form: Form) -> frozenset[str]:
    return placeholders_of(form) | givens_of(form)


def _front_door(session: Session, board: Board) -> str:
    shown = helpline.glance(session, board.id)
    own = next((one for one in shown if one.key == "front_door"), None)
    return f"{own.name.get('en', FRONT_DOOR)}, {own.number}" if own else FRONT_DOOR
