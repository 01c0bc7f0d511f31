"""Judgement: what a person of the board made of one response; a later one supersedes, never edits."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, and_, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.answers.response import Response
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, Step
from store.base import Composed, Row, Worded, ordered_id
from store.people.agency import Agency


class Outcome(StrEnum):
    """What was made of a response."""

    ACCEPTED = "accepted"
    WITH_POINT = "accepted_with_point"
    SENT_BACK = "sent_back"  #: with points to look at again; the ask is asked again
    SAMPLED = "sampled"  #: drawn in a sample, and asked again for its evidence alone

    @property
    def reopens(self) -> bool:
        """Whether the ask is asked again."""
        return self in (Outcome.SENT_BACK, Outcome.SAMPLED)

    @property
    def words(self) -> str:
        """As people say it."""
        return {Outcome.SAMPLED: "sampled for evidence"}.get(self, self.value.replace("_", " "))


class Judgement(Row):
    """One judgement of one response. One of them stands; those before it are kept as they were."""

    __tablename__ = "judgements"
    __table_args__ = (
        # Of two who judge at once the second finds that one stands already.
        Index(
            "uq_judgements_standing",
            "response_id",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("asks.id"), index=True)
    response_id: Mapped[UUID] = mapped_column(ForeignKey("responses.id"))
    outcome: Mapped[Outcome] = mapped_column(Worded(Outcome))
    #: [{"about": a question, a cell or a section by its name, or empty for the whole, "text": …}]
    points: Mapped[list[Any]]
    #: The board's value beside the agency's own: {question or cell: {"value": …, "because": …}}.
    scores: Mapped[dict[str, Any]]
    #: How good the evidence is, from 0 (none) to 4 (embedded, with benefit to children); None: not rated.
    rating: Mapped[int | None]
    #: What was decided with it, in words.
    decision: Mapped[str] = mapped_column(Composed(500), default="")
    #: Answers to the quality check of a report; empty where none was made.
    quality: Mapped[dict[str, Any]]
    by: Mapped[str] = mapped_column(String(320))
    at: Mapped[datetime]
    #: When a later judgement of the same response took its place; None while it stands.
    superseded_at: Mapped[datetime | None]


def standing(session: Session, response_id: UUID) -> Judgement | None:
    """The judgement of a response that stands."""
    query = select(Judgement).where(Judgement.response_id == response_id, Judgement.superseded_at.is_(None))
    return session.execute(query).scalar_one_or_none()


def replace(session: Session, judgement: Judgement) -> None:
    """Keep a judgement in the place of the one that stands for its response."""
    before = update(Judgement).where(
        Judgement.response_id == judgement.response_id, Judgement.superseded_at.is_(None)
    )
    session.execute(
        before.values(superseded_at=judgement.at), execution_options={"synchronize_session": "fetch"}
    )
    session.add(judgement)
    session.flush()


def of_ask(session: Session, ask_id: UUID) -> list[Judgement]:
    """Every judgement of what one ask was answered, superseded ones with them, the oldest first."""
    query = select(Judgement).where(Judgement.ask_id == ask_id)
    return list(session.execute(query.order_by(Judgement.at, Judgement.id)).scalars())


def latest(session: Session, ask_ids: Collection[UUID]) -> dict[UUID, Judgement]:
    """The newest judgement that stands of each of some asks, of whichever response: ask → judgement."""
    if not ask_ids:
        return {}
    query = (
        select(Judgement)
        .where(Judgement.ask_id.in_(list(ask_ids)), Judgement.superseded_at.is_(None))
        .order_by(Judgement.at, Judgement.id)
    )
    return {one.ask_id: one for one in session.execute(query).scalars()}


def accepted(session: Session, ask_ids: Collection[UUID]) -> set[UUID]:
    """Those of some asks whose answer that counts was accepted."""
    query = (
        select(Judgement.ask_id)
        .join(Response, Response.id == Judgement.response_id)
        .where(Judgement.ask_id.in_(list(ask_ids)), Judgement.superseded_at.is_(None))
        .where(Response.superseded_by.is_(None))
        .where(Judgement.outcome.in_([Outcome.ACCEPTED, Outcome.WITH_POINT]))
    )
    return set(session.execute(query).scalars())


@dataclass(frozen=True, slots=True)
class Returned:
    """A response that counts to an ask that is judged, and the judgement of it that stands."""

    response: Response
    ask: Ask
    step: Step
    campaign: Campaign
    agency: Agency
    judgement: Judgement | None

    @property
    def waits(self) -> bool:
        """Whether nobody has judged it yet, and somebody is to."""
        return self.judgement is None and self.ask.state is AskState.ANSWERED


def returned(
    session: Session,
    *,
    board_id: UUID | None = None,
    campaign_id: UUID | None = None,
    agency_id: UUID | None = None,
) -> list[Returned]:
    """What asks that are judged were answered, the oldest first; not what was called back since."""
    query = (
        select(Response, Ask, Step, Campaign, Agency, Judgement)
        .join(Ask, Ask.id == Response.ask_id)
        .join(Step, Step.id == Ask.step_id)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .outerjoin(Judgement, and_(Judgement.response_id == Response.id, Judgement.superseded_at.is_(None)))
        .where(Step.is_judged.is_(True), Response.superseded_by.is_(None))
        .where(Ask.state.in_([AskState.ANSWERED, AskState.ASKED, AskState.LAPSED]))
        .order_by(Response.at, Response.id)
    )
    wanted = ((Ask.board_id, board_id), (Ask.campaign_id, campaign_id), (Ask.agency_id, agency_id))
    for column, value in wanted:
        query = query if value is None else query.where(column == value)
    return [Returned(*row) for row in session.execute(query)]
