"""Duty: who reads what came in, day by day."""

from datetime import date
from uuid import UUID

from sqlalchemy import CursorResult, ForeignKey, Select, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, insert_unless_there, ordered_id
from store.people.person import Person


class Duty(Row):
    """One trained reviewer on one day of a board's rota. Whoever has left stands there without counting."""

    __tablename__ = "duties"
    __table_args__ = (UniqueConstraint("board_id", "day", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    day: Mapped[date]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))


def put_on(session: Session, board_id: UUID, day: date, person_id: UUID) -> None:
    """Put a reviewer on the rota of a day; once is enough."""
    row = {"id": ordered_id(), "board_id": board_id, "day": day, "person_id": person_id}
    session.execute(insert_unless_there(session, Duty).values(row))


def take_off(session: Session, board_id: UUID, day: date, person_id: UUID) -> bool:
    """Take a reviewer off a day; False where they were not on it."""
    mine = (Duty.board_id == board_id, Duty.day == day, Duty.person_id == person_id)
    result = session.execute(delete(Duty).where(*mine))
    assert isinstance(result, CursorResult)  # noqa: S101 - tells the type checker what a DELETE returns
    return result.rowcount == 1


def on_duty(session: Session, board_id: UUID, day: date) -> list[UUID]:
    """The people on duty for a board on a day, in the order in which they were put on."""
    return [one.person_id for one in session.execute(_counted(board_id, day, day)).scalars()]


def rota(session: Session, board_id: UUID, first: date, last: date) -> dict[date, list[UUID]]:
    """Who is on duty on each staffed day of a stretch, both ends included."""
    found: dict[date, list[UUID]] = {}
    for one in session.execute(_counted(board_id, first, last)).scalars():
        found.setdefault(one.day, []).append(one.person_id)
    return found


def _counted(board_id: UUID, first: date, last: date) -> Select[Duty]:
    return (
        select(Duty)
        .join(Person, Person.id == Duty.person_id)
        .where(Duty.board_id == board_id, Duty.day.between(first, last), Person.left_at.is_(None))
        .order_by(Duty.day, Duty.id)
    )
