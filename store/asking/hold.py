"""Hold: a reason and a date until which an ask, or all of an agency's, rest."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.asking.ask import Ask
from store.base import Row, ordered_id

#: For so long a hold that is over still counts when an ask is about to lapse.
JUST_OVER = timedelta(days=30)


class Hold(Row):
    """A rest, with its reason. The last day is part of it; the debt stays."""

    __tablename__ = "holds"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    ask_id: Mapped[UUID | None] = mapped_column(ForeignKey("asks.id"), index=True)
    #: Set instead of the ask when everything of an agency rests.
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(String(500))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(320))
    lifted_at: Mapped[datetime | None]

    @property
    def last_day(self) -> date:
        """The last day of the rest: its date, or the day on which it was lifted."""
        return self.until if self.lifted_at is None else min(self.until, self.lifted_at.date())

    def is_in_force(self, today: date) -> bool:
        """Whether what it is over rests today."""
        return self.lifted_at is None and self.until >= today


def around(
    session: Session,
    board_ids: Collection[UUID],
    ask_ids: Collection[UUID],
    agency_ids: Collection[UUID],
    today: date,
) -> list[Hold]:
    """The holds over any of these asks or agencies, for their boards: those in force, and those just over."""
    query = (
        select(Hold)
        .where(Hold.board_id.in_(list(board_ids)), Hold.until >= today - JUST_OVER)
        .where(or_(Hold.ask_id.in_(list(ask_ids)), Hold.agency_id.in_(list(agency_ids))))
    )
    return list(session.execute(query).scalars())


def in_force(
    session: Session,
    board_id: UUID,
    today: date,
    *,
    ask_id: UUID | None = None,
    agency_id: UUID | None = None,
) -> list[Hold]:
    """The holds by which an ask itself, or all of an agency's for a board, rest today."""
    asks, agencies = ([ask_id] if ask_id else []), ([agency_id] if agency_id else [])
    return [one for one in around(session, [board_id], asks, agencies, today) if one.is_in_force(today)]


def over(holds: Iterable[Hold], ask: Ask) -> list[Hold]:
    """Those of some holds that an ask rests by: its own, or one over all that its agency owes its board."""
    return [
        one
        for one in holds
        if one.ask_id == ask.id or (one.agency_id == ask.agency_id and one.board_id == ask.board_id)
    ]
