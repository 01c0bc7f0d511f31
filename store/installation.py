"""Installation: the one row that tells whether we were stopped for long, and the demo's clock."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, ordered_id


class Installation(Row):
    """One row for the whole installation."""

    __tablename__ = "installations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    #: Always 1: the database itself refuses a second row.
    only: Mapped[int] = mapped_column(default=1, unique=True)
    #: When the clock last beat.
    beat_at: Mapped[datetime | None]
    #: Set when a long stop was found: overdue work waits for a coordinator's yes.
    stopped_from: Mapped[datetime | None]
    stopped_until: Mapped[datetime | None]
    #: The demo's clock; None where real time rules.
    virtual_now: Mapped[datetime | None]


def row(session: Session) -> Installation:
    """The row, made on first use."""
    found = session.query(Installation).one_or_none()
    if found is None:
        found = Installation(id=ordered_id())
        session.add(found)
        session.flush()
    return found


def row_or_none(session: Session) -> Installation | None:
    """The row, where there is one already."""
    return session.query(Installation).one_or_none()


def set_virtual(session: Session, moment: datetime) -> None:
    """Move the demonstration's clock."""
    row(session).virtual_now = moment
    session.flush()
