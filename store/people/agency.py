"""Agency: a member organisation, with its sector, its working calendar and its holiday contact."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, Worded, ordered_id


class CalendarKind(StrEnum):
    """Which days an agency works."""

    OFFICE = "office"  #: Monday to Friday, less bank holidays and closures
    SCHOOL = "school"  #: the days of the terms of its set, less the same


class Agency(Row):
    """A member organisation of one or more boards."""

    __tablename__ = "agencies"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    name: Mapped[str] = mapped_column(String(200))
    #: The name folded for comparison: one agency is one row, however it is typed.
    folded: Mapped[str] = mapped_column(String(200), unique=True)
    sector: Mapped[str] = mapped_column(String(40))
    calendar: Mapped[CalendarKind] = mapped_column(Worded(CalendarKind), default=CalendarKind.OFFICE)
    #: The set of term dates a school keeps; None for offices.
    term_set: Mapped[str | None] = mapped_column(String(100))
    #: Mail domains known to be the agency's own, lower case.
    domains: Mapped[list[Any]] = mapped_column(default=list)
    #: Paid staff by headcount, as the directory has it; None where it does not say.
    staff: Mapped[int | None]

    @property
    def is_school(self) -> bool:
        """Whether it keeps school terms."""
        return self.calendar is CalendarKind.SCHOOL


class Membership(Row):
    """An agency's membership of a board."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("board_id", "agency_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agencies.id"), index=True)


def fold(name: str) -> str:
    """Fold a name for comparison: case and runs of white space do not tell agencies apart."""
    return " ".join(name.casefold().split())


def by_name(session: Session, name: str) -> Agency | None:
    """The agency of this name, if there is one."""
    return session.query(Agency).filter_by(folded=fold(name)).one_or_none()


def members(session: Session, board_id: UUID) -> list[Agency]:
    """The agencies of a board, by name."""
    query = session.query(Agency).join(Membership, Membership.agency_id == Agency.id)
    return query.filter(Membership.board_id == board_id).order_by(Agency.folded).all()


def schools(session: Session) -> set[str]:
    """The names of the agencies that are schools."""
    return set(session.execute(select(Agency.name).where(Agency.calendar == CalendarKind.SCHOOL)).scalars())
