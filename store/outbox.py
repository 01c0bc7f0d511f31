"""The outbox: messages claimed by a worker, re-checked in the claim, and settled when they have gone."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from store.agency import Agency
from store.ask import Ask, AskState
from store.campaign import Campaign, CampaignState
from store.delivery import Delivery, DeliveryState
from store.hold import Hold
from store.person import Address, AddressState, Person
from store.seat import Holding
from store.touch import Touch, TouchState

#: Rows changed in bulk are not looked for among those a session holds: nobody holds any here.
PLAIN = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Owed:
    """One touch of a claimed message that is still owed: what its part of the letter needs."""

    touch_id: UUID
    ask_id: UUID
    number: int
    generation: int
    board_id: UUID
    campaign_id: UUID
    step_id: UUID
    words_id: UUID
    rung: str
    role: str
    agency: str
    due_on: date
    original_due_on: date
    #: Who was asked, where the reader stands in for them; empty otherwise.
    representative: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One message that a worker holds, with all that is still owed in it."""

    delivery_id: UUID
    person_id: UUID
    address_id: UUID
    address: str
    channel: str
    name: str
    language: str
    is_first: bool
    any_hour: bool
    attempts: int
    made_at: datetime
    was_doubtful: bool
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What one claim took, and what it put aside because it was no longer owed."""

    taken: tuple[Claimed, ...]
    dropped: int


#: Rows come as plain tuples, in the order of the fields.
_read_owed: Callable[..., Owed] = Owed
_read_claimed: Callable[..., Claimed] = Claimed


def claim(
    session: Session,
    worker: str,
    now: datetime,
    lease_until: datetime,
    today: date,
    limit: int,
    *,
    office_open: bool,
) -> Claim:
    """Take up to `limit` waiting messages for a worker, by compare-and-set, re-checking every touch in them.

    `lease_until` is real time, `now` and `today` the rules'. Out of office hours only urgent ones
    are taken.
    """
    due = and_(Delivery.state == DeliveryState.WAITING, Delivery.next_try_at <= now)
    if not office_open:
        due = and_(due, Delivery.any_hour)
    chosen = (
        select(Delivery.id)
        .where(due)
        .order_by(Delivery.next_try_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    take = (
        update(Delivery)
        .where(Delivery.id.in_(chosen.scalar_subquery()), Delivery.state == DeliveryState.WAITING)
        .values(
            state=DeliveryState.SENDING,
            worker=worker,
            lease_until=lease_until,
            attempts=Delivery.attempts + 1,
        )
        .returning(Delivery.id)
    )
    ids = list(session.execute(take, execution_options=PLAIN).scalars())
    if not ids:
        return Claim((), 0)
    return _recheck(session, ids, today)


def _recheck(session: Session, ids: list[UUID], today: date) -> Claim:
    """Read what the claimed messages carry, and drop what is no longer owed."""
    candidates = _candidates(session, ids)
    resting = _resting(session, candidates, today)
    owed: dict[UUID, list[Owed]] = {}
    gone: dict[str, list[UUID]] = {}
    for one in candidates:
        why = _no_longer_owed(one, resting)
        if why:
            gone.setdefault(why, []).append(one.part.touch_id)
        else:
            owed.setdefault(one.delivery_id, []).append(one.part)
    for why, touch_ids in gone.items():
        set_touches(session, touch_ids, TouchState.DROPPED, why)
    taken = _taken(session, ids, owed, today)
    left = set(ids) - {one.delivery_id for one in taken}
    if left:
        put_aside = update(Delivery).where(Delivery.id.in_(left))
        session.execute(
            put_aside.values(state=DeliveryState.DROPPED, lease_until=None), execution_options=PLAIN
        )
    return Claim(tuple(taken), len(left))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One touch of a claimed message, before anybody knows whether it is still owed."""

    delivery_id: UUID
    part: Owed
    state: TouchState
    person_id: UUID
    ask: AskState
    delegate_id: UUID | None
    agency_id: UUID
    campaign: CampaignState


def _candidates(session: Session, ids: list[UUID]) -> list[_Candidate]:
    query = (
        select(
            Touch.id, Touch.ask_id, Ask.number, Ask.generation, Ask.board_id, Ask.campaign_id, Ask.step_id,
            Touch.words_id, Touch.rung, Touch.role, Agency.name, Ask.due_on, Ask.original_due_on,
            Touch.delivery_id, Touch.state, Touch.person_id, Ask.state, Ask.delegate_id, Ask.agency_id,
            Campaign.state,
        )
        .join(Ask, Ask.id == Touch.ask_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .where(Touch.delivery_id.in_(ids))
        .order_by(Ask.due_on, Touch.id)
    )  # fmt: skip
    rows: list[Any] = list(session.execute(query))
    asked = _asked(session, {row[1] for row in rows if row[9] != "asked"})
    return [
        _Candidate(row[13], _read_owed(*row[:13], representative=asked.get(row[1], "")), *row[14:])
        for row in rows
    ]


def _asked(session: Session, ask_ids: set[UUID]) -> dict[UUID, str]:
    """The names of those who were asked, for letters to others."""
    if not ask_ids:
        return {}
    query = (
        select(Ask.id, Person.name)
        .outerjoin(Holding, and_(Holding.seat_id == Ask.seat_id, Holding.until.is_(None)))
        .join(Person, Person.id == func.coalesce(Ask.delegate_id, Ask.person_id, Holding.person_id))
        .where(Ask.id.in_(ask_ids))
    )
    return dict(session.execute(query).tuples().all())


def _no_longer_owed(one: _Candidate, resting: dict[UUID, str]) -> str:
    """Why a touch must not go out any more; empty when it still may."""
    if one.state is not TouchState.TO_SEND:
        return "it was dealt with already"
    if one.ask is not AskState.ASKED:
        return f"no longer owed: {one.ask.value}"
    if one.campaign is not CampaignState.LIVE:
        return f"the campaign is {one.campaign.value}"
    if one.part.role == "asked" and one.delegate_id is not None and one.delegate_id != one.person_id:
        return "it was handed to a colleague"
    held = resting.get(one.part.ask_id) or resting.get(one.agency_id)
    return f"on hold: {held}" if held else ""


def _resting(session: Session, candidates: list[_Candidate], today: date) -> dict[UUID, str]:
    """Holds in force over these asks or their agencies: ask or agency, and the reason."""
    asks, agencies = {one.part.ask_id for one in candidates}, {one.agency_id for one in candidates}
    query = (
        select(Hold)
        .where(Hold.lifted_at.is_(None), Hold.until >= today)
        .where(or_(Hold.ask_id.in_(asks), Hold.agency_id.in_(agencies)))
    )
    boards = {one.part.board_id for one in candidates}
    found = session.execute(query).scalars()
    return {hold.ask_id or hold.agency_id: hold.reason for hold in found if hold.board_id in boards}  # type: ignore[misc]


def _taken(session: Session, ids: list[UUID], owed: dict[UUID, list[Owed]], today: date) -> list[Claimed]:
    """The claimed messages that still carry something and can still be delivered today."""
    query = (
        select(
            Delivery.id, Delivery.person_id, Delivery.address_id, Address.value, Delivery.channel,
            Person.name, Person.language, Delivery.is_first, Delivery.any_hour, Delivery.attempts,
            Delivery.made_at, Delivery.doubted_at, Delivery.local_day, Address.state, Person.left_at,
        )
        .join(Address, Address.id == Delivery.address_id)
        .join(Person, Person.id == Delivery.person_id)
        .where(Delivery.id.in_(ids))
    )  # fmt: skip
    rows: Iterable[Any] = session.execute(query)
    taken: list[Claimed] = []
    for row in rows:
        local_day, address_state, left_at = row[12:]
        parts = owed.get(row[0], [])
        one = _read_claimed(*row[:11], was_doubtful=row[11] is not None, owed=tuple(parts))
        if not parts:
            continue
        if address_state is AddressState.BOUNCED or left_at is not None:
            set_touches(
                session,
                [part.touch_id for part in parts],
                TouchState.SKIPPED,
                f"{one.name} cannot be reached",
            )
        elif local_day < today and not one.any_hour and not one.was_doubtful:
            # Its day has passed: what it carries is gathered afresh, for a day on which it may go.
            free = update(Touch).where(Touch.id.in_([part.touch_id for part in parts]))
            session.execute(free.values(delivery_id=None), execution_options=PLAIN)
        else:
            taken.append(one)
    return taken


def set_touches(session: Session, touch_ids: Collection[UUID], state: TouchState, reason: str) -> None:
    """Say what came of some touches, and why."""
    statement = update(Touch).where(Touch.id.in_(list(touch_ids)))
    session.execute(statement.values(state=state, reason=reason), execution_options=PLAIN)


def next_send(session: Session) -> datetime | None:
    """When the next message may be sent."""
    return session.execute(
        select(func.min(Delivery.next_try_at)).where(Delivery.state == DeliveryState.WAITING)
    ).scalar()
