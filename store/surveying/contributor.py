"""Contributor: a colleague invited to fill in a section of an ask, or all of it, without sending it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CursorResult, ForeignKey, Index, String, UniqueConstraint, delete, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, insert_unless_there, ordered_id


class Contributor(Row):
    """One invitation: whoever answers for the ask still sends it."""

    __tablename__ = "contributors"
    __table_args__ = (
        UniqueConstraint("ask_id", "person_id", "section"),
        # No section means all of them, once: two NULLs would not be taken for the same.
        Index(
            "uq_contributors_whole",
            "ask_id",
            "person_id",
            unique=True,
            sqlite_where=text("section IS NULL"),
            postgresql_where=text("section IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("asks.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    #: The section of the form; None for all of it.
    section: Mapped[str | None] = mapped_column(String(40))
    invited_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    invited_at: Mapped[datetime]


def invite(
    session: Session, ask_id: UUID, person_id: UUID, section: str | None, invited_by: UUID, now: datetime
) -> Contributor:
    """Invite a colleague to a section, or to all where it is None; a second invitation is the first."""
    row = {
        "id": ordered_id(),
        "ask_id": ask_id,
        "person_id": person_id,
        "section": section,
        "invited_by": invited_by,
        "invited_at": now,
    }
    session.execute(insert_unless_there(session, Contributor).values(row))
    return session.query(Contributor).filter_by(ask_id=ask_id, person_id=person_id, section=section).one()


def uninvite(session: Session, ask_id: UUID, person_id: UUID) -> int:
    """Take back every invitation of a colleague to an ask; gives back how many there were."""
    statement = delete(Contributor).where(Contributor.ask_id == ask_id, Contributor.person_id == person_id)
    result = session.execute(statement)
    assert isinstance(result, CursorResult)  # noqa: S101 - tells the type checker what a DELETE returns
    return result.rowcount


def of_ask(session: Session, ask_id: UUID) -> list[Contributor]:
    """Everybody invited to an ask, in the order of the invitations."""
    return session.query(Contributor).filter_by(ask_id=ask_id).order_by(Contributor.id).all()


def is_invited(session: Session, ask_id: UUID, person_id: UUID) -> bool:
    """Whether a person was invited to any part of an ask."""
    query = session.query(Contributor.id).filter_by(ask_id=ask_id, person_id=person_id)
    return query.first() is not None


def may_fill(session: Session, ask_id: UUID, person_id: UUID, section: str) -> bool:
    """Whether an invitation covers a section."""
    query = session.query(Contributor.section).filter_by(ask_id=ask_id, person_id=person_id)
    return any(row.section in (None, section) for row in query)
