"""Ended page: that a page of an open survey was given up or sent, kept for a day or two and no longer."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import String, bindparam, delete, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, insert_unless_there
from store.quick.plain import run
from store.surveying.box import WaitingAnswer


class EndedPage(Row):
    """One page that was given up, or sent before the last night. It holds no answer, no code and no time but
    the day after which it is forgotten.
    """

    __tablename__ = "ended_pages"

    #: A SHA-256 made of the random word that the page was given, in hexadecimal.
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date]


def note(session: Session, key: str, day: date) -> None:
    """Remember that a page was given up; once is enough."""
    session.execute(insert_unless_there(session, EndedPage).values({"key": key, "day": day}))


def note_sent(session: Session, keys: Iterable[str], day: date) -> None:
    """Remember until the night after a day that some pages were sent; their order tells nothing."""
    rows = [{"key": key, "day": day} for key in sorted(keys)]
    if rows:
        session.execute(insert_unless_there(session, EndedPage), rows)


# Written once: every page that is sent by an open code asks.
_IS_THERE = select(EndedPage.day).where(EndedPage.key == bindparam("sought"))
_FIND = select(
    exists().where(EndedPage.key == bindparam("stopped")),
    exists().where(WaitingAnswer.key == bindparam("sent")),
    exists().where(EndedPage.key == bindparam("mixed")),
)


def is_there(session: Session, key: str) -> bool:
    """Whether a page is remembered under this key."""
    return run(session, _IS_THERE, {"sought": key}).first() is not None


def find(session: Session, stopped: str, sent: str, mixed: str) -> tuple[bool, bool]:
    """Whether a page was given up, and whether it was sent.

    It was given up under one key; its answer lies in the box under another, and after the night under none,
    while the page is remembered under a third.
    """
    keys = {"stopped": stopped, "sent": sent, "mixed": mixed}
    [(was_stopped, is_in_box, is_mixed)] = run(session, _FIND, keys).all()
    return bool(was_stopped), bool(is_in_box or is_mixed)


def sweep(session: Session, day: date) -> bool:
    """Forget the pages of a day and of every one before it; tells whether there were any."""
    old = EndedPage.day <= day
    if session.execute(select(EndedPage.day).where(old).limit(1)).first() is None:
        return False
    session.execute(delete(EndedPage).where(old))
    return True
