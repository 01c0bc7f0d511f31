"""Settlement: what became of the messages a worker sent, and of those whose worker died."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Update, bindparam, case, func, select, update
from sqlalchemy.orm import Session

from store import chore
from store.ask import Ask, AskState
from store.campaign import Campaign
from store.chore import ChoreKind
from store.delivery import Delivery, DeliveryState
from store.outbox import PLAIN
from store.person import Address, AddressState, Person
from store.round import has_another_address, take_back
from store.touch import Touch, TouchState


class Outcome(StrEnum):
    """How one attempt to send ended."""

    SENT = "sent"
    RETRY = "retry"  #: refused for now; tried again later
    REFUSED = "refused"  #: refused for good
    DOUBTFUL = "doubtful"  #: the line was lost when it may already have been taken


@dataclass(frozen=True, slots=True)
class Settled:
    """One attempt, as the store is told of it."""

    delivery_id: UUID
    outcome: Outcome
    #: The server's words on taking it, or what went wrong.
    said: str
    #: When to try again, for a retry and for the second sending of a doubtful first letter.
    again_at: datetime
    #: Set where the refusal was of the address itself, which is then marked.
    bounced: bool = False
    #: Whether a doubtful message is to be sent once more, with the same Message-ID.
    repeat: bool = False
    #: A refusal for good that may be the fault of a setting holds only after waiting so long; it is a
    #: refusal for now until then.
    patience: timedelta = timedelta(0)


def settle(session: Session, worker: str, now: datetime, results: Sequence[Settled]) -> None:
    """Write down how attempts ended. A message that this worker no longer holds is left alone."""
    groups: dict[tuple[Outcome, bool], list[Settled]] = {}
    for result in results:
        final = _be_patient(session, now, result) if result.patience else result
        groups.setdefault((final.outcome, final.repeat), []).append(final)
    connection = session.connection()
    for (outcome, repeat), some in groups.items():
        state, touch = _states(outcome, repeat=repeat)
        rows = [
            {"delivery": one.delivery_id, "ours": worker, "said": one.said[:300], "at": now}
            | ({} if outcome is Outcome.SENT else {"again": one.again_at})
            for one in some
        ]
        connection.execute(_ENDS[outcome, state], rows)
        for why, ids in _by_reason(outcome, some).items() if touch is not None else ():
            given = {"ids": ids, "ours": worker, "ended": state, "to": touch, "why": why}
            connection.execute(_TOUCHED, given)
    _mark_bounced(session, now, [one for one in results if one.bounced])
    refused = groups.get((Outcome.REFUSED, False), [])
    _list_refused(session, now, [one for one in refused if not one.bounced])


def _be_patient(session: Session, now: datetime, result: Settled) -> Settled:
    """Make a refusal one for now while what the message carries has not waited long enough."""
    carried = select(Touch.climbed_at, Touch.not_before, Touch.approved_at)
    rows = session.execute(carried.where(Touch.delivery_id == result.delivery_id)).all()
    since = max((moment for row in rows for moment in row if moment is not None), default=now)
    return replace(result, outcome=Outcome.RETRY) if now - since <= result.patience else result


def _by_reason(outcome: Outcome, some: list[Settled]) -> dict[str, list[UUID]]:
    """Messages by the reason their touches are given; what a server says may name one reader alone."""
    found: dict[str, list[UUID]] = {}
    for one in some:
        found.setdefault("" if outcome is Outcome.SENT else one.said[:300], []).append(one.delivery_id)
    return found


def _ending(state: DeliveryState, **values: object) -> Update:
    held = update(Delivery.__table__).where(  # type: ignore[arg-type]
        Delivery.id == bindparam("delivery"),
        Delivery.worker == bindparam("ours"),
        Delivery.state == DeliveryState.SENDING,
    )
    return held.values(state=state, lease_until=None, **values)


_LATER: dict[str, object] = {"error": bindparam("said"), "next_try_at": bindparam("again")}
#: How a message ends, by outcome and what it then is: statements built once, for the hot path.
_ENDS = {
    (Outcome.SENT, DeliveryState.SENT): _ending(
        DeliveryState.SENT, sent_at=bindparam("at"), reference=bindparam("said")
    ),
    (Outcome.RETRY, DeliveryState.WAITING): _ending(DeliveryState.WAITING, **_LATER),
    (Outcome.REFUSED, DeliveryState.REFUSED): _ending(DeliveryState.REFUSED, **_LATER),
    **{
        (Outcome.DOUBTFUL, state): _ending(state, **_LATER, doubted_at=bindparam("at"))
        for state in (DeliveryState.WAITING, DeliveryState.DOUBTFUL)
    },
}
_OURS = select(Delivery.id).where(
    Delivery.id.in_(bindparam("ids", expanding=True)),
    Delivery.worker == bindparam("ours"),
    Delivery.state == bindparam("ended", type_=Delivery.state.type),
)
#: What a message's end means for the touches in it; a reason already written is kept where none is given.
_TOUCHED = (
    update(Touch.__table__)  # type: ignore[arg-type]
    .where(Touch.delivery_id.in_(_OURS.scalar_subquery()), Touch.state == TouchState.TO_SEND)
    .values(
        state=bindparam("to"),
        reason=case((bindparam("why", type_=Touch.reason.type) == "", Touch.reason), else_=bindparam("why")),
    )
)


def _states(outcome: Outcome, *, repeat: bool) -> tuple[DeliveryState, TouchState | None]:
    match outcome:
        case Outcome.SENT:
            return DeliveryState.SENT, TouchState.SENT
        case Outcome.REFUSED:
            return DeliveryState.REFUSED, TouchState.REFUSED
        case Outcome.RETRY:
            return DeliveryState.WAITING, None
        case Outcome.DOUBTFUL:
            return (DeliveryState.WAITING, None) if repeat else (DeliveryState.DOUBTFUL, TouchState.DOUBTFUL)


def _mark_bounced(session: Session, now: datetime, some: list[Settled]) -> None:
    """Mark the addresses that refused, and let their asks be looked at at once: a deputy may stand in."""
    for one in some:
        delivery = session.get_one(Delivery, one.delivery_id)
        mark = update(Address).where(Address.id == delivery.address_id)
        session.execute(
            mark.values(state=AddressState.BOUNCED, reason=one.said[:300], marked_at=now),
            execution_options=PLAIN,
        )
        asks = select(Touch.ask_id).where(Touch.delivery_id == one.delivery_id)
        ring = update(Ask).where(Ask.id.in_(asks), Ask.state == AskState.ASKED)
        session.execute(ring.values(next_touch_at=now), execution_options=PLAIN)
        address, person = session.get_one(Address, delivery.address_id), delivery.person_id
        if not has_another_address(session, address):
            name = session.get_one(Person, person).name
            take_back(session, person, f"{name} cannot be reached: {one.said[:300]}", now, "the mail server")


def _list_refused(session: Session, now: datetime, some: list[Settled]) -> None:
    """Ask a person, once for each campaign, to see to first letters that were refused for good."""
    for one in some:
        query = (
            select(Campaign.id, Campaign.slug, Campaign.board_id)
            .join(Ask, Ask.campaign_id == Campaign.id)
            .join(Touch, Touch.ask_id == Ask.id)
            .where(Touch.delivery_id == one.delivery_id, Touch.is_first, Touch.state == TouchState.REFUSED)
        )
        for campaign_id, slug, board_id in session.execute(query.distinct()):
            chore.open_once(
                session,
                ChoreKind.SEND_AGAIN,
                str(campaign_id),
                f"First letters of {slug} were refused, by no fault of their addresses; the latest: "
                f"{one.said[:300]}. See to the mail server, then send them again: cascade resume {slug}",
                now,
                board_id=board_id,
            )


def renew(session: Session, worker: str, delivery_ids: Collection[UUID], lease_until: datetime) -> None:
    """Keep hold of messages that are still being sent."""
    held = update(Delivery).where(
        Delivery.id.in_(list(delivery_ids)),
        Delivery.worker == worker,
        Delivery.state == DeliveryState.SENDING,
    )
    session.execute(held.values(lease_until=lease_until), execution_options=PLAIN)


def repair(session: Session, real_now: datetime, again_at: datetime) -> int:
    """Find messages whose worker died holding them: doubtful, every one; tells how many.

    A doubtful first letter is sent again with the same Message-ID, as often as it takes: most of
    what a dead worker held was never begun, and losing a lesson is worse than doubling it. A
    doubtful reminder is left, and the next rung makes up for it.
    """
    dead = (
        select(Delivery.id, Delivery.is_first)
        .where(Delivery.state == DeliveryState.SENDING, Delivery.lease_until < real_now)
        .with_for_update(skip_locked=True)
    )
    rows = session.execute(dead).all()
    said = "its worker stopped while sending it"
    repeated = [row.id for row in rows if row.is_first]
    left = [row.id for row in rows if not row.is_first]
    if repeated:
        again = {"state": DeliveryState.WAITING, "next_try_at": again_at}
        _doubt(session, repeated, real_now, said, again)
    if left:
        _doubt(session, left, real_now, said, {"state": DeliveryState.DOUBTFUL})
        touches = update(Touch).where(Touch.delivery_id.in_(left), Touch.state == TouchState.TO_SEND)
        session.execute(touches.values(state=TouchState.DOUBTFUL, reason=said), execution_options=PLAIN)
    return len(rows)


def _doubt(session: Session, ids: list[UUID], now: datetime, said: str, values: dict[str, object]) -> None:
    statement = update(Delivery).where(Delivery.id.in_(ids), Delivery.state == DeliveryState.SENDING)
    session.execute(
        statement.values(lease_until=None, error=said, doubted_at=now, **values), execution_options=PLAIN
    )


def in_flight(session: Session) -> int:
    """How many messages workers hold at this moment."""
    return session.execute(select(func.count()).where(Delivery.state == DeliveryState.SENDING)).scalar_one()


def in_doubt(session: Session) -> int:
    """How many messages were ever in doubt."""
    return session.execute(select(func.count()).where(Delivery.doubted_at.is_not(None))).scalar_one()
