"""Extension: more time asked for, and what was decided; the original due date stays."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, Worded, ordered_id


class ExtensionState(StrEnum):
    """What became of a request for more time."""

    ASKED = "asked"  #: waits for the board's decision
    GRANTED = "granted"
    DECLINED = "declined"


class Extension(Row):
    """One request for more time."""

    __tablename__ = "extensions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("asks.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    working_days: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    asked_at: Mapped[datetime]
    state: Mapped[ExtensionState] = mapped_column(Worded(ExtensionState))
    due_before: Mapped[date]
    due_after: Mapped[date]
    decided_at: Mapped[datetime | None]
    #: Who decided, or the rule that did.
    decided_by: Mapped[str | None] = mapped_column(String(320))


def of_ask(session: Session, ask_id: UUID) -> list[Extension]:
    """The extensions of an ask, in order."""
    return session.query(Extension).filter_by(ask_id=ask_id).order_by(Extension.id).all()


def of_asks(session: Session, ask_ids: Collection[UUID]) -> dict[UUID, list[Extension]]:
    """The extensions of some asks, in order."""
    found: dict[UUID, list[Extension]] = {}
    query = select(Extension).where(Extension.ask_id.in_(list(ask_ids))).order_by(Extension.id)
    for one in session.execute(query).scalars():
        found.setdefault(one.ask_id, []).append(one)
    return found
