"""Campaign: what is asked of whom by when, as ordered steps."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, Uuid, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.asking.form import FormVersion
from store.asking.lesson import Lesson, Priority
from store.base import Row, Worded, ordered_id
from store.people.seat import SeatRole
from store.quick.alike import Alike, Sight


class CampaignState(StrEnum):
    """Where a campaign stands. Only a live one asks anybody anything."""

    DRAFT = "draft"
    LAUNCHING = "launching"  #: its asks are being made, in chunks; none is due yet
    LIVE = "live"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class MailKind(StrEnum):
    """What a message is in law: a task of the board, or something one may unsubscribe from."""

    TASK = "task"
    SUBSCRIPTION = "subscription"


#: A pause stops letters; answers are still taken.
TAKING = (CampaignState.LIVE, CampaignState.PAUSED)


class Campaign(Row):
    """One thing a board asks of its agencies, copied from a playbook."""

    __tablename__ = "campaigns"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    playbook: Mapped[str] = mapped_column(String(60))
    kind: Mapped[MailKind] = mapped_column(Worded(MailKind), default=MailKind.TASK)
    lesson_id: Mapped[UUID | None] = mapped_column(ForeignKey("lessons.id"))
    priority: Mapped[Priority] = mapped_column(Worded(Priority), default=Priority.STANDARD)
    #: Why quiet hours and the contact budget are overridden; required when urgent.
    urgent_reason: Mapped[str | None] = mapped_column(String(500))
    #: Whom to ask: {"sectors": […], "agencies": […], "by_booking": true}; frozen as asks at launch.
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Values its words may use that no row knows, such as a date of an event.
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[CampaignState] = mapped_column(
        Worded(CampaignState), default=CampaignState.DRAFT, index=True
    )
    launched_at: Mapped[datetime | None]
    #: When it last went on after a pause.
    resumed_at: Mapped[datetime | None]
    #: The day on which its codes were closed for good: no new one is made, so no more answers come by any.
    codes_ended_on: Mapped[date | None]

    @property
    def is_urgent(self) -> bool:
        """Whether it goes at once, whatever the hour."""
        return self.priority is Priority.URGENT

    @property
    def is_personal(self) -> bool:
        """Whether it asks people by name, by their bookings, and no seat."""
        return bool((self.audience or {}).get("by_booking", False))


class Step(Row):
    """One question of a campaign; the next step's ask is made live when this one's closes, or on its day."""

    __tablename__ = "steps"
    __table_args__ = (UniqueConstraint("campaign_id", "position"), UniqueConstraint("campaign_id", "key"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    form_version_id: Mapped[UUID] = mapped_column(ForeignKey("form_versions.id"))
    role: Mapped[SeatRole] = mapped_column(Worded(SeatRole), default=SeatRole.REPRESENTATIVE)
    #: What an agency with few staff is asked instead, and the minutes it takes; None where all get one form.
    small_form_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("form_versions.id"))
    small_minutes: Mapped[int | None]
    #: Working days from launch to due.
    due_days: Mapped[int]
    #: A fixed due date instead, moved where it falls on no working day.
    due_on: Mapped[date | None]
    #: Minutes the form takes, told before anybody opens it.
    minutes: Mapped[int]
    #: Answered by whoever has one of the campaign's codes; nobody is asked by name.
    is_open: Mapped[bool] = mapped_column(default=False)
    #: The day on which its asks open, whatever became of the step before; None where that step opens them.
    opens_on: Mapped[date | None]
    #: An earlier answer by which nobody is asked: {"step", "question", "answer", "because"}.
    withheld_if: Mapped[dict[str, Any] | None]
    #: What a manager is asked once somebody has answered so: {"question", "answer"}; None where none is.
    confirmed_if: Mapped[dict[str, Any] | None]
    confirmation_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("form_versions.id"))
    #: The day whose night found that no more answers were to come: totals are told of all until then, and
    #: without a name none is taken after it. None while more may come.
    told_whole_on: Mapped[date | None]
    #: Whether somebody of the board judges its answers, and may send them back; None as for not.
    is_judged: Mapped[bool | None]


class LadderVersion(Row):
    """The rungs of one step; a change is a new version, and rungs are known by name."""

    __tablename__ = "ladder_versions"
    __table_args__ = (UniqueConstraint("step_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    step_id: Mapped[UUID] = mapped_column(ForeignKey("steps.id"))
    version: Mapped[int] = mapped_column(default=1)
    rungs: Mapped[list[Any]]


class WordsVersion(Row):
    """What one rung of one step says to one kind of addressee, in one language."""

    __tablename__ = "words_versions"
    __table_args__ = (UniqueConstraint("step_id", "rung", "role", "language", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    step_id: Mapped[UUID] = mapped_column(ForeignKey("steps.id"))
    rung: Mapped[str] = mapped_column(String(40))
    #: The addressee these words are for.
    role: Mapped[str] = mapped_column(String(32))
    language: Mapped[str] = mapped_column(String(12), default="en")
    version: Mapped[int] = mapped_column(default=1)
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(String(320))


def by_slug(session: Session, slug: str) -> Campaign | None:
    """The campaign with this short name, if there is one."""
    return session.query(Campaign).filter_by(slug=slug).one_or_none()


def every(session: Session) -> list[Campaign]:
    """All campaigns, the newest last."""
    return session.query(Campaign).order_by(Campaign.id).all()


def of_lesson(session: Session, lesson_id: UUID) -> list[Campaign]:
    """The campaigns that carry a lesson, the newest last."""
    return session.query(Campaign).filter_by(lesson_id=lesson_id).order_by(Campaign.id).all()


def lessons_sent(session: Session, board_id: UUID, most: int) -> list[Lesson]:
    """The lessons that a board has sent with any campaign, at most so many, the newest first."""
    sent = select(Campaign.lesson_id).where(Campaign.launched_at.is_not(None))
    query = session.query(Lesson).filter(Lesson.board_id == board_id, Lesson.id.in_(sent))
    return query.order_by(Lesson.id.desc()).limit(most).all()


# Written once: every page of a survey runs them.
_STEPS = (
    select(Step).where(Step.campaign_id == bindparam("campaign_id", type_=Uuid())).order_by(Step.position)
)
_ASKING = _STEPS.join(FormVersion, FormVersion.id == Step.form_version_id).where(
    FormVersion.key == bindparam("key"), FormVersion.version == bindparam("version")
)


_SIGHT = Sight(Alike(Step))
_STEPS_APART = _STEPS.with_only_columns(*_SIGHT.columns)
_ASKING_APART = _ASKING.with_only_columns(*_SIGHT.columns)


def steps(session: Session, campaign_id: UUID) -> list[Step]:
    """A campaign's steps in order."""
    return list(session.execute(_STEPS, {"campaign_id": campaign_id}).scalars())


def asking(session: Session, campaign_id: UUID, form_key: str, form_version: int) -> Step | None:
    """The first step of a campaign that asks with a version of a form; the row belongs to no session."""
    given = {"campaign_id": campaign_id, "key": form_key, "version": form_version}
    found = _SIGHT.look(session, _ASKING_APART, given)
    return found[0][0] if found else None


def asked_steps(session: Session, campaign_id: UUID) -> list[Step]:
    """The steps that are put to seats or people by name, in order."""
    return [step for step in steps(session, campaign_id) if not step.is_open]


def open_steps(session: Session, campaign_id: UUID) -> list[Step]:
    """The steps that whoever has a code may answer, in order; the rows belong to no session."""
    found = _SIGHT.look(session, _STEPS_APART, {"campaign_id": campaign_id})
    return [step for (step,) in found if step.is_open]


def ladder(session: Session, step_id: UUID) -> LadderVersion:
    """The newest ladder of a step."""
    query = session.query(LadderVersion).filter_by(step_id=step_id)
    return query.order_by(LadderVersion.version.desc()).limit(1).one()


def words(session: Session, step_ids: list[UUID]) -> list[WordsVersion]:
    """The newest words of each rung, addressee and language of some steps."""
    newest: dict[tuple[UUID, str, str, str], WordsVersion] = {}
    query = session.query(WordsVersion).filter(WordsVersion.step_id.in_(step_ids))
    for version in query.order_by(WordsVersion.version):
        newest[version.step_id, version.rung, version.role, version.language] = version
    return list(newest.values())
