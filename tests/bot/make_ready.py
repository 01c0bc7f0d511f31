"""Builders: everything that a survey of children or families waits for before it may be opened."""

from datetime import date, timedelta

from store.board import Board, OfficeRole
from store.database import Session
from store.surveying import duty, helpline, signed_translation
from surveys import helplines, library
from tests import make
from tests.make import START

TODAY = START.date()
#: The working day after the Monday on which everything begins.
TOMORROW = date(2026, 10, 13)


def staff_rota(session: Session, of: Board, first: date = TOMORROW, days: int = 1) -> None:
    """Put a reviewer on duty for some days."""
    reader = make.officer(session, of, "Rita Reader", OfficeRole.COORDINATOR)
    for ahead in range(days):
        duty.put_on(session, of.id, first + timedelta(days=ahead), reader.id)


def check_helplines(session: Session, of: Board, day: date = TODAY) -> None:
    """Keep the shipped numbers, all of them rung on a day."""
    helpline.keep_shipped(session, helplines.shipped())
    for one in helpline.shown(session, of.id, helpline.Audience.ALL):
        helpline.check_off(session, one, day)


def sign_translations(session: Session, of: Board, key: str = "s6") -> None:
    """Sign off every language of a shipped form."""
    form = library.load(key)
    for one in library.translations(key, form.version):
        kept = signed_translation.keep(session, of.id, key, form.version, one.language, one.texts)
        signed_translation.sign(session, kept, "rita.reader@west.example.org", START)
