"""Alert: a letter that says only that something waits, to somebody who is asked nothing."""

from collections import Counter
from collections.abc import Callable, Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store import chore
from store.base import Row, Worded, insert_unless_there
from store.board import Board
from store.chore import ChoreKind
from store.delivery import Delivery, DeliveryState
from store.person import Address, AddressState, Person


class AlertKind(StrEnum):
    """What waits."""

    WISH = "wish"  #: somebody wishes to be contacted
    WORDS = "words"  #: families wrote something that nobody has read yet
    SHUT = "shut"  #: a survey of families is shut to them


#: The chores that an alert goes with: once a board has none of them left, the letter is not owed any more.
CHORES = {
    AlertKind.WISH: ChoreKind.CONTACT,
    AlertKind.WORDS: ChoreKind.WORDS,
    AlertKind.SHUT: ChoreKind.STAND_BY,
}


class Alert(Row):
    """What one letter is about. It names nobody, no campaign and no moment."""

    __tablename__ = "alerts"

    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("deliveries.id"), primary_key=True)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    kind: Mapped[AlertKind] = mapped_column(Worded(AlertKind))


class Alerted(NamedTuple):
    """What the letter of an alert needs."""

    kind: AlertKind
    board_id: UUID
    board: str
    contact_name: str
    contact_email: str
    contact_phone: str


def add(
    session: Session,
    kind: AlertKind,
    board_id: UUID,
    to: Address,
    at: datetime,
    now: datetime,
    day: date,
    *,
    any_hour: bool,
    key: str = "",
) -> None:
    """Let a letter wait that goes at a moment; with a `key` of its own, only once."""
    # Random: a time-ordered identifier would tell when it was made.
    made = uuid4()
    row = {
        "id": made,
        "key": f"alert:{key or made.hex}",
        "person_id": to.person_id,
        "address_id": to.id,
        "channel": to.channel,
        # What it says is said nowhere else by letter, so one in doubt goes again.
        "is_first": True,
        "any_hour": any_hour,
        "local_day": day,
        "state": DeliveryState.WAITING,
        "made_at": now,
        "next_try_at": at,
        "attempts": 0,
        "doubts": 0,
    }
    session.execute(insert_unless_there(session, Delivery), [row])
    if session.get(Delivery, made) is not None:
        session.add(Alert(delivery_id=made, board_id=board_id, kind=kind))
        session.flush()


def latest(session: Session, kind: AlertKind, board_id: UUID, person_id: UUID) -> Delivery | None:
    """The letter of this kind to a person that goes, or went, last."""
    query = select(Delivery).join(Alert, Alert.delivery_id == Delivery.id)
    mine = (Alert.kind == kind, Alert.board_id == board_id, Delivery.person_id == person_id)
    found = session.execute(query.where(*mine).order_by(Delivery.next_try_at.desc()).limit(1))
    return found.scalar_one_or_none()


#: Rows come as plain tuples, in the order of the fields.
_read_alerted: Callable[..., Alerted] = Alerted
_MESSAGE = (
    Delivery.id, Delivery.person_id, Address.value, Delivery.channel, Person.name, Person.language,
    Delivery.is_first, Delivery.any_hour, Delivery.attempts, Delivery.made_at, Delivery.doubts,
)  # fmt: skip


def still_owed(session: Session, delivery_ids: Collection[UUID]) -> list[tuple[Any, ...]]:
    """Those of some messages that are alerts and still to go, in the order of the fields of a claimed one.

    Not any more: what somebody has dealt with, and whatever is for somebody who left or cannot be reached.
    """
    about = (Alert.kind, Board.id, Board.name, Board.contact_name, Board.contact_email, Board.contact_phone)
    query = (
        select(*_MESSAGE, *about)
        .join(Alert, Alert.delivery_id == Delivery.id)
        .join(Board, Board.id == Alert.board_id)
        .join(Address, Address.id == Delivery.address_id)
        .join(Person, Person.id == Delivery.person_id)
        .where(Delivery.id.in_(delivery_ids), Person.left_at.is_(None), Address.state == AddressState.GOOD)
    )
    found: list[tuple[Any, ...]] = []
    for row in map(tuple, session.execute(query).all()):
        message, what = row[: len(_MESSAGE)], _read_alerted(*row[len(_MESSAGE) :])
        if chore.keys_open(session, CHORES[what.kind], what.board_id):
            found.append((*message, (), what))
    return found


def sweep(session: Session, kind: AlertKind, day: date) -> Counter[tuple[UUID, UUID, DeliveryState]]:
    """Forget the letters of a kind up to a day, but those that are on their way at this moment.

    Tells how many there were, by board, person and what became of them.
    """
    query = select(Delivery.id, Alert.board_id, Delivery.person_id, Delivery.state)
    mine = (Alert.kind == kind, Delivery.local_day <= day, Delivery.state != DeliveryState.SENDING)
    rows = session.execute(
        query.join(Alert, Alert.delivery_id == Delivery.id).where(*mine).with_for_update(of=Delivery)
    ).all()
    ids = [row.id for row in rows]
    session.execute(delete(Alert).where(Alert.delivery_id.in_(ids)))
    session.execute(delete(Delivery).where(Delivery.id.in_(ids)))
    return Counter((row.board_id, row.person_id, row.state) for row in rows)
