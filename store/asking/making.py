"""Making asks: the seats or people a campaign reaches, in chunks, so that a launch of any size is light."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, and_, bindparam, func, select, update
from sqlalchemy.orm import Session

from store import chore
from store.asking.ask import Ask, AskState, chores_settled_by, preceding
from store.asking.campaign import Campaign, CampaignState, Step
from store.base import insert_unless_there, ordered_id
from store.decision import CALLED_BACK, Decision
from store.people.agency import Agency, Membership
from store.people.booking import Booking
from store.people.person import Person
from store.people.seat import Seat, SeatRole
from store.quick import inflow


@dataclass(frozen=True, slots=True)
class Placed:
    """A place that is asked: a seat of a board, or a person by their booking, with the agency."""

    #: Of the seat or the booking: places are gone through in this order.
    id: UUID
    agency: Agency
    seat_id: UUID | None
    person_id: UUID | None = None
    #: Why a person cannot be asked any more; empty when they can.
    gone: str = ""

    @property
    def asked(self) -> UUID:
        """Who is asked: the seat, else the person."""
        found = self.seat_id or self.person_id
        assert found is not None  # noqa: S101 - a place is the one or the other
        return found


def ensure_seats(session: Session, board_id: UUID, roles: Collection[SeatRole]) -> int:
    """Make sure that every agency of a board has these seats, vacant or not; tells how many were added."""
    missing = []
    for role in roles:
        members = select(Membership.agency_id).where(Membership.board_id == board_id)
        seated = select(Seat.agency_id).where(Seat.board_id == board_id, Seat.role == role)
        # A difference of two lists takes as long as they are. What looks for each member's seat may do so by
        # reading every seat, where PostgreSQL has not counted them since they were brought in.
        for agency_id in session.execute(members.except_(seated)).scalars():
            missing.append({"id": ordered_id(), "board_id": board_id, "agency_id": agency_id, "role": role})
    if missing:
        session.execute(insert_unless_there(session, Seat), missing)
    return len(missing)


def seats(session: Session, board_id: UUID, role: SeatRole, after: UUID | None, limit: int) -> list[Placed]:
    """The next seats of a role at a board's members, in the order of their ids, after one dealt with."""
    query = (
        select(Seat.id, Agency)
        .join(Agency, Agency.id == Seat.agency_id)
        .join(Membership, and_(Membership.agency_id == Seat.agency_id, Membership.board_id == board_id))
        .where(Seat.board_id == board_id, Seat.role == role)
        .order_by(Seat.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(Seat.id > after)
    return [Placed(seat_id, agency, seat_id) for seat_id, agency in session.execute(query)]


def booked(session: Session, campaign_id: UUID, after: UUID | None, limit: int) -> list[Placed]:
    """The next people booked in a campaign, in the order of their bookings' ids, after one dealt with."""
    query = (
        select(Booking.id, Agency, Person)
        .join(Agency, Agency.id == Booking.agency_id)
        .join(Person, Person.id == Booking.person_id)
        .where(Booking.campaign_id == campaign_id)
        .order_by(Booking.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(Booking.id > after)
    return [
        Placed(booking_id, agency, None, person.id, f"{person.name} has left" if person.left_at else "")
        for booking_id, agency, person in session.execute(query)
    ]


def already_asked(session: Session, step_id: UUID, places: Collection[Placed]) -> set[UUID]:
    """Which of some seats or people a step has an ask for."""
    seats = {place.seat_id for place in places if place.seat_id}
    people = {place.person_id for place in places if place.person_id}
    standing = (Ask.step_id == step_id, Ask.occasion == "")
    found: set[UUID | None] = set()
    if seats:
        # Seats are dealt with in their order. A range keeps to the index, also while a launch fills the table
        # faster than PostgreSQL's figures about it are renewed; a list of a thousand then reads all of it.
        near = select(Ask.seat_id).where(*standing, Ask.seat_id.between(min(seats), max(seats)))
        found |= seats.intersection(session.execute(near).scalars())
    if people:
        named = select(Ask.person_id).where(*standing, Ask.person_id.in_(people))
        found.update(session.execute(named).scalars())
    return {one for one in found if one is not None}


def called_back(session: Session, step_id: UUID, seat_ids: Collection[UUID]) -> list[Ask]:
    """A step's asks of some seats that were called back one by one, as when their agency left the board."""
    noted = select(Decision.ask_id).where(Decision.ask_id == Ask.id, Decision.what == CALLED_BACK)
    query = select(Ask).where(
        Ask.step_id == step_id,
        Ask.seat_id.in_(list(seat_ids)),
        Ask.state == AskState.WITHDRAWN,
        noted.exists(),
    )
    return list(session.execute(query.order_by(Ask.number)).scalars())


def ask_again(session: Session, back: Ask, due: date, now: datetime) -> bool:
    """Let an ask that was called back wait again as a new round; live at once where its step has come.

    False where a step before it was declined: then it stays as it is.
    """
    before = [earlier.state for earlier, _ in preceding(session, back)]
    if AskState.DECLINED in before:
        return False
    back.state, back.closed_at, back.delegate_id = AskState.PENDING, None, None
    back.due_on = back.original_due_on = due
    back.round += 1
    back.round_began_at = None
    if session.get_one(Step, back.step_id).opens_on is not None:
        back.next_touch_at = now  # it is looked at, and waits for its day where that has not come
    elif before and all(state in (AskState.ANSWERED, AskState.LAPSED) for state in before):
        back.state = AskState.ASKED
        back.asked_at = back.round_began_at = back.next_touch_at = now
    session.flush()
    return True


def set_due(session: Session, step_id: UUID, days: Mapping[UUID, date]) -> None:
    """Set the due dates of a step's asks while its campaign is launched, by seat or by person."""
    asks = Ask.__table__
    rows = [{"whose": whose, "day": day} for whose, day in days.items()]
    for column in (asks.c.seat_id, asks.c.person_id) if rows else ():
        statement = (
            update(asks)  # type: ignore[arg-type]
            .where(asks.c.step_id == step_id, column == bindparam("whose"))
            .where((asks.c.state == AskState.PENDING) | (asks.c.state == AskState.ASKED))
            .values(due_on=bindparam("day"), original_due_on=bindparam("day"))
        )
        session.connection().execute(statement, rows)


def awaiting_launch(session: Session, campaign: Campaign) -> list[Ask]:
    """The asks of a campaign that nobody has heard of yet, in order of number.

    While it is launched its first ones are made open already; once it is live an open one has been asked.
    """
    states = [AskState.PENDING]
    if campaign.state is CampaignState.LAUNCHING:
        states.append(AskState.ASKED)
    unheard = select(Ask).where(Ask.campaign_id == campaign.id, Ask.state.in_(states))
    return list(session.execute(unheard.order_by(Ask.number)).scalars())


def last_number(session: Session, campaign_id: UUID) -> int:
    """The highest number given to an ask of a campaign; 0 when there is none."""
    query = select(func.max(Ask.number)).where(Ask.campaign_id == campaign_id)
    return session.execute(query).scalar() or 0


def add(session: Session, rows: list[dict[str, Any]]) -> None:
    """Add asks that do not stand already: whoever makes them holds the campaign."""
    inflow.pour(session, Ask, rows)


def open_first(
    session: Session, campaign_id: UUID, now: datetime, after: int = 0, *, anew: bool = False
) -> int:
    """Make live the asks of a campaign's first step after a number, in one statement; tells how many.

    `anew`: those too that a launch opened which was cut off. Asks that open on a day of their own get their
    alarm with the same flip, to be looked at once now.
    """
    unseen = {"synchronize_session": False}
    waiting = update(Ask).where(Ask.campaign_id == campaign_id, Ask.state == AskState.PENDING)
    own_day = select(Step.id).where(Step.campaign_id == campaign_id, Step.opens_on.is_not(None))
    if session.execute(own_day.limit(1)).first() is not None:
        woken = waiting.where(Ask.step_id.in_(own_day), Ask.next_touch_at.is_(None))
        session.execute(woken.values(next_touch_at=now), execution_options=unseen)
    states = (AskState.PENDING, AskState.ASKED) if anew else (AskState.PENDING,)
    opened = update(Ask).where(
        Ask.campaign_id == campaign_id,
        Ask.state.in_(states),
        Ask.number > after,
        Ask.step_id == _first_step(campaign_id),
        Ask.step_id.not_in(own_day),
    )
    values = {"state": AskState.ASKED, "asked_at": now, "round_began_at": now, "next_touch_at": now}
    result = session.execute(opened.values(**values).returning(Ask.id), execution_options=unseen)
    return len(result.all())


def opened_at(session: Session, campaign_id: UUID, now: datetime) -> tuple[int, int]:
    """How many asks of a campaign's first step a launch of this moment has opened, and up to which number.

    Below that number there is none that was left waiting, or that an earlier launch opened which was cut off.
    """
    first = (Ask.campaign_id == campaign_id, Ask.step_id == _first_step(campaign_id))
    is_open = and_(Ask.state == AskState.ASKED, Ask.asked_at == now)
    left = (Ask.state.in_((AskState.PENDING, AskState.ASKED)), ~is_open, *first)
    lowest = session.execute(select(func.min(Ask.number)).where(*left)).scalar()
    until = last_number(session, campaign_id) if lowest is None else lowest - 1
    opened = select(func.count()).select_from(Ask).where(*first, is_open, Ask.number <= until)
    return session.execute(opened).scalar_one(), until


def open_some(
    session: Session, campaign_id: UUID, after: int, limit: int, now: datetime
) -> tuple[int | None, int]:
    """As `open_first` for the next asks by number of a campaign that is being launched, but the last ones.

    Gives back the last number and how many; no number where at most `limit` are left, which the flip to live
    opens itself. Those that a launch opened that was cut off are opened anew.
    """
    first = _first_step(campaign_id)
    own_day = select(Step.id).where(Step.campaign_id == campaign_id, Step.opens_on.is_not(None))
    left = (
        Ask.campaign_id == campaign_id,
        Ask.number > after,
        Ask.step_id == first,
        Ask.step_id.not_in(own_day),
        Ask.state.in_((AskState.PENDING, AskState.ASKED)),
    )
    query = select(Ask.number).where(*left).order_by(Ask.number).limit(limit + 1)
    numbers = list(session.execute(query).scalars())
    if len(numbers) <= limit:
        return None, 0
    last = numbers[limit - 1]
    values = {"state": AskState.ASKED, "asked_at": now, "round_began_at": now, "next_touch_at": now}
    opened = update(Ask).where(*left, Ask.number <= last).values(**values)
    session.execute(opened, execution_options={"synchronize_session": False})
    return last, limit


def _first_step(campaign_id: UUID) -> ScalarSelect[UUID]:
    asked = select(Step.id).where(Step.campaign_id == campaign_id, Step.is_open.is_(False))
    return asked.order_by(Step.position).limit(1).scalar_subquery()


def set_state(
    session: Session,
    campaign_id: UUID,
    before: Collection[CampaignState],
    after: CampaignState,
    now: datetime,
) -> bool:
    """Move a campaign from one of some states to another; False when it stood elsewhere."""
    values: dict[str, Any] = {"state": after}
    if after is CampaignState.LIVE and CampaignState.LAUNCHING in before:
        values["launched_at"] = now
    if after is CampaignState.LIVE and CampaignState.PAUSED in before:
        values["resumed_at"] = now
    statement = update(Campaign).where(Campaign.id == campaign_id, Campaign.state.in_(list(before)))
    found = session.execute(
        statement.values(**values).returning(Campaign.id), execution_options={"synchronize_session": "fetch"}
    )
    return found.first() is not None


def withdraw_asks(session: Session, campaign_id: UUID, now: datetime) -> int:
    """Call back every ask of a campaign that is not closed; tells how many."""
    statement = update(Ask).where(
        Ask.campaign_id == campaign_id, Ask.state.in_([AskState.PENDING, AskState.ASKED])
    )
    result = session.execute(
        statement.values(state=AskState.WITHDRAWN, next_touch_at=None, closed_at=now).returning(Ask.id),
        execution_options={"synchronize_session": False},
    )
    back = select(Ask.id).where(Ask.campaign_id == campaign_id, Ask.state == AskState.WITHDRAWN)
    settled = chores_settled_by(AskState.WITHDRAWN)
    chore.finish_of(session, back, settled, f"it was {AskState.WITHDRAWN.value}", now)
    return len(result.all())
