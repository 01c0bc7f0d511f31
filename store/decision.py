"""Decision: something decided about an ask, a person or an agency, with its reason and who decided."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.asking.ask import Ask
from store.base import Composed, Row, ordered_id
from store.quick.plain import columns_of, run, table_of

#: What a decision about one ask is called that was called back because its agency left the board.
CALLED_BACK = "withdrawn"


class Decision(Row):
    """One line of what happened and why; only ever added."""

    __tablename__ = "decisions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    at: Mapped[datetime]
    #: What was decided, one word or two: launched, left out, held, handed over, …
    what: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Composed(1000))
    #: The person's address, or the rule.
    by: Mapped[str] = mapped_column(String(320))
    board_id: Mapped[UUID | None] = mapped_column(ForeignKey("boards.id"))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    ask_id: Mapped[UUID | None] = mapped_column(ForeignKey("asks.id"), index=True)
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agencies.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)


_WRITE = insert(table_of(Decision))


def note(
    session: Session,
    now: datetime,
    what: str,
    reason: str,
    by: str,
    *,
    board_id: UUID | None = None,
    campaign_id: UUID | None = None,
    ask_id: UUID | None = None,
    agency_id: UUID | None = None,
    person_id: UUID | None = None,
) -> Decision:
    """Write down a decision."""
    decision = Decision(
        id=ordered_id(),
        at=now,
        what=what,
        reason=reason,
        by=by,
        board_id=board_id,
        campaign_id=campaign_id,
        ask_id=ask_id,
        agency_id=agency_id,
        person_id=person_id,
    )
    session.add(decision)
    return decision


def note_about(
    session: Session,
    asked: Ask,
    now: datetime,
    what: str,
    reason: str,
    by: str,
    person_id: UUID | None = None,
) -> Decision:
    """Write down a decision about one ask."""
    return note(
        session,
        now,
        what,
        reason,
        by,
        board_id=asked.board_id,
        campaign_id=asked.campaign_id,
        ask_id=asked.id,
        agency_id=asked.agency_id,
        person_id=person_id,
    )


def write_about(
    session: Session, asked: Ask, now: datetime, what: str, reason: str, by: str, person_id: UUID | None
) -> None:
    """As `note_about`, written at once: for the one decision that every answer brings."""
    decision = Decision(
        id=ordered_id(),
        at=now,
        what=what,
        reason=reason,
        by=by,
        board_id=asked.board_id,
        campaign_id=asked.campaign_id,
        ask_id=asked.id,
        agency_id=asked.agency_id,
        person_id=person_id,
    )
    run(session, _WRITE, columns_of(decision))


def latest(session: Session, ask_id: UUID, what: str) -> Decision | None:
    """The newest decision of a kind about one ask."""
    query = select(Decision).where(Decision.ask_id == ask_id, Decision.what == what)
    return session.execute(
        query.order_by(Decision.at.desc(), Decision.id.desc()).limit(1)
    ).scalar_one_or_none()
