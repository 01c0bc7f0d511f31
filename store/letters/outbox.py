"""The outbox: messages claimed by a worker, re-checked in the claim, and settled when they have gone."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, Connection, Select, and_, bindparam, func, select, text, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, CampaignState
from store.asking.hold import Hold
from store.letters import alert, passcode
from store.letters.alert import Alerted
from store.letters.delivery import Delivery, DeliveryState
from store.letters.parting import part_company
from store.letters.touch import Touch, TouchState
from store.people.agency import Agency
from store.people.person import Address, AddressState, Person
from store.people.seat import Holding

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
    minutes: int | None = None  # where it is not asked the form of its step
    is_first: bool = False  # whether it is the first that its reader hears of it
    representative: str = ""  # who was asked, where the reader stands in for them
    code: str = ""  # what its agency passes on, where the words carry a survey's link
    part: str = ""  # what an invited colleague is to fill in
    last_time: datetime | None = None  # of the answers that stand there already, where the words say so
    points: str = ""  # what is to be looked at again, where the words say so
    milestones: str = ""  # the days of all that is asked in turn, where the words say so


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
    doubts: int  # how often it was in doubt
    owed: tuple[Owed, ...]
    alert: Alerted | passcode.CodeSent | None = None  # where it is one, which asks nothing


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
    """All about claimed messages, a row a touch; `places` are told only where holds ask for them."""
    return (
        select(
            Delivery.id, Delivery.person_id, Address.value, Delivery.channel, Person.name, Person.language,
            Delivery.is_first, Delivery.any_hour, Delivery.attempts, Delivery.made_at,
            Touch.id, Touch.ask_id, Ask.number, Ask.generation, Touch.words_id, Touch.rung, Touch.role,
            Agency.name, Ask.due_on, Ask.original_due_on, Ask.minutes, Touch.is_first,
            Touch.state, Ask.delegate_id != Touch.person_id, Ask.state, Campaign.state,
            Delivery.doubts, Delivery.local_day, Address.state, Person.left_at,
            *places,
        )
        .join(Delivery, Delivery.id == Touch.delivery_id)
        .join(Address, Address.id == Delivery.address_id)
        .join(Person, Person.id == Delivery.person_id)
        .join(Ask, Ask.id == Touch.ask_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .where(Touch.delivery_id.in_(_SOME))
        .order_by(Ask.due_on, Touch.id)
    )  # fmt: skip


_CONTENTS, _PLACED_CONTENTS = _reading(), _reading(Ask.agency_id, Ask.board_id)
#: For PostgreSQL, until the commit: a claim reads a few dozen rows by their keys. Just after a launch its
#: planner has no figures about them yet, and would sooner read five tables whole.
_BY_KEY = text(
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
)
#: Where a row's parts begin and end: the message, the touch in it, and how both stand.
_MESSAGE, _PART, _STANDING = slice(0, 10), slice(10, 22), slice(22, None)
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

    `lease_until` is real time, `now` and `today` the rules'. Out of office hours only urgent ones are taken.
    """
    given = {"now": now, "limit": limit, "claimer": worker, "lease": lease_until}
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(_BY_KEY)
    ids: list[UUID] = list(connection.execute(_TAKE if office_open else _TAKE_URGENT, given).scalars())
    return _recheck(session, connection, ids, today, now) if ids else Claim((), 0)


def _recheck(session: Session, connection: Connection, ids: list[UUID], today: date, now: datetime) -> Claim:
    """Read what the claimed messages carry, and drop what is no longer owed."""
    resting = _resting(connection, today)
    messages: dict[UUID, tuple[Any, _Standing]] = {}
    owed: dict[UUID, list[Owed]] = {}
    gone: dict[tuple[TouchState, str], list[UUID]] = {}
    dealt_with: list[UUID] = []
    for row, part in _contents(connection, ids, placed=bool(resting)):
        standing = _Standing(*row[_STANDING])
        messages[row[0]] = row[_MESSAGE], standing
        if standing.touch is not TouchState.TO_SEND:
            dealt_with.append(part.touch_id)
            continue
        ended = _no_longer_owed(part, standing, resting)
        if ended and ended[0] is TouchState.DROPPED and standing.doubts:
            ended = TouchState.DOUBTFUL, f"{ended[1]}; it may have gone before"
        if ended:
            gone.setdefault(ended, []).append(part.touch_id)
        else:
            owed.setdefault(row[0], []).append(part)
    for (state, why), touch_ids in gone.items():
        set_touches(session, touch_ids, state, why)
    taken = [
        _read_claimed(*message, standing.doubts, tuple(owed[key]))
        for key, (message, standing) in messages.items()
        if key in owed and _may_go(session, message, standing, owed[key], today)
    ]
    if bare := [key for key in ids if key not in messages]:
        found = alert.still_owed(session, bare) + passcode.still_owed(session, bare, now)
        taken += [_read_claimed(*one) for one in found]
    goes = {one.delivery_id for one in taken}
    part_company(session, dealt_with + [touch for some in gone.values() for touch in some], goes)
    if left := set(ids) - goes:
        away = {"state": DeliveryState.DROPPED, "lease_until": None}
        session.execute(update(Delivery).where(Delivery.id.in_(left)).values(away), execution_options=PLAIN)
    return Claim(tuple(taken), len(left))


class _Standing(NamedTuple):
    """How a claimed message and one touch in it stand at the moment of the claim."""

    touch: TouchState
    #: Whether somebody else has it now; None while nobody was handed it.
    is_elsewhere: bool | None
    ask: AskState
    campaign: CampaignState
    doubts: int
    local_day: date
    address: AddressState
    left_at: datetime | None
    #: Read only where there are holds.
    agency_id: UUID | None = None
    board_id: UUID | None = None


def _contents(connection: Connection, ids: list[UUID], *, placed: bool) -> Iterator[tuple[Any, Owed]]:
    rows: list[Any] = list(connection.execute(_PLACED_CONTENTS if placed else _CONTENTS, {"ids": ids}))
    parts = [_read_owed(*row[_PART]) for row in rows]
    others = [part.ask_id for part in parts if part.role != "asked"]
    asked: dict[UUID, str] = dict(connection.execute(_ASKED, {"ids": others}).all()) if others else {}
    for row, part in zip(rows, parts, strict=True):
        named = "" if part.role == "asked" else asked.get(part.ask_id, "")
        yield row, part._replace(representative=named) if named else part


def _no_longer_owed(part: Owed, standing: _Standing, resting: Resting) -> tuple[TouchState, str] | None:
    """What becomes of a touch that must not go out now, and why; None when it may."""
    if standing.ask is not AskState.ASKED:
        return TouchState.DROPPED, f"no longer owed: {standing.ask.value}"
    if standing.campaign is not CampaignState.LIVE:
        state = TouchState.HELD if standing.campaign is CampaignState.PAUSED else TouchState.DROPPED
        return state, f"the campaign is {standing.campaign.value}"
    if part.role == "asked" and standing.is_elsewhere:
        return TouchState.DROPPED, "it was handed to a colleague"
    if not resting:
        return None
    board = standing.board_id
    held = resting.get((board, part.ask_id)) or resting.get((board, standing.agency_id))
    return (TouchState.HELD, f"on hold: {held}") if held else None


def _resting(connection: Connection, today: date) -> Resting:
    """All holds in force, by board and by ask or agency: they are few, and reading all is one quick look."""
    rows: Iterable[Any] = connection.execute(_HOLDS, {"today": today})
    return {(board, ask or agency): reason for board, ask, agency, reason in rows}


def _may_go(session: Session, message: Any, standing: _Standing, owed: list[Owed], today: date) -> bool:
    """Whether a message that still carries something can be delivered today; if not, its touches are told."""
    name, any_hour = message[4], message[7]
    touch_ids = [part.touch_id for part in owed]
    if standing.left_at is not None:
        set_touches(session, touch_ids, TouchState.SKIPPED, f"{name} has left")
        return False
    has_passed = standing.local_day < today and not any_hour and standing.doubts == 0
    if has_passed or standing.address is AddressState.BOUNCED:
        # What it carries is gathered afresh, for a day on which it may go, or for another address.
        free = update(Touch).where(Touch.id.in_(touch_ids))
        session.execute(free.values(delivery_id=None), execution_options=PLAIN)
        return False
    return True


def set_touches(session: Session, touch_ids: Collection[UUID], state: TouchState, reason: str) -> None:
    """Say what came of some touches, and why."""
    statement = update(Touch).where(Touch.id.in_(list(touch_ids)))
    session.execute(statement.values(state=state, reason=reason), execution_options=PLAIN)
