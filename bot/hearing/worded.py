"""Worded: the texts of a form as results tell them, with its campaign's own words in their places."""

from collections.abc import Callable
from typing import TypeAlias

from bot.web.asks.filled import values_for
from store.asking.campaign import Campaign
from store.asking.lesson import Lesson
from store.database import Session
from store.people.board import Board
from surveys.forms.filling import placeholders_of
from surveys.forms.form import Form
from surveys.forms.question import spell
from surveys.paging.known import UNANSWERED

#: What stands for the agency where answers of several are told together.
ANY_AGENCY = "the agency of the link"

Wording: TypeAlias = Callable[[str], str]


def word_for_all(session: Session, wanted: Campaign, form: Form) -> Wording:
    """Fills the places in a form's texts as they read for nobody in particular.

    An answer that a text names is another with each who answers, so an ellipsis stands for it; what nobody
    says stays as it is.
    """
    board = session.get_one(Board, wanted.board_id)
    lesson = session.get(Lesson, wanted.lesson_id) if wanted.lesson_id else None
    said = values_for(session, board, wanted, None, lesson) | {"agency": ANY_AGENCY}
    words = {name: said[name] for name in placeholders_of(form) & said.keys()}
    words |= dict.fromkeys(form.every, UNANSWERED)
    return lambda text: spell(text, words.get)
