"""Seat: a role an agency must fill; the debt is the seat's, the person in it changes."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, and_, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, Worded, ordered_id
from store.people.agency import Agency
from store.people.person import Person


class SeatRole(StrEnum):
    """The roles an agency fills towards a board."""

    REPRESENTATIVE = "representative"  #: the training representative, whom campaigns ask
    DEPUTY = "deputy"
    LINE_MANAGER = "line_manager"
    BOARD_MEMBER = "board_member"
    CHAIR_OF_GOVERNORS = "chair_of_governors"  #: a school's board member on the ladder
    CHIEF_OFFICER = "chief_officer"
    REPORT_AUTHOR = "report_author"
    HOLIDAY_CONTACT = "holiday_contact"  #: for urgent lessons while the agency is closed

    @property
    def words(self) -> str:
        """The role as people say it."""
        return "training representative" if self is SeatRole.REPRESENTATIVE else self.value.replace("_", " ")


class Seat(Row):
    """One role of one agency with one board."""

    __tablename__ = "seats"
    __table_args__ = (
        UniqueConstraint("board_id", "agency_id", "role"),
        # For the launch, which goes through the seats of a role chunk by chunk.
        Index("ix_seats_board_role", "board_id", "role", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agencies.id"), index=True)
    role: Mapped[SeatRole] = mapped_column(Worded(SeatRole))


class Holding(Row):
    """The time in which one person held one seat; history stays with the agency."""

    __tablename__ = "holdings"
    __table_args__ = (
        # One holder at a time: the database itself refuses a second.
        Index(
            "uq_holdings_seat_current",
            "seat_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    seat_id: Mapped[UUID] = mapped_column(ForeignKey("seats.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]


def ensure(session: Session, board_id: UUID, agency_id: UUID, role: SeatRole) -> Seat:
    """Find the seat, or add it, vacant."""
    query = session.query(Seat).filter_by(board_id=board_id, agency_id=agency_id, role=role)
    seat = query.one_or_none()
    if seat is None:
        seat = Seat(id=ordered_id(), board_id=board_id, agency_id=agency_id, role=role)
        session.add(seat)
        session.flush()
    return seat


def holder(session: Session, seat_id: UUID) -> Person | None:
    """Who holds the seat today; None when it is vacant."""
    query = session.query(Person).join(Holding, Holding.person_id == Person.id)
    return query.filter(Holding.seat_id == seat_id, Holding.until.is_(None)).one_or_none()


def seat_person(session: Session, seat_id: UUID, person_id: UUID | None, now: datetime) -> None:
    """Put a person into a seat, or empty it with None; the holding before is ended, not erased."""
    current = session.query(Holding).filter_by(seat_id=seat_id, until=None).one_or_none()
    if current is not None and current.person_id == person_id:
        return
    if current is not None:
        current.until = now
        session.flush()
    if person_id is not None:
        session.add(Holding(seat_id=seat_id, person_id=person_id, since=now))
    session.flush()


def line(session: Session, board_id: UUID, agency_ids: Iterable[UUID]) -> dict[UUID, dict[SeatRole, Person]]:
    """Who fills which role today: agency → role → person; vacant seats are left out."""
    found: dict[UUID, dict[SeatRole, Person]] = {}
    query = (
        select(Seat.agency_id, Seat.role, Person)
        .join(Holding, and_(Holding.seat_id == Seat.id, Holding.until.is_(None)))
        .join(Person, Person.id == Holding.person_id)
        .where(Seat.board_id == board_id, Seat.agency_id.in_(list(agency_ids)))
    )
    for agency_id, role, person in session.execute(query):
        found.setdefault(agency_id, {})[role] = person
    return found


def holders_of(session: Session, agency_id: UUID) -> list[Person]:
    """Everybody who holds a seat of an agency today, whichever board it is with."""
    held = (
        select(Holding.person_id)
        .join(Seat, Seat.id == Holding.seat_id)
        .where(Seat.agency_id == agency_id, Holding.until.is_(None))
    )
    return session.query(Person).filter(Person.id.in_(held)).order_by(Person.id).all()


def held_by(session: Session, person_id: UUID) -> list[tuple[Seat, Agency]]:
    """The seats that a person holds today, with their agencies."""
    query = (
        select(Seat, Agency)
        .join(Holding, and_(Holding.seat_id == Seat.id, Holding.until.is_(None)))
        .join(Agency, Agency.id == Seat.agency_id)
        .where(Holding.person_id == person_id)
        .order_by(Agency.folded, Seat.role)
    )
    return [(seat, agency) for seat, agency in session.execute(query)]
