"""The outbox: messages claimed by a worker, re-checked in the claim, and settled when they have gone."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, Connection, Select, and_, bindparam, func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from store.agency import Agency
from store.ask import Ask, AskState
from store.campaign import Campaign, CampaignState
from store.delivery import Delivery, DeliveryState
from store.hold import Hold
from store.person import Address, AddressState, Person
from store.seat import Holding
from store.touch import Touch, TouchState

#: How the reason begins of a touch that was dropped while its ask rested; the climb takes it up again.
ON_HOLD = "on hold"
#: Rows changed in bulk are not looked for among those a session holds: nobody holds any here.
PLAIN = {"synchronize_session": False}


class Owed(NamedTuple):
    """One touch of a claimed message that is still owed: what its part of the letter needs."""

    touch_id: UUID
    ask_id: UUID
    number: int
    generation: int
    words_id: UUID
    rung: str
    role: str
    agency: str
    due_on: date
    original_due_on: date
    #: Who was asked, where the reader stands in for them; empty otherwise.
    representative: str = ""


class Claimed(NamedTuple):
    """One message that a worker holds, with all that is still owed in it."""

    delivery_id: UUID
    person_id: UUID
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


#: Holds in force: board, and ask or agency, with the reason.
Resting = dict[tuple[UUID | None, UUID | None], str]

#: Rows come as plain tuples, in the order of the fields.
_read_owed: Callable[..., Owed] = Owed
_read_claimed: Callable[..., Claimed] = Claimed

# The statements of the hot path are built once: building them anew would cost more than running them.
_SOME: BindParameter[Any] = bindparam("ids", expanding=True)
_CHOSEN = (
    select(Delivery.id)
    .where(Delivery.state == DeliveryState.WAITING, Delivery.next_try_at <= bindparam("now"))
    .order_by(Delivery.next_try_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_CHOSEN_URGENT = _CHOSEN.where(Delivery.any_hour)


def _taking(chosen: Select[Any]) -> ReturningUpdate[Any]:
    """Claim what was chosen, by compare-and-set: what another worker took meanwhile stays theirs."""
    # As a common table expression it is chosen once. A subquery PostgreSQL may run again for each
    # row, and past the rows locked already it would choose others, beyond any limit.
    once = chosen.cte("chosen")
    return (
        update(Delivery.__table__)  # type: ignore[arg-type]
        .where(Delivery.id.in_(select(once.c.id)), Delivery.state == DeliveryState.WAITING)
        .values(
            state=DeliveryState.SENDING,
            worker=bindparam("claimer"),
            lease_until=bindparam("lease"),
            attempts=Delivery.attempts + 1,
        )
        .returning(Delivery.id)
    )


_TAKE, _TAKE_URGENT = _taking(_CHOSEN), _taking(_CHOSEN_URGENT)


def _reading(*places: Any) -> Any:
    """What claimed messages carry, and how it stands; `places` are told only where holds ask for them."""
    return (
        select(
            Touch.id, Touch.ask_id, Ask.number, Ask.generation, Touch.words_id, Touch.rung, Touch.role,
            Agency.name, Ask.due_on, Ask.original_due_on,
            Touch.delivery_id, Touch.state, Ask.delegate_id != Touch.person_id, Ask.state, Campaign.state,
            *places,
        )
        .join(Ask, Ask.id == Touch.ask_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .where(Touch.delivery_id.in_(_SOME))
        .order_by(Ask.due_on, Touch.id)
    )  # fmt: skip


_CONTENTS, _PLACED_CONTENTS = _reading(), _reading(Ask.agency_id, Ask.board_id)
_ENVELOPES = (
    select(
        Delivery.id, Delivery.person_id, Address.value, Delivery.channel, Person.name, Person.language,
        Delivery.is_first, Delivery.any_hour, Delivery.attempts, Delivery.made_at,
        Delivery.doubted_at, Delivery.local_day, Address.state, Person.left_at,
    )
    .join(Address, Address.id == Delivery.address_id)
    .join(Person, Person.id == Delivery.person_id)
    .where(Delivery.id.in_(_SOME))
)  # fmt: skip
_ASKED = (
    select(Ask.id, Person.name)
    .outerjoin(Holding, and_(Holding.seat_id == Ask.seat_id, Holding.until.is_(None)))
    .join(Person, Person.id == func.coalesce(Ask.delegate_id, Ask.person_id, Holding.person_id))
    .where(Ask.id.in_(_SOME))
)
_HOLDS = select(Hold.board_id, Hold.ask_id, Hold.agency_id, Hold.reason).where(
    Hold.lifted_at.is_(None), Hold.until >= bindparam("today")
)


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
    given = {"now": now, "limit": limit, "claimer": worker, "lease": lease_until}
    connection = session.connection()
    ids: list[UUID] = list(connection.execute(_TAKE if office_open else _TAKE_URGENT, given).scalars())
    if not ids:
        return Claim((), 0)
    return _recheck(session, connection, ids, today)


def _recheck(session: Session, connection: Connection, ids: list[UUID], today: date) -> Claim:
    """Read what the claimed messages carry, and drop what is no longer owed."""
    resting = _resting(connection, today)
    candidates = _candidates(connection, ids, placed=bool(resting))
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
    taken = _taken(session, connection, ids, owed, today)
    left = set(ids) - {one.delivery_id for one in taken}
    if left:
        put_aside = update(Delivery).where(Delivery.id.in_(left))
        session.execute(
            put_aside.values(state=DeliveryState.DROPPED, lease_until=None), execution_options=PLAIN
        )
    return Claim(tuple(taken), len(left))


class _Candidate(NamedTuple):
    """One touch of a claimed message, before anybody knows whether it is still owed."""

    part: Owed
    delivery_id: UUID
    state: TouchState
    #: Whether somebody else has it now; None while nobody was handed it.
    is_elsewhere: bool | None
    ask: AskState
    campaign: CampaignState
    #: Read only where there are holds.
    agency_id: UUID | None = None
    board_id: UUID | None = None


def _candidates(connection: Connection, ids: list[UUID], *, placed: bool) -> list[_Candidate]:
    rows: list[Any] = list(connection.execute(_PLACED_CONTENTS if placed else _CONTENTS, {"ids": ids}))
    others = [row[1] for row in rows if row[6] != "asked"]
    asked: dict[UUID, str] = {}
    if others:
        asked = dict(connection.execute(_ASKED, {"ids": others}).all())
    return [
        _Candidate(_read_owed(*row[:10], asked.get(row[1], "") if row[6] != "asked" else ""), *row[10:])
        for row in rows
    ]


def _no_longer_owed(one: _Candidate, resting: Resting) -> str:
    """Why a touch must not go out any more; empty when it still may."""
    if one.state is not TouchState.TO_SEND:
        return "it was dealt with already"
    if one.ask is not AskState.ASKED:
        return f"no longer owed: {one.ask.value}"
    if one.campaign is not CampaignState.LIVE:
        return f"the campaign is {one.campaign.value}"
    if one.part.role == "asked" and one.is_elsewhere:
        return "it was handed to a colleague"
    if not resting:
        return ""
    held = resting.get((one.board_id, one.part.ask_id)) or resting.get((one.board_id, one.agency_id))
    return f"{ON_HOLD}: {held}" if held else ""


def _resting(connection: Connection, today: date) -> Resting:
    """All holds in force, by board and by ask or agency: they are few, and reading all is one quick look."""
    rows: Iterable[Any] = connection.execute(_HOLDS, {"today": today})
    return {(board, ask or agency): reason for board, ask, agency, reason in rows}


def _taken(
    session: Session, connection: Connection, ids: list[UUID], owed: dict[UUID, list[Owed]], today: date
) -> list[Claimed]:
    """The claimed messages that still carry something and can still be delivered today."""
    taken: list[Claimed] = []
    rows: Iterable[Any] = connection.execute(_ENVELOPES, {"ids": ids})
    for row in rows:
        local_day, address_state, left_at = row[11:]
        parts = owed.get(row[0], [])
        one = _read_claimed(*row[:10], was_doubtful=row[10] is not None, owed=tuple(parts))
        if not parts:
            continue
        if address_state is AddressState.BOUNCED or left_at is not None:
            unsent = [part.touch_id for part in parts]
            set_touches(session, unsent, TouchState.SKIPPED, f"{one.name} cannot be reached")
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


def next_send(session: Session, *, any_hour: bool = False) -> datetime | None:
    """When the next message may be sent; with `any_hour` the next of those that wait for no office hour."""
    soonest = select(func.min(Delivery.next_try_at)).where(Delivery.state == DeliveryState.WAITING)
    if any_hour:
        soonest = soonest.where(Delivery.any_hour)
    return session.execute(soonest).scalar()
