"""Turn: what one press of a button on a page comes to, whichever button it was."""

from dataclasses import dataclass
from datetime import date

from surveys.answering.answers import Answers
from surveys.forms.form import Form
from surveys.paging.acts import perform
from surveys.paging.journey import advance, advance_section, page_at
from surveys.paging.keystrokes import Raw
from surveys.paging.known import Earlier
from surveys.paging.pages import Page


@dataclass(frozen=True, slots=True)
class Turn:
    """What is typed now, and the page to show; None when the form, or the section, is whole.

    `answers` are those of a whole form.
    """

    raw: Raw
    page: Page | None
    answers: Answers | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """Which button was pressed on the page called `at`: Back to a page, one that acts on it, or Continue."""

    at: str
    back: str = ""
    act: str = ""


def take_turn(
    form: Form,
    raw: Raw,
    press: Press,
    earlier: Earlier | None = None,
    today: date | None = None,
    section: str = "",
) -> Turn:
    """Do what a press says, in the whole form or within one `section`."""
    if press.back:
        return Turn(raw, page_at(form, raw, press.back, earlier, today))
    if press.act:
        typed, show = perform(form, raw, press.act, press.at) or (raw, press.at)
        return Turn(typed, page_at(form, typed, show, earlier, today))
    if section:
        return Turn(raw, advance_section(form, raw, section, press.at, earlier, today))
    outcome = advance(form, raw, press.at, earlier, today)
    return Turn(raw, outcome, None) if isinstance(outcome, Page) else Turn(raw, None, outcome)
