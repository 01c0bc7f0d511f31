"""Ask: one seat or person asked by one step, from first letter to last word."""

from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import cast
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    Update,
    Uuid,
    bindparam,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column
from sqlalchemy.orm.attributes import set_committed_value

from store import chore
from store.asking.campaign import Campaign, CampaignState, Step
from store.base import Row, Worded, ordered_id
from store.chore import MOOT, ChoreKind
from store.people.agency import Agency
from store.quick.alike import Alike
from store.quick.plain import run, table_of, tell


class AskState(StrEnum):
    """Where an ask stands."""

    PENDING = "pending"  #: waits for the launch, or for the step before it
    ASKED = "asked"  #: live: owed, and chased
    ANSWERED = "answered"
    DECLINED = "declined"  #: said, with a reason, not to be for them
    LAPSED = "lapsed"  #: chased to the end; an answer is still taken
    WITHDRAWN = "withdrawn"  #: called back by the board
    BEGUN = "begun"  #: begun by an agency of its own accord: not owed, and never chased

    @property
    def is_live(self) -> bool:
        """Whether it is owed now."""
        return self is AskState.ASKED

    @property
    def takes_answers(self) -> bool:
        """Whether an answer is still welcome: late ones are, and corrections."""
        return self not in (AskState.PENDING, AskState.WITHDRAWN)


class Ask(Row):
    """One step of a campaign asked of one seat or person.

    Who writes what: `state` by launch, the climb (lapsed), intake (answered, declined) and the
    coordinator (withdrawn); `next_touch_at` by launch, the climb and whoever closes;
    `due_on` by launch and extensions; the rung reached by nobody: it is read from touches.
    """

    __tablename__ = "asks"
    __table_args__ = (
        UniqueConstraint("step_id", "seat_id", "occasion"),
        UniqueConstraint("step_id", "person_id", "occasion"),
        UniqueConstraint("campaign_id", "number"),
        # For the climb: what is due, campaign by campaign, so that quiet asks cost nothing.
        Index("ix_asks_alarm", "campaign_id", "next_touch_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    step_id: Mapped[UUID] = mapped_column(ForeignKey("steps.id"))
    #: Its number in the campaign; with the campaign's short name it makes the reference people use.
    number: Mapped[int]
    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("seats.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agencies.id"), index=True)
    #: What tells it from others of the same step and seat, where an agency began each itself; else empty.
    occasion: Mapped[str] = mapped_column(String(40), default="")
    #: Its own form and the minutes that takes, where they are not those of its step.
    form_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("form_versions.id"))
    minutes: Mapped[int | None]
    #: The colleague it was handed to; None while it rests with the seat's holder.
    delegate_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[AskState] = mapped_column(Worded(AskState), default=AskState.PENDING)
    #: The alarm: when to look again. None when closed, and while pending unless it opens on a day of its own.
    next_touch_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    original_due_on: Mapped[date]
    due_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    #: Raised to revoke every link given out for this ask.
    generation: Mapped[int] = mapped_column(default=0)
    #: Each extension or reopening begins a new round of the ladder.
    round: Mapped[int] = mapped_column(default=1)
    round_began_at: Mapped[datetime | None]

    @property
    def is_personal(self) -> bool:
        """Whether it is put to a person by name, in whose place nobody else can answer."""
        return self.person_id is not None


# Written once: every answer closes an ask and opens the next, and putting a statement together takes longer
# than running it.
_TABLE = table_of(Ask)
_OPEN = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("ask_id", type_=Uuid()))
    .values(
        state=AskState.ASKED,
        delegate_id=bindparam("delegate", type_=Uuid()),
        asked_at=bindparam("at"),
        round_began_at=bindparam("at"),
        next_touch_at=bindparam("at"),
    )
)
_HERE = aliased(Step)
_POSITION = select(_HERE.position).where(_HERE.id == bindparam("step_id", type_=Uuid())).scalar_subquery()
_AFTER = (
    select(Ask)
    .join(Step, Step.id == Ask.step_id)
    .where(Ask.campaign_id == bindparam("campaign_id", type_=Uuid()), Step.position > _POSITION)
    .where(Ask.occasion == bindparam("occasion"))
    .order_by(Step.position)
    .limit(1)
)
_OF_SEAT = _AFTER.where(Ask.seat_id == bindparam("whose", type_=Uuid()))
_OF_PERSON = _AFTER.where(Ask.person_id == bindparam("whose", type_=Uuid()))
#: The same as rows that belong to no session, each made anew.
_APART = Alike(Ask, most=0)
_OF_SEAT_APART = _OF_SEAT.with_only_columns(*_APART.columns)
_OF_PERSON_APART = _OF_PERSON.with_only_columns(*_APART.columns)
_VERSION = select(Step.form_version_id).where(Step.id == bindparam("step_id", type_=Uuid()))


def close(session: Session, ask_id: UUID, state: AskState, now: datetime) -> bool:
    """Close an ask, silence its alarm and tick off its chores; False when it was closed already.

    An answer also closes what had lapsed, or was said not to be for them.
    """
    open_states = [AskState.ASKED, AskState.PENDING]
    if state in (AskState.ANSWERED, AskState.DECLINED):
        open_states += [AskState.LAPSED, AskState.BEGUN]
    if state is AskState.ANSWERED:
        open_states.append(AskState.DECLINED)
    values = {"ask_id": ask_id, "to": state, "at": now}
    if run(session, _closing(tuple(open_states)), values).rowcount != 1:
        return False
    tell(session, Ask, ask_id, state=state, next_touch_at=None, closed_at=now)
    chore.finish_of(session, ask_id, chores_settled_by(state), f"it was {state.value}", now)
    return True


@cache
def _closing(among: tuple[AskState, ...]) -> Update:
    """Closes an ask that is in one of some states."""
    return (
        update(_TABLE)
        .where(
            _TABLE.c.id == bindparam("ask_id", type_=Uuid()),
            or_(*(_TABLE.c.state == state for state in among)),
        )
        .values(state=bindparam("to"), next_touch_at=None, closed_at=bindparam("at"))
    )


def chores_settled_by(state: AskState) -> tuple[ChoreKind, ...]:
    """What nobody needs to do any more once an ask is closed so."""
    if state is AskState.LAPSED:
        return MOOT  # nobody has answered yet: the call is still worth making
    if state is AskState.DECLINED:
        return (*MOOT, ChoreKind.PHONE)
    return (*MOOT, ChoreKind.PHONE, ChoreKind.CHECK_DECLINED)


def following(session: Session, ask: Ask) -> Ask | None:
    """The ask of the next step for the same seat or person."""
    query = _OF_SEAT if ask.seat_id else _OF_PERSON
    return session.execute(query, _sought(ask)).scalar_one_or_none()


def _sought(ask: Ask) -> dict[str, object]:
    whose = ask.seat_id or ask.person_id
    return {"campaign_id": ask.campaign_id, "step_id": ask.step_id, "occasion": ask.occasion, "whose": whose}


def version_of(session: Session, ask: Ask) -> UUID:
    """The version of its form that an ask was frozen with."""
    if ask.form_version_id is not None:
        return ask.form_version_id
    [(version_id,)] = run(session, _VERSION, {"step_id": ask.step_id}).all()
    return cast(UUID, version_id)


def preceding(session: Session, ask: Ask) -> list[tuple[Ask, Step]]:
    """The asks of earlier steps for the same seat or person, first step first."""
    here = session.get_one(Step, ask.step_id)
    query = (
        select(Ask, Step)
        .join(Step, Step.id == Ask.step_id)
        .where(Ask.campaign_id == ask.campaign_id, Step.position < here.position)
        .where(Ask.occasion == ask.occasion)
        .where(Ask.seat_id == ask.seat_id if ask.seat_id else Ask.person_id == ask.person_id)
        .order_by(Step.position)
    )
    return [(earlier, step) for earlier, step in session.execute(query)]


def open_next(session: Session, ask: Ask, now: datetime) -> Ask | None:
    """Make the next step's ask live, with its alarm now; None when there is none to open.

    One that has an alarm while it waits opens on a day of its own, and not by this. What is given back
    belongs to no session.
    """
    told = run(session, _OF_SEAT_APART if ask.seat_id else _OF_PERSON_APART, _sought(ask)).first()
    after = _APART.find(session.get_bind().dialect, told) if told else None
    if after is None or after.state is not AskState.PENDING or after.next_touch_at is not None:
        return None
    # A colleague who took the first question keeps the second, unless it was given elsewhere.
    delegate_id = after.delegate_id or ask.delegate_id
    run(session, _OPEN, {"ask_id": after.id, "delegate": delegate_id, "at": now})
    moments = {"asked_at": now, "round_began_at": now, "next_touch_at": now}
    written = {"state": AskState.ASKED, "delegate_id": delegate_id, **moments}
    tell(session, Ask, after.id, **written)
    for name, value in written.items():
        set_committed_value(after, name, value)
    return after


def open_on_its_day(session: Session, ask: Ask, due: date, now: datetime) -> None:
    """Make an ask live whose day has come, due on a day counted from it; its alarm stays as it is."""
    ask.state = AskState.ASKED
    ask.asked_at = ask.round_began_at = now
    ask.due_on = ask.original_due_on = due
    session.flush()


def take_up_after(session: Session, ask: Ask) -> None:
    """Let the next step's ask wait again that was called back when this one was declined."""
    after = following(session, ask)
    if after is not None and after.state is AskState.WITHDRAWN:
        step = session.get_one(Step, after.step_id)
        if step.told_whole_on is not None:
            return  # all of its answers are told: one more could be told from the difference
        if step.opens_on is not None:
            after.next_touch_at = after.closed_at  # a moment that is past: it is looked at afresh
        after.state, after.closed_at = AskState.PENDING, None
        session.flush()


def give_form(session: Session, ask: Ask, form_version_id: UUID | None, minutes: int | None) -> None:
    """Put a form of its own to an ask, or with None that of its step."""
    ask.form_version_id, ask.minutes = form_version_id, minutes
    session.flush()


def by_reference(session: Session, reference: str) -> Ask | None:
    """The ask that people call by campaign and number, as in wren-27."""
    slug, _, number = reference.strip().lower().rpartition("-")
    if not slug or not number.isdecimal() or len(number) > 9:
        return None
    query = select(Ask).join(Campaign, Campaign.id == Ask.campaign_id)
    return session.execute(query.where(Campaign.slug == slug, Ask.number == int(number))).scalar_one_or_none()


def live_of_agency(session: Session, agency_id: UUID) -> list[Ask]:
    """All asks that an agency owes now."""
    return session.query(Ask).filter_by(agency_id=agency_id, state=AskState.ASKED).order_by(Ask.due_on).all()


def open_of_seat(session: Session, seat_id: UUID) -> list[Ask]:
    """The asks of a seat that are owed now or will be."""
    states = (AskState.PENDING, AskState.ASKED)
    return session.query(Ask).filter(Ask.seat_id == seat_id, Ask.state.in_(states)).order_by(Ask.id).all()


def owed(
    session: Session, board_id: UUID | None = None, agency_id: UUID | None = None
) -> list[tuple[Ask, Step, Campaign, Agency]]:
    """Every live ask of running campaigns with what it belongs to, the most pressing first."""
    query = (
        select(Ask, Step, Campaign, Agency)
        .join(Step, Step.id == Ask.step_id)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .where(Ask.state == AskState.ASKED, Campaign.state != CampaignState.LAUNCHING)
        .order_by(Ask.due_on, Agency.folded, Step.position)
    )
    if board_id is not None:
        query = query.where(Ask.board_id == board_id)
    if agency_id is not None:
        query = query.where(Ask.agency_id == agency_id)
    return [(ask, step, campaign, agency) for ask, step, campaign, agency in session.execute(query)]
