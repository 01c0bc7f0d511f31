"""Inbound: what arrived, exactly as it arrived, before anyone knew what it was."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, Worded, add_unless_there, ordered_id
from store.quick.plain import columns_of, run


class Source(StrEnum):
    """The door something came through."""

    WEB = "web"
    EMAIL = "email"
    SLACK = "slack"
    TELEPHONE = "telephone"  #: told to a coordinator, who recorded it
    PAPER = "paper"  #: given on paper to a coordinator, who typed it in


class Inbound(Row):
    """One arrival. The sender's own id of it makes a repeat harmless."""

    __tablename__ = "inbounds"
    __table_args__ = (UniqueConstraint("source", "source_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    source: Mapped[Source] = mapped_column(Worded(Source))
    source_id: Mapped[str] = mapped_column(String(200))
    ask_id: Mapped[UUID | None] = mapped_column(ForeignKey("asks.id"), index=True)
    received_at: Mapped[datetime]
    #: The bytes as they came.
    raw: Mapped[bytes]


def keep(
    session: Session, source: Source, source_id: str, raw: bytes, now: datetime, ask_id: UUID | None = None
) -> tuple[Inbound, bool]:
    """Keep an arrival; the flag tells whether it is new."""
    kept = Inbound(
        id=ordered_id(), source=source, source_id=source_id, ask_id=ask_id, received_at=now, raw=raw
    )
    statement = add_unless_there(session, Inbound)
    if run(session, statement, columns_of(kept)).first() is not None:
        return kept, True
    return session.query(Inbound).filter_by(source=source, source_id=source_id).one(), False
