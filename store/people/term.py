"""Term: the school terms of a set, and the days on which an agency is closed."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, ordered_id


class Term(Row):
    """One stretch of school days, first and last day included."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("term_set", "first_day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    term_set: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(100))
    first_day: Mapped[date]
    last_day: Mapped[date]


class Closure(Row):
    """A day on which one agency (or, with no agency, everybody) does not work."""

    __tablename__ = "closures"
    __table_args__ = (UniqueConstraint("agency_id", "day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agencies.id"))
    day: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200), default="")


def spans(session: Session) -> dict[str, tuple[tuple[date, date], ...]]:
    """Every set of terms: name → (first day, last day) in order."""
    found: dict[str, list[tuple[date, date]]] = {}
    for term in session.query(Term).order_by(Term.first_day):
        found.setdefault(term.term_set, []).append((term.first_day, term.last_day))
    return {name: tuple(days) for name, days in found.items()}


def closed_days(session: Session) -> dict[UUID | None, frozenset[date]]:
    """Closure days by agency; the key None holds those of everybody."""
    found: dict[UUID | None, set[date]] = {}
    for closure in session.query(Closure):
        found.setdefault(closure.agency_id, set()).add(closure.day)
    return {agency_id: frozenset(days) for agency_id, days in found.items()}
