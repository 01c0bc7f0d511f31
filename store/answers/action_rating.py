"""Rating: what the sub-group made of one action's evidence at one check; and which asks asked about it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.answers.response import Response
from store.asking.ask import Ask
from store.base import Row, Worded, ordered_id


class RatingDecision(StrEnum):
    """What becomes of an action."""

    CLOSE = "close"
    KEEP = "keep"
    REOPEN = "reopen"


class ActionAsked(Row):
    """That an ask asks about an action, at three, six or twelve months; what was said is its response."""

    __tablename__ = "actions_asked"
    __table_args__ = (UniqueConstraint("action_id", "ask_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    action_id: Mapped[UUID] = mapped_column(ForeignKey("actions.id"))
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("asks.id"), index=True)
    months: Mapped[int]


class ActionRating(Row):
    """The evidence for an action, rated from 0 (none) to 4 (embedded, with benefit to children shown).

    Only ever added: the newest counts.
    """

    __tablename__ = "action_ratings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    action_id: Mapped[UUID] = mapped_column(ForeignKey("actions.id"), index=True)
    #: The check that was rated: months from the lesson or review; 0 before the first.
    months: Mapped[int]
    #: What was rated; None where nothing had come.
    response_id: Mapped[UUID | None] = mapped_column(ForeignKey("responses.id"))
    rating: Mapped[int]
    decision: Mapped[RatingDecision] = mapped_column(Worded(RatingDecision))
    because: Mapped[str] = mapped_column(String(500), default="")
    rated_by: Mapped[str] = mapped_column(String(320))
    rated_at: Mapped[datetime]


#: What was asked about an action and what came: the check in months, the ask, and the response that counts.
Asked = tuple[ActionAsked, Ask, Response | None]


def asked_about(session: Session, action_ids: Collection[UUID]) -> dict[UUID, list[Asked]]:
    """Every ask that asked about some actions, the earliest first, each with the response that counts."""
    query = (
        select(ActionAsked, Ask, Response)
        .join(Ask, Ask.id == ActionAsked.ask_id)
        .outerjoin(Response, (Response.ask_id == Ask.id) & Response.superseded_by.is_(None))
        .where(ActionAsked.action_id.in_(list(action_ids)))
        .order_by(ActionAsked.id)
    )
    found: dict[UUID, list[Asked]] = defaultdict(list)
    for link, asked, given in session.execute(query):
        found[link.action_id].append((link, asked, given))
    return found


def given_about(session: Session, action_ids: Collection[UUID]) -> dict[UUID, list[ActionRating]]:
    """Every rating of some actions, the earliest first."""
    query = session.query(ActionRating).filter(ActionRating.action_id.in_(list(action_ids)))
    found: dict[UUID, list[ActionRating]] = defaultdict(list)
    for one in query.order_by(ActionRating.id):
        found[one.action_id].append(one)
    return found


def note_asked(session: Session, ask_id: UUID, action_ids: Collection[UUID], months: int) -> None:
    """Write down which actions an ask asks about, those of an earlier attempt left out again."""
    session.query(ActionAsked).filter(ActionAsked.ask_id == ask_id).delete()
    session.add_all(
        ActionAsked(id=ordered_id(), action_id=one, ask_id=ask_id, months=months) for one in action_ids
    )
    session.flush()
