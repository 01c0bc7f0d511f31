"""Non-return: what was still missing on the day on which the board was told, kept as it was told."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, CampaignState, MailKind, Step
from store.asking.lesson import Priority
from store.base import Composed, Row, Worded, ordered_id
from store.letters.alarm import DueAsk
from store.people.agency import Agency


class Standing(StrEnum):
    """Where something missing stood."""

    NO_ASSURANCE = "no assurance"  #: chased to the end, and no answer came
    RED = "red"
    AT_REST = "at rest"  #: as long past its day, but on hold with a reason


class NonReturnList(Row):
    """One list as it was published: of so many returns that were due, so many were missing."""

    __tablename__ = "non_return_lists"
    __table_args__ = (UniqueConstraint("board_id", "as_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    as_at: Mapped[date]
    #: The first due day that it looks back to.
    since: Mapped[date]
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(320))
    #: Returns whose day had passed.
    due: Mapped[int]
    #: Those of them that were missing, and have a line each.
    missing: Mapped[int]


class NonReturn(Row):
    """One line of a list, in the words of its day: nothing that happens later changes it."""

    __tablename__ = "non_returns"
    __table_args__ = (UniqueConstraint("list_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    list_id: Mapped[UUID] = mapped_column(ForeignKey("non_return_lists.id"))
    position: Mapped[int]
    agency: Mapped[str] = mapped_column(Composed(200))
    reference: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(Composed(300))
    due_on: Mapped[date]
    original_due_on: Mapped[date]
    #: Working days past its day; None where the term dates did not reach.
    days: Mapped[int | None]
    standing: Mapped[Standing] = mapped_column(Worded(Standing))
    reason: Mapped[str] = mapped_column(Composed(500))
    #: The rest it was at, more time that was asked for, and why nobody could be asked; or empty.
    hold: Mapped[str] = mapped_column(Composed(700))
    extensions: Mapped[str] = mapped_column(Composed(1000))
    vacancy: Mapped[str] = mapped_column(Composed(500))


def published(session: Session, board_id: UUID) -> list[NonReturnList]:
    """The lists of a board, the newest first."""
    query = session.query(NonReturnList).filter_by(board_id=board_id)
    return query.order_by(NonReturnList.as_at.desc()).all()


def on_day(session: Session, board_id: UUID, as_at: date) -> NonReturnList | None:
    """The list that a board was given as at a day, if it was."""
    return session.query(NonReturnList).filter_by(board_id=board_id, as_at=as_at).one_or_none()


def lines(session: Session, list_id: UUID) -> list[NonReturn]:
    """The lines of a list, in its order."""
    return session.query(NonReturn).filter_by(list_id=list_id).order_by(NonReturn.position).all()


def steps_owed(session: Session, board_id: UUID) -> list[Step]:
    """The steps of a board's campaigns that agencies owe something by, but what is for information only."""
    query = (
        select(Step)
        .join(Campaign, Campaign.id == Step.campaign_id)
        .where(Campaign.board_id == board_id, Campaign.kind == MailKind.TASK, Step.is_open.is_(False))
        .where(Campaign.state.in_((CampaignState.LIVE, CampaignState.PAUSED, CampaignState.CLOSED)))
        .where(Campaign.priority != Priority.INFORMATION)
        .order_by(Campaign.id, Step.position)
    )
    return list(session.execute(query).scalars())


def count_due(session: Session, step_id: UUID, since: date, today: date) -> int:
    """How many asks of agencies by a step had their day before today, and are not called back or declined."""
    states = (AskState.ASKED, AskState.ANSWERED, AskState.LAPSED)
    query = select(func.count()).where(
        Ask.step_id == step_id,
        Ask.person_id.is_(None),
        Ask.state.in_(states),
        Ask.due_on >= since,
        Ask.due_on < today,
    )
    return session.execute(query).scalar_one()


def find_missing(session: Session, step_id: UUID, since: date, today: date) -> list[DueAsk]:
    """Those of them that were not answered, by agency."""
    query = (
        select(Ask, Step, Campaign, Agency)
        .join(Step, Step.id == Ask.step_id)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .where(Ask.step_id == step_id, Ask.person_id.is_(None))
        .where(or_(Ask.state == AskState.ASKED, Ask.state == AskState.LAPSED))
        .where(Ask.due_on >= since, Ask.due_on < today)
        .order_by(Agency.folded, Ask.number)
    )
    return [DueAsk(*row) for row in session.execute(query)]
