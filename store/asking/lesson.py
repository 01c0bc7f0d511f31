"""Lesson: what was learned from a review, as the campaigns carry it."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, Worded, ordered_id


class Priority(StrEnum):
    """How soon a lesson has to be heard."""

    URGENT = "urgent"
    STANDARD = "standard"
    INFORMATION = "information"


class Lesson(Row):
    """A lesson of one board. Its text is neutral: no name, place or date of a real child."""

    __tablename__ = "lessons"
    __table_args__ = (UniqueConstraint("board_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    #: The board's own number, as in LSN-001.
    code: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    priority: Mapped[Priority] = mapped_column(Worded(Priority), default=Priority.STANDARD)
    #: The one-line message.
    message: Mapped[str] = mapped_column(String(500))
    #: The text that travels on, in Markdown: summary, learning, what to do, prompts.
    body: Mapped[str] = mapped_column(Text)
    #: Learning points, prompts and check question as values, for what reads them one by one.
    parts: Mapped[dict[str, Any]] = mapped_column(default=dict)


def by_code(session: Session, board_id: UUID, code: str) -> Lesson | None:
    """A board's lesson of this number, if there is one."""
    return session.query(Lesson).filter_by(board_id=board_id, code=code).one_or_none()
