"""Settlement: what became of the messages a worker sent, and of those whose worker died."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Update, bindparam, case, func, literal, or_, select, update
from sqlalchemy.orm import Session

from store import chore
from store.asking.ask import Ask
from store.asking.campaign import Campaign
from store.asking.round import has_another_address
from store.chore import ChoreKind, Wanted
from store.letters import alert, anew, bounce
from store.letters.delivery import Delivery, DeliveryState
from store.letters.outbox import PLAIN
from store.letters.touch import Touch, TouchState
from store.people.person import Address

#: The numbers that a reply begins with: those of SMTP, and the finer ones of RFC 3463.
_CODES = re.compile(r"[45]\d\d(?:[ -][45]\.\d{1,3}\.\d{1,3})?")


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
    #: How long what it carries may wait before a refusal is taken for one for good, or a person told of it.
    patience: timedelta = timedelta(0)
    #: Whether it tells somebody only that something waits.
    is_alert: bool = False


def settle(session: Session, worker: str, now: datetime, results: Sequence[Settled]) -> None:
    """Write down how attempts ended. A message that this worker no longer holds is left alone."""
    troubled = [one for one in results if one.outcome is not Outcome.SENT]
    if troubled:
        held = _still_held(session, worker, [one.delivery_id for one in troubled])
        troubled = [_be_patient(session, now, one) for one in troubled if one.delivery_id in held]
    groups: dict[tuple[Outcome, bool], list[Settled]] = {}
    for one in (*troubled, *(one for one in results if one.outcome is Outcome.SENT)):
        groups.setdefault((one.outcome, one.repeat), []).append(one)
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
            connection.execute(_REFUSED if outcome is Outcome.REFUSED else _WENT, given)
    if troubled:
        _follow_up(session, now, troubled)


def _still_held(session: Session, worker: str, delivery_ids: list[UUID]) -> set[UUID]:
    """Which messages a worker still holds: one that lost its lease says nothing about them any more."""
    query = select(Delivery.id).where(
        Delivery.id.in_(delivery_ids), Delivery.worker == worker, Delivery.state == DeliveryState.SENDING
    )
    return set(session.execute(query).scalars())


def _be_patient(session: Session, now: datetime, result: Settled) -> Settled:
    """Make any refusal one for now while what the message carries has not waited long enough."""
    if not result.patience:
        return result
    carried = select(Touch.climbed_at, Touch.not_before, Touch.approved_at)
    rows = session.execute(carried.where(Touch.delivery_id == result.delivery_id)).all()
    made = session.get_one(Delivery, result.delivery_id).made_at  # of an alert, which carries no touch
    since = max((moment for row in rows for moment in row if moment is not None), default=made)
    if now - since > result.patience:
        return result
    return replace(result, outcome=Outcome.RETRY, patience=timedelta(0))


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
        (Outcome.DOUBTFUL, state): _ending(
            state, **_LATER, doubted_at=bindparam("at"), doubts=Delivery.doubts + 1
        )
        for state in (DeliveryState.WAITING, DeliveryState.DOUBTFUL)
    },
}
_OURS = select(Delivery.id).where(
    Delivery.id.in_(bindparam("ids", expanding=True)),
    Delivery.worker == bindparam("ours"),
    Delivery.state == bindparam("ended", type_=Delivery.state.type),
)
#: What a refusal means for the touches in a message.
_REFUSED = (
    update(Touch.__table__)  # type: ignore[arg-type]
    .where(Touch.delivery_id.in_(_OURS.scalar_subquery()), Touch.state == TouchState.TO_SEND)
    .values(state=bindparam("to"), reason=bindparam("why"))
)
#: What it means for them that a message went, or may have gone: with what was called back meanwhile. A
#: reason already written is kept where none is given.
_WENT = (
    update(Touch.__table__)  # type: ignore[arg-type]
    .where(
        Touch.delivery_id.in_(_OURS.scalar_subquery()),
        Touch.state.in_((TouchState.TO_SEND, TouchState.DROPPED)),
    )
    .values(
        state=bindparam("to"),
        reason=case(
            (
                Touch.state == TouchState.DROPPED,
                func.substr(literal("it was on its way already: ") + Touch.reason, 1, 500),
            ),
            (bindparam("why", type_=Touch.reason.type) == "", Touch.reason),
            else_=bindparam("why"),
        ),
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


def _follow_up(session: Session, now: datetime, troubled: list[Settled]) -> None:
    """See to what did not go: another address, a mark on a bad one, a person's help for first letters."""
    for one in troubled:
        if one.bounced and one.outcome is Outcome.REFUSED:
            delivery = session.get_one(Delivery, one.delivery_id)
            address = session.get_one(Address, delivery.address_id)
            if alert.is_alert(session, one.delivery_id):
                # Its moment is that at which somebody wished, or wrote, something, and so may be the reply's.
                bounce.shun(address, _codes_of(one.said))
                continue
            if has_another_address(session, address):
                _send_elsewhere(session, one.delivery_id, now)
            bounce.mark(session, address, one.said[:300], now, "the mail server")
        elif one.patience or (one.outcome is Outcome.DOUBTFUL and not one.repeat):
            _ask_for_help(session, now, one)


def _codes_of(said: str) -> str:
    """What a server said, without its words."""
    found = _CODES.match(said)
    return found[0] if found else "refused for good"


def _send_elsewhere(session: Session, delivery_id: UUID, now: datetime) -> None:
    """Let what an address refused be gathered anew, for another one of the same person."""
    anew.give_up_key(session, session.get_one(Delivery, delivery_id))
    refused = update(Touch).where(Touch.delivery_id == delivery_id, Touch.state == TouchState.REFUSED)
    values = {"state": TouchState.TO_SEND, "delivery_id": None, "not_before": now}
    session.execute(refused.values(**values, reason="sent to another address"), execution_options=PLAIN)


def _ask_for_help(session: Session, now: datetime, one: Settled) -> None:
    """Ask a person, once for each campaign, to see to letters that do not go and must: no rung makes up for
    a first letter, or for one that a person approved.
    """
    query = (
        select(Campaign.id, Campaign.slug, Campaign.board_id)
        .join(Ask, Ask.campaign_id == Campaign.id)
        .join(Touch, Touch.ask_id == Ask.id)
        .where(Touch.delivery_id == one.delivery_id, or_(Touch.is_first, Touch.approved_at.is_not(None)))
        .distinct()
    )
    what = {
        Outcome.REFUSED: "were refused, by no fault of their addresses",
        Outcome.DOUBTFUL: "are in doubt after several tries",
        Outcome.RETRY: "do not go, and are still being tried",
    }[one.outcome]
    wanted = [
        Wanted(
            ChoreKind.SEND_AGAIN,
            str(campaign_id),
            f"Letters of {slug} {what}; the latest: {one.said[:300]}. See to the mail server, or ring "
            "whoever should have heard; what was refused or is in doubt goes again with: "
            f"cascade resume {slug}",
            board_id,
        )
        for campaign_id, slug, board_id in session.execute(query)
    ]
    chore.open_all(session, wanted, now)


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
        statement.values(lease_until=None, error=said, doubted_at=now, doubts=Delivery.doubts + 1, **values),
        execution_options=PLAIN,
    )


def in_doubt(session: Session) -> int:
    """How many messages were ever in doubt."""
    return session.execute(select(func.count()).where(Delivery.doubted_at.is_not(None))).scalar_one()
