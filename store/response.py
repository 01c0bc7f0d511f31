"""Response: what we understood of an arrival; a later one supersedes, never edits."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, ordered_id


class Response(Row):
    """Answers checked against one form version, and who gave them."""

    __tablename__ = "responses"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("asks.id"), index=True)
    form_version_id: Mapped[UUID] = mapped_column(ForeignKey("form_versions.id"))
    inbound_id: Mapped[UUID] = mapped_column(ForeignKey("inbounds.id"), unique=True)
    #: Who answered, who may not be the person asked.
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    #: Who typed it in, when that was somebody else.
    entered_by: Mapped[str | None] = mapped_column(String(320))
    answers: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    #: The later response that took its place; None while it is the one that counts.
    superseded_by: Mapped[UUID | None] = mapped_column(ForeignKey("responses.id"))


def current(session: Session, ask_id: UUID) -> Response | None:
    """The response that counts for an ask."""
    return session.query(Response).filter_by(ask_id=ask_id, superseded_by=None).one_or_none()


def replace(session: Session, response: Response) -> None:
    """Add a response and let it supersede the one before."""
    before = current(session, response.ask_id)
    session.add(response)
    session.flush()
    if before is not None:
        before.superseded_by = response.id
        session.flush()
