"""Night: that the box was emptied after a day, and that nothing of it stayed behind in the files."""

from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, insert_unless_there


class Night(Row):
    """One day whose answers, if any, were rewritten; it is over once the files are clear of them too."""

    __tablename__ = "nights"

    #: The local day that ended with it.
    day: Mapped[date] = mapped_column(primary_key=True)
    #: Answers that were rewritten.
    moved: Mapped[int]
    is_clear: Mapped[bool]


def is_over(session: Session, day: date) -> bool:
    """Whether the night after a day needs no more work."""
    found = session.get(Night, day)
    return found is not None and found.is_clear


def last_over(session: Session) -> date | None:
    """The latest day whose night needs no more work; None before the first."""
    return session.execute(select(func.max(Night.day)).where(Night.is_clear)).scalar()


def is_unclear(session: Session) -> bool:
    """Whether some night's work stopped before the files were clear."""
    return session.execute(select(Night.day).where(~Night.is_clear)).first() is not None


def add(session: Session, day: date, moved: int) -> None:
    """Count answers that were rewritten in a night; until `finish` the files may hold them as they were."""
    session.execute(insert_unless_there(session, Night).values({"day": day, "moved": 0, "is_clear": False}))
    changed = {"moved": Night.moved + moved, "is_clear": False}
    session.execute(update(Night).where(Night.day == day).values(changed))


def finish(session: Session, day: date) -> None:
    """Note that the night after a day is over, and every one before it."""
    session.execute(insert_unless_there(session, Night).values({"day": day, "moved": 0, "is_clear": True}))
    session.execute(update(Night).where(~Night.is_clear).values(is_clear=True))
