"""Touch: one rung climbed for one ask towards one addressee, whatever came of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.asking.ask import Ask, AskState
from store.base import Composed, Row, Worded, ordered_id


class TouchState(StrEnum):
    """What came of a touch."""

    DRAFTED = "drafted"  #: waits for a person to approve it
    TO_SEND = "to_send"
    SENT = "sent"
    SKIPPED = "skipped"  #: nobody to send it to, or no reason to; the reason says which
    HELD = "held"  #: a hold or a pause was in force when it was about to go; taken up when that ends
    DROPPED = "dropped"  #: no longer owed when it was about to go
    REFUSED = "refused"  #: the address refused it for good
    DOUBTFUL = "doubtful"  #: may or may not have gone


class Touch(Row):
    """One rung for one addressee of one ask. Unique, so that no worker can climb it twice."""

    __tablename__ = "touches"
    __table_args__ = (
        UniqueConstraint("ask_id", "round", "rung", "role"),
        # For gathering: what waits for a message, and nothing else.
        Index(
            "ix_touches_ungathered",
            "not_before",
            sqlite_where=text("state = 'to_send' AND delivery_id IS NULL"),
            postgresql_where=text("state = 'to_send' AND delivery_id IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("asks.id"))
    round: Mapped[int] = mapped_column(default=1)
    rung: Mapped[str] = mapped_column(String(40))
    #: The addressee: a seat's role or an office, as the ladder names it.
    role: Mapped[str] = mapped_column(String(32))
    #: Who that was on the day; None when nobody was.
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[TouchState] = mapped_column(Worded(TouchState))
    #: Why, in words a coordinator understands.
    reason: Mapped[str] = mapped_column(Composed(500), default="")
    words_id: Mapped[UUID | None] = mapped_column(ForeignKey("words_versions.id"))
    #: Whether this is the first message about the ask to this person, not a chaser.
    is_first: Mapped[bool] = mapped_column(default=False)
    climbed_at: Mapped[datetime]
    #: Not to be gathered into a message earlier than this.
    not_before: Mapped[datetime]
    approved_by: Mapped[str | None] = mapped_column(String(320))
    approved_at: Mapped[datetime | None]
    delivery_id: Mapped[UUID | None] = mapped_column(ForeignKey("deliveries.id"), index=True)


def of_ask(session: Session, ask_id: UUID) -> list[Touch]:
    """An ask's touches in the order they were climbed."""
    return session.query(Touch).filter_by(ask_id=ask_id).order_by(Touch.climbed_at, Touch.id).all()


def drafted(session: Session, campaign_id: UUID | None = None) -> list[Touch]:
    """Letters that wait for a person to approve them, oldest first."""
    waiting = select(Touch).where(Touch.state == TouchState.DRAFTED)
    if campaign_id is not None:
        waiting = waiting.join(Ask, Ask.id == Touch.ask_id).where(Ask.campaign_id == campaign_id)
    return list(session.execute(waiting.order_by(Touch.climbed_at, Touch.id)).scalars())


def climbed(session: Session, step_id: UUID) -> dict[str, int]:
    """By how many asks of a step that are owed now each rung was climbed in their present round."""
    query = (
        select(Touch.rung, func.count(Touch.ask_id.distinct()))
        .join(Ask, (Ask.id == Touch.ask_id) & (Ask.round == Touch.round))
        .where(Ask.step_id == step_id, Ask.state == AskState.ASKED, Touch.state != TouchState.SKIPPED)
        .group_by(Touch.rung)
    )
    return dict(session.execute(query).all())
