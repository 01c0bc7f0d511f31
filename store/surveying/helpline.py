"""Helpline: a number that pages show to whoever needs help now, and when somebody last rang it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, Uuid, bindparam, or_, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, Worded, ordered_id
from store.quick.alike import Alike, Sight

#: For so long a check holds.
CHECK_HOLDS = timedelta(days=90)


class Audience(StrEnum):
    """Whom a number is for."""

    CHILD = "child"
    FAMILY = "family"
    STAFF = "staff"
    ALL = "all"


class Helpline(Row):
    """One number, everywhere or of one board. A board's own stands in place of the one of the same key."""

    __tablename__ = "helplines"
    __table_args__ = (
        UniqueConstraint("board_id", "key"),
        Index(
            "uq_helplines_everywhere",
            "key",
            unique=True,
            sqlite_where=text("board_id IS NULL"),
            postgresql_where=text("board_id IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID | None] = mapped_column(ForeignKey("boards.id"))
    key: Mapped[str] = mapped_column(String(40))
    #: By language.
    name: Mapped[dict[str, Any]]
    number: Mapped[str] = mapped_column(String(40))
    #: By language.
    note: Mapped[dict[str, Any]]
    audience: Mapped[Audience] = mapped_column(Worded(Audience))
    #: By language; empty where nobody is sure.
    hours: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Where the number was read.
    source: Mapped[str] = mapped_column(String(300), default="")
    #: None until somebody has rung it or read it at its source.
    last_checked_on: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)


def is_checked(last_checked_on: date | None, today: date) -> bool:
    """Whether the last check of a number, if there was any, still holds."""
    return last_checked_on is not None and last_checked_on >= today - CHECK_HOLDS


def keep(
    session: Session,
    board_id: UUID | None,
    key: str,
    number: str,
    name: Mapping[str, str],
    *,
    note: Mapping[str, str] | None = None,
    audience: Audience = Audience.ALL,
    hours: Mapping[str, str] | None = None,
    source: str = "",
    position: int = 0,
) -> Helpline:
    """Add a number, or bring the one of its key up to date; a changed number has to be checked anew."""
    found = session.query(Helpline).filter_by(board_id=board_id, key=key).one_or_none()
    if found is None:
        found = Helpline(id=ordered_id(), board_id=board_id, key=key, number=number)
        session.add(found)
    elif found.number != number:
        found.number, found.last_checked_on = number, None
    found.name, found.note, found.hours = dict(name), dict(note or {}), dict(hours or {})
    found.audience, found.source, found.position = audience, source, position
    session.flush()
    return found


def keep_shipped(session: Session, shipped: Iterable[Mapping[str, Any]]) -> int:
    """Add those of the shipped numbers, as keywords of `keep`, that are not here; tells how many were new."""
    known = {row.key for row in session.query(Helpline.key).filter(Helpline.board_id.is_(None))}
    new = [one for one in shipped if one["key"] not in known]
    for one in new:
        keep(session, None, **one)
    return len(new)


# Written once: every page of a survey runs it.
_OF_BOARD = select(Helpline).where(
    or_(Helpline.board_id.is_(None), Helpline.board_id == bindparam("board_id", type_=Uuid()))
)
_SIGHT = Sight(Alike(Helpline))
_GLANCED = _OF_BOARD.with_only_columns(*_SIGHT.columns)


def shown(session: Session, board_id: UUID, audience: Audience) -> list[Helpline]:
    """The numbers that a board's pages show to an audience, in order; ALL gives every one of them."""
    return _in_order(session.execute(_OF_BOARD, {"board_id": board_id}).scalars(), audience)


def glance(session: Session, board_id: UUID) -> list[Helpline]:
    """As `shown`, of all: rows that belong to no session, and may not be changed."""
    found = _SIGHT.look(session, _GLANCED, {"board_id": board_id})
    return _in_order((line[0] for line in found), Audience.ALL)


def _in_order(rows: Iterable[Helpline], audience: Audience) -> list[Helpline]:
    found: dict[str, Helpline] = {}
    for one in sorted(rows, key=lambda one: one.board_id is not None):
        found[one.key] = one
    meant = [
        one for one in found.values() if audience is Audience.ALL or one.audience in (audience, Audience.ALL)
    ]
    return sorted(meant, key=lambda one: (one.position, one.key))


def check_off(session: Session, helpline: Helpline, today: date) -> None:
    """Note that somebody has checked a number today."""
    helpline.last_checked_on = today
    session.flush()
