"""Builders: everything that a survey of children or families waits for before it may be opened."""

from datetime import date, timedelta

from bot.asking.page_words import find_page_words, sign_page_words
from store.database import Session
from store.people import person
from store.people.board import Board
from store.surveying import duty, helpline, signed_translation
from surveys import helplines, library
from surveys.open.opening import FRONT_DOOR
from surveys.tongues.page_words import PAGES, VERSION
from surveys.tongues.translation import Translation
from tests import make
from tests.make import START

TODAY = START.date()
REVIEWERS = ("Rita Reader", "Sol Secondread")
#: The working day after the Monday on which everything begins.
TOMORROW = date(2026, 10, 13)


def staff_rota(session: Session, of: Board, first: date = TOMORROW, days: int = 1) -> None:
    """Put two reviewers on duty for some days."""
    for name in REVIEWERS:
        reader = person.keep(session, name, make.address(name, f"{of.slug}.example.org"))
        for ahead in range(days):
            duty.put_on(session, of.id, first + timedelta(days=ahead), reader.id)


def check_helplines(session: Session, of: Board, day: date = TODAY) -> None:
    """Keep the shipped numbers and the board's own, all of them rung on a day."""
    helpline.keep_shipped(session, helplines.shipped())
    helpline.keep(session, of.id, FRONT_DOOR, "01632 960 001", {"en": "The front door"})
    for one in helpline.shown(session, of.id, helpline.Audience.ALL):
        helpline.check_off(session, one, day)


def sign_translations(session: Session, of: Board, key: str = "s6") -> None:
    """Sign off every language of a shipped form, and the words around its questions."""
    form = library.load(key)
    for one in library.translations(key, form.version):
        kept = signed_translation.keep(session, of.id, key, form.version, one.language, one.texts)
        signed_translation.sign(session, kept, "rita.reader@west.example.org", START)
        sign_words(session, of, one.language)


def sign_words(session: Session, of: Board, language: str) -> None:
    """Sign off all that pages say round about the questions; what has no words in the language gets some."""
    known = find_page_words(session, of.id)
    newest = known.newest(language)
    said = newest.texts if newest else {}
    texts = {text: said.get(text) or f"{language} {text}" for text in known.texts}
    told = Translation(form=PAGES, version=VERSION, language=language, state="draft", texts=texts)
    sign_page_words(session, of.id, told, "Rita Reader <rita.reader@west.example.org>", START)
