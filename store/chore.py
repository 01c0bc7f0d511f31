"""Chore: something that only a person at the board can do, with its reason."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, Worded, ordered_id


class ChoreKind(StrEnum):
    """What is to be done."""

    PHONE = "phone"  #: ring the agency
    FILL_SEAT = "fill_seat"  #: a seat is empty, or its holder cannot be reached
    DECIDE_EXTENSION = "decide_extension"
    DECIDE_HANDOVER = "decide_handover"  #: to somebody outside the agency's known domains
    TERM_DATES = "term_dates"  #: imported term dates end too early
    CHECK_DECLINED = "check_declined"  #: an agency says that it is not for them


class Chore(Row):
    """One thing to do. Unique by key, so that it is listed once however often it comes up."""

    __tablename__ = "chores"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[ChoreKind] = mapped_column(Worded(ChoreKind))
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agencies.id"))
    ask_id: Mapped[UUID | None] = mapped_column(ForeignKey("asks.id"))
    text: Mapped[str] = mapped_column(String(1000))
    opened_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None] = mapped_column(String(320))


def open_once(
    session: Session,
    kind: ChoreKind,
    key: str,
    text: str,
    now: datetime,
    *,
    board_id: UUID,
    agency_id: UUID | None = None,
    ask_id: UUID | None = None,
) -> Chore | None:
    """List a chore unless the same one is listed already."""
    whole = f"{kind.value}:{key}"
    if session.query(Chore.id).filter_by(key=whole).first() is not None:
        return None
    chore = Chore(
        id=ordered_id(),
        key=whole,
        kind=kind,
        board_id=board_id,
        agency_id=agency_id,
        ask_id=ask_id,
        text=text,
        opened_at=now,
    )
    session.add(chore)
    session.flush()
    return chore


def waiting(session: Session, board_id: UUID | None = None) -> list[Chore]:
    """What waits for a person, oldest first."""
    query = session.query(Chore).filter(Chore.done_at.is_(None))
    if board_id is not None:
        query = query.filter(Chore.board_id == board_id)
    return query.order_by(Chore.opened_at, Chore.id).all()


def finish(session: Session, kind: ChoreKind, key: str, by: str, now: datetime) -> None:
    """Tick a chore off, where it is open."""
    chore = session.query(Chore).filter_by(key=f"{kind.value}:{key}", done_at=None).one_or_none()
    if chore is not None:
        chore.done_at = now
        chore.done_by = by
