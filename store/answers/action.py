"""Action: a change that an agency promised after a lesson or review, with owner, due date and measure."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.asking.campaign import Campaign
from store.asking.lesson import Lesson
from store.base import Moment, Row, Worded, ordered_id
from store.people.agency import Agency, fold


class ActionState(StrEnum):
    """Whether an action is still to be asked about."""

    OPEN = "open"
    CLOSED = "closed"
    NOT_NEEDED = "no longer needed"

    @property
    def is_open(self) -> bool:
        """Whether its owner is still asked how far it is."""
        return self is ActionState.OPEN


class Action(Row):
    """One promised change. How far it is stands in responses, and what it is worth in its ratings.

    Its words name no child, no family and no worker.
    """

    __tablename__ = "actions"
    __table_args__ = (UniqueConstraint("board_id", "folded"), UniqueConstraint("board_id", "number"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agencies.id"), index=True)
    #: What the lesson or review is that it follows: a lesson of the board, or the name of a review.
    lesson_id: Mapped[UUID | None] = mapped_column(ForeignKey("lessons.id"), index=True)
    review: Mapped[str] = mapped_column(String(100), default="")
    #: What people call it, unique in the board whatever its capitals and spaces.
    reference: Mapped[str] = mapped_column(String(40))
    folded: Mapped[str] = mapped_column(String(40))
    #: Its number in the board: what its questions are named by, in every form that asks about it.
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(500))
    #: A role, or a name if they agree.
    owner: Mapped[str] = mapped_column(String(100))
    #: The day of the lesson or review, from which three, six and twelve months are counted.
    agreed_on: Mapped[date]
    original_due_on: Mapped[date]
    due_on: Mapped[date]
    measure: Mapped[str] = mapped_column(String(200), default="")
    baseline: Mapped[str] = mapped_column(String(100), default="")
    baseline_on: Mapped[date | None]
    target: Mapped[str] = mapped_column(String(100), default="")
    state: Mapped[ActionState] = mapped_column(Worded(ActionState), default=ActionState.OPEN)
    closed_on: Mapped[date | None]
    #: Why it was closed, or is not needed any more.
    why: Mapped[str] = mapped_column(String(500), default="")


def by_reference(session: Session, board_id: UUID, reference: str) -> Action | None:
    """A board's action of this reference, whatever its capitals and spaces."""
    return session.query(Action).filter_by(board_id=board_id, folded=fold(reference)).one_or_none()


def add(session: Session, made: Action) -> Action:
    """Keep a new action under the next number of its board."""
    taken = session.execute(select(func.max(Action.number)).where(Action.board_id == made.board_id))
    made.number = (taken.scalar() or 0) + 1
    made.folded = fold(made.reference)
    session.add(made)
    session.flush()
    return made


def of_board(
    session: Session, board_id: UUID, *, agency_id: UUID | None = None, about: str = ""
) -> list[tuple[Action, Agency, Lesson | None]]:
    """A board's actions with their agency and lesson, by agency and number.

    `about` is a lesson's code or the name of a review, whatever its capitals and spaces.
    """
    query = (
        select(Action, Agency, Lesson)
        .join(Agency, Agency.id == Action.agency_id)
        .outerjoin(Lesson, Lesson.id == Action.lesson_id)
        .where(Action.board_id == board_id)
        .order_by(Agency.folded, Action.number)
    )
    if agency_id is not None:
        query = query.where(Action.agency_id == agency_id)
    found = [(one, where, lesson) for one, where, lesson in session.execute(query)]
    wanted = fold(about)
    return [row for row in found if not wanted or wanted in _abouts(row[0], row[2])]


def open_of(session: Session, board_id: UUID, *, lesson_id: UUID | None, review: str = "") -> list[Action]:
    """The open actions that follow a lesson or, with none, a review; by number."""
    query = session.query(Action).filter_by(board_id=board_id, state=ActionState.OPEN, lesson_id=lesson_id)
    found = query.order_by(Action.number).all()
    return [one for one in found if lesson_id is not None or fold(one.review) == fold(review)]


def lesson_days(session: Session, board_id: UUID) -> dict[str, date | None]:
    """The codes of a board's lessons, each with the day on which it first went out, by the UTC clock."""
    query = (
        select(Lesson.code, func.min(Campaign.launched_at, type_=Moment()))
        .outerjoin(Campaign, Campaign.lesson_id == Lesson.id)
        .where(Lesson.board_id == board_id)
        .group_by(Lesson.code)
    )
    return {code: at.date() if at else None for code, at in session.execute(query)}


def lock(session: Session, action_id: UUID) -> Action:
    """The action, held against everybody else's decision until this transaction ends."""
    return session.get_one(Action, action_id, with_for_update=True)


def _abouts(one: Action, lesson: Lesson | None) -> set[str]:
    return {fold(one.review), fold(lesson.code) if lesson else ""} - {""}
