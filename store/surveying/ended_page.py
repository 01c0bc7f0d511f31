"""Ended page: that somebody pressed Stop on a page of an open survey, kept until the night and no longer."""

from datetime import date

from sqlalchemy import String, bindparam, delete, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, insert_unless_there
from store.surveying.box import WaitingAnswer


class EndedPage(Row):
    """One page that was given up. It holds no answer, no code and no time but the day."""

    __tablename__ = "ended_pages"

    #: SHA-256 of the random word that the page was given, in hexadecimal.
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date]


def note(session: Session, key: str, day: date) -> None:
    """Remember that a page was given up; once is enough."""
    session.execute(insert_unless_there(session, EndedPage).values({"key": key, "day": day}))


# Written once: every page that is sent by an open code asks.
_FIND = select(
    exists().where(EndedPage.key == bindparam("stopped")),
    exists().where(WaitingAnswer.key == bindparam("sent")),
)


def is_there(session: Session, key: str) -> bool:
    """Whether the page of this key was given up."""
    return session.execute(select(EndedPage.day).where(EndedPage.key == key)).first() is not None


def find(session: Session, stopped: str, sent: str) -> tuple[bool, bool]:
    """Whether a page was given up, under one key, and whether its answer lies in the box, under the other."""
    was_stopped, was_sent = session.execute(_FIND, {"stopped": stopped, "sent": sent}).one()
    return bool(was_stopped), bool(was_sent)


def sweep(session: Session, day: date) -> bool:
    """Forget the pages of a day and of every one before it; tells whether there were any."""
    old = EndedPage.day <= day
    if session.execute(select(EndedPage.day).where(old).limit(1)).first() is None:
        return False
    session.execute(delete(EndedPage).where(old))
    return True
