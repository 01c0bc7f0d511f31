"""Settlement: what became of the messages a worker sent, and of those whose worker died."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Update, bindparam, case, func, select, update
from sqlalchemy.orm import Session

from store.ask import Ask, AskState
from store.delivery import Delivery, DeliveryState
from store.outbox import PLAIN
from store.person import Address, AddressState
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


def settle(session: Session, worker: str, now: datetime, results: Sequence[Settled]) -> None:
    """Write down how attempts ended. A message that this worker no longer holds is left alone."""
    groups: dict[tuple[Outcome, bool], list[Settled]] = {}
    for result in results:
        groups.setdefault((result.outcome, result.repeat), []).append(result)
    connection = session.connection()
    for (outcome, repeat), some in groups.items():
        state, touch = _states(outcome, repeat=repeat)
        rows = [
            {"delivery": one.delivery_id, "ours": worker, "to": state, "said": one.said[:300], "at": now}
            | ({} if outcome is Outcome.SENT else {"again": one.again_at})
            for one in some
        ]
        connection.execute(_ENDS[outcome], rows)
        if touch is not None:
            given = {"ids": [one.delivery_id for one in some], "ours": worker, "ended": state, "to": touch}
            given["why"] = "" if outcome is Outcome.SENT else some[0].said[:300]
            connection.execute(_TOUCHED, given)
    _mark_bounced(session, now, [one for one in results if one.bounced])


def _ending(**values: object) -> Update:
    held = update(Delivery.__table__).where(  # type: ignore[arg-type]
        Delivery.id == bindparam("delivery"),
        Delivery.worker == bindparam("ours"),
        Delivery.state == DeliveryState.SENDING,
    )
    return held.values(state=bindparam("to"), lease_until=None, **values)


_LATER: dict[str, object] = {"error": bindparam("said"), "next_try_at": bindparam("again")}
#: How a message ends, by outcome: statements built once, for the hot path.
_ENDS = {
    Outcome.SENT: _ending(sent_at=bindparam("at"), reference=bindparam("said")),
    Outcome.RETRY: _ending(**_LATER),
    Outcome.REFUSED: _ending(**_LATER),
    Outcome.DOUBTFUL: _ending(**_LATER, doubted_at=bindparam("at")),
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


def renew(session: Session, worker: str, delivery_ids: Collection[UUID], lease_until: datetime) -> None:
    """Keep hold of messages that are still being sent."""
    held = update(Delivery).where(
        Delivery.id.in_(list(delivery_ids)),
        Delivery.worker == worker,
        Delivery.state == DeliveryState.SENDING,
    )
    session.execute(held.values(lease_until=lease_until), execution_options=PLAIN)


def free_untouched(session: Session, worker: str, delivery_ids: Collection[UUID]) -> None:
    """Give back messages that were claimed and never begun: they are unsent, without doubt."""
    held = update(Delivery).where(
        Delivery.id.in_(list(delivery_ids)),
        Delivery.worker == worker,
        Delivery.state == DeliveryState.SENDING,
    )
    values = {"state": DeliveryState.WAITING, "lease_until": None, "attempts": Delivery.attempts - 1}
    session.execute(held.values(**values), execution_options=PLAIN)


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
