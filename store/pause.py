"""Pause: calling back what waits to go out about an ask, or to a person."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import String, and_, cast, or_, select, update
from sqlalchemy.orm import Session

from store.ask import Ask, AskState
from store.campaign import CampaignState
from store.delivery import Delivery
from store.outbox import PLAIN
from store.person import Address, AddressState, Person
from store.seat import Seat
from store.touch import Touch, TouchState

WAITING = (TouchState.DRAFTED, TouchState.TO_SEND)


def drop_waiting(session: Session, ask_id: UUID, reason: str) -> None:
    """Drop every touch of an ask that has not gone out."""
    statement = update(Touch).where(Touch.ask_id == ask_id, Touch.state.in_(WAITING))
    session.execute(statement.values(state=TouchState.DROPPED, reason=reason), execution_options=PLAIN)


def drop_for_person(session: Session, person_id: UUID, reason: str) -> None:
    """Drop every touch to a person that has not gone out, whatever it is about."""
    statement = update(Touch).where(Touch.person_id == person_id, Touch.state.in_(WAITING))
    session.execute(statement.values(state=TouchState.DROPPED, reason=reason), execution_options=PLAIN)


def drop_for_seat(
    session: Session, place: Seat, person_id: UUID, asked: str, roles: Collection[str], reason: str
) -> None:
    """Drop what waits for the one before in a seat, and nothing that they get in another of theirs.

    That is what the seat itself is asked (role `asked`, whoever it was handed to), and what goes to
    them as a stand-in of the same agency for the same board, by any of `roles`.
    """
    its_own = select(Ask.id).where(Ask.seat_id == place.id)
    around = select(Ask.id).where(Ask.agency_id == place.agency_id, Ask.board_id == place.board_id)
    statement = update(Touch).where(
        Touch.state.in_(WAITING),
        or_(
            and_(Touch.role == asked, Touch.ask_id.in_(its_own)),
            and_(Touch.person_id == person_id, Touch.role.in_(roles), Touch.ask_id.in_(around)),
        ),
    )
    session.execute(statement.values(state=TouchState.DROPPED, reason=reason), execution_options=PLAIN)


def send_again(session: Session, campaign_id: UUID, at: datetime) -> int:
    """Let first letters go again, at a moment, that were refused or are in doubt; tells how many.

    Only where it is still owed by the same round, and the reader's address is good.
    """
    owed = select(Ask.id).where(
        Ask.campaign_id == campaign_id, Ask.state == AskState.ASKED, Ask.round == Touch.round
    )
    reached = (
        select(Address.id)
        .join(Person, Person.id == Address.person_id)
        .where(Address.person_id == Touch.person_id, Address.state == AddressState.GOOD)
        .where(Person.left_at.is_(None))
    )
    lost = (
        Touch.ask_id.in_(owed.scalar_subquery()),
        Touch.is_first,
        Touch.state.in_((TouchState.REFUSED, TouchState.DOUBTFUL)),
        reached.exists(),
    )
    # The message that was lost gives up its key, which lets a person have one message of a kind a day.
    messages = update(Delivery).where(Delivery.id.in_(select(Touch.delivery_id).where(*lost)))
    session.execute(
        messages.values(key=Delivery.key + ":" + cast(Delivery.id, String)), execution_options=PLAIN
    )
    statement = update(Touch).where(*lost)
    values = {
        "state": TouchState.TO_SEND,
        "delivery_id": None,
        # A reminder is not to come on the same day.
        "climbed_at": at,
        "not_before": at,
        "reason": "sent again",
    }
    again = session.execute(statement.values(**values).returning(Touch.id), execution_options=PLAIN)
    return len(again.all())


def drop_of_campaign(session: Session, campaign_id: UUID, reason: str) -> None:
    """Drop every touch of a campaign that has not gone out."""
    asks = select(Ask.id).where(Ask.campaign_id == campaign_id)
    statement = update(Touch).where(Touch.ask_id.in_(asks.scalar_subquery()), Touch.state.in_(WAITING))
    session.execute(statement.values(state=TouchState.DROPPED, reason=reason), execution_options=PLAIN)


def restore(session: Session, campaign_id: UUID, now: datetime) -> int:
    """Let touches wait again that came up to be sent while their campaign was paused; tells how many."""
    asks = select(Ask.id).where(Ask.campaign_id == campaign_id, Ask.state == AskState.ASKED)
    statement = update(Touch).where(
        Touch.ask_id.in_(asks.scalar_subquery()),
        Touch.state == TouchState.DROPPED,
        Touch.reason == f"the campaign is {CampaignState.PAUSED.value}",
    )
    values = {"state": TouchState.TO_SEND, "delivery_id": None, "not_before": now, "reason": "resumed"}
    restored = session.execute(statement.values(**values).returning(Touch.id), execution_options=PLAIN)
    return len(restored.all())
