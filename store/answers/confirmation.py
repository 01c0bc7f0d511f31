"""Confirmation: what a manager said of the change they have seen, under the code of a booking and no name."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, insert_unless_there


class Confirmation(Row):
    """One manager's answer: one a booking, given once."""

    __tablename__ = "confirmations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    booking_id: Mapped[UUID] = mapped_column(ForeignKey("bookings.id"), unique=True)
    #: The step that was answered by whoever passed the link on.
    step_id: Mapped[UUID] = mapped_column(ForeignKey("steps.id"), index=True)
    form_version_id: Mapped[UUID] = mapped_column(ForeignKey("form_versions.id"))
    answers: Mapped[dict[str, Any]]
    #: The local day, and no moment that a log could be held against.
    day: Mapped[date]


def keep(
    session: Session,
    booking_id: UUID,
    step_id: UUID,
    form_version_id: UUID,
    answers: Mapping[str, Any],
    day: date,
) -> bool:
    """Keep an answer; False where one was given for this booking already, which stays as it is."""
    row = {
        "id": uuid4(),
        "booking_id": booking_id,
        "step_id": step_id,
        "form_version_id": form_version_id,
        "answers": dict(answers),
        "day": day,
    }
    statement = insert_unless_there(session, Confirmation).values(row).returning(Confirmation.id)
    return session.execute(statement).first() is not None


def is_given(session: Session, booking_id: UUID) -> bool:
    """Whether the manager of somebody booked has answered."""
    return bool(session.execute(select(exists().where(Confirmation.booking_id == booking_id))).scalar())


def of_step(session: Session, step_id: UUID) -> list[Confirmation]:
    """What managers said about those who answered a step, in an order that means nothing."""
    return session.query(Confirmation).filter_by(step_id=step_id).order_by(Confirmation.id).all()
