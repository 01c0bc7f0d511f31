"""Alert: a letter that says only that something waits, to somebody who is asked nothing."""

from collections import Counter
from collections.abc import Callable, Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, ForeignKey, Select, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from store import chore
from store.base import Row, Worded, insert_unless_there
from store.chore import ChoreKind
from store.letters.delivery import Delivery, DeliveryState
from store.people import board
from store.people.board import Board
from store.people.person import Address, AddressState, Person


class AlertKind(StrEnum):
    """What waits."""

    WISH = "wish"  #: somebody wishes to be contacted
    WORDS = "words"  #: families wrote something that nobody has read yet
    SHUT = "shut"  #: a survey of families is shut to them
    NON_RETURNS = "non_returns"  #: a list of what is missing was published


#: The chores that an alert goes with: once a board has none of them left, the letter is not owed any more.
CHORES = {
    AlertKind.WISH: ChoreKind.CONTACT,
    AlertKind.WORDS: ChoreKind.WORDS,
    AlertKind.SHUT: ChoreKind.STAND_BY,
    AlertKind.NON_RETURNS: ChoreKind.NON_RETURNS,
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
    #: What commands call the board where there are several; else empty.
    slug: str = ""


class Missed(NamedTuple):
    """A letter that did not go, or not yet, with whom it was to."""

    letter: Delivery
    kind: AlertKind
    board_id: UUID
    address: Address
    name: str


class Told(NamedTuple):
    """So many letters of a kind on a day, and what became of them."""

    kind: AlertKind
    day: date
    state: DeliveryState
    number: int


#: In these states a letter has gone, or may have.
GONE = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.DOUBTFUL)
#: In these it has not arrived, or nobody can tell.
NOT_GONE = (DeliveryState.WAITING, DeliveryState.REFUSED, DeliveryState.DOUBTFUL)


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


def find_waiting(session: Session, kind: AlertKind, board_id: UUID, person_id: UUID) -> Delivery | None:
    """The letter of this kind to a person that waits to go, the first of them."""
    query = _letters(kind, board_id, person_id).where(Delivery.state == DeliveryState.WAITING)
    return session.execute(query.order_by(Delivery.next_try_at).limit(1)).scalar_one_or_none()


def find_gone(session: Session, kind: AlertKind, board_id: UUID, person_id: UUID) -> datetime | None:
    """When the latest letter of this kind to a person went, or may have gone; None where none did."""
    query = _letters(kind, board_id, person_id).where(Delivery.state.in_(GONE))
    found = session.execute(query).scalars()
    return max((one.sent_at or one.doubted_at or one.next_try_at for one in found), default=None)


def _letters(kind: AlertKind, board_id: UUID, person_id: UUID) -> Select[Delivery]:
    query = select(Delivery).join(Alert, Alert.delivery_id == Delivery.id)
    return query.where(Alert.kind == kind, Alert.board_id == board_id, Delivery.person_id == person_id)


def bring_forward(session: Session, letter: Delivery, at: datetime) -> None:
    """Let a letter that still waits go at a moment, whatever the hour."""
    waits = (Delivery.id == letter.id, Delivery.state == DeliveryState.WAITING)
    session.execute(update(Delivery).where(*waits).values(next_try_at=at, any_hour=True))


def give_up(session: Session, delivery_id: UUID) -> None:
    """Let a letter that still waits never go."""
    waits = (Delivery.id == delivery_id, Delivery.state == DeliveryState.WAITING)
    session.execute(update(Delivery).where(*waits).values(state=DeliveryState.DROPPED))


def is_alert(session: Session, delivery_id: UUID) -> bool:
    """Whether a message is an alert."""
    return session.get(Alert, delivery_id) is not None


def missed(session: Session, delivery_ids: Collection[UUID]) -> list[Missed]:
    """The alerts among messages that did not go, and those that wait for an address that refused them."""
    tried = select(Delivery.address_id).where(Delivery.id.in_(delivery_ids))
    here = Delivery.id.in_(delivery_ids) & Delivery.state.in_(NOT_GONE)
    stuck = Delivery.address_id.in_(tried) & (Address.state == AddressState.BOUNCED)
    query = (
        select(Delivery, Alert.kind, Alert.board_id, Address, Person.name)
        .join(Alert, Alert.delivery_id == Delivery.id)
        .join(Address, Address.id == Delivery.address_id)
        .join(Person, Person.id == Delivery.person_id)
        .where(here | (stuck & (Delivery.state == DeliveryState.WAITING)))
        .order_by(Delivery.id)
    )
    # Settling them has passed by whatever the session holds of them.
    fresh = query.execution_options(populate_existing=True)
    return [Missed(*row) for row in session.execute(fresh)]


def arrived(session: Session, delivery_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Each board with every address of those whom an alert of its own reached, among some messages."""
    query = (
        select(Alert.board_id, Address.id)
        .join(Delivery, Delivery.id == Alert.delivery_id)
        .join(Address, Address.person_id == Delivery.person_id)
        .where(Delivery.id.in_(delivery_ids), Delivery.state == DeliveryState.SENT)
    )
    return [(board_id, address_id) for board_id, address_id in session.execute(query)]


def of_person(session: Session, person_id: UUID) -> list[Told]:
    """The letters to a person that no night has forgotten yet, by day, kind and what became of them."""
    return _told(session, Delivery.person_id == person_id)


def of_board(session: Session, board_id: UUID) -> list[Told]:
    """As `of_person`, of everybody whom a board told."""
    return _told(session, Alert.board_id == board_id)


def _told(session: Session, whose: ColumnElement[bool]) -> list[Told]:
    query = (
        select(Alert.kind, Delivery.local_day, Delivery.state, func.count())
        .join(Alert, Alert.delivery_id == Delivery.id)
        .where(whose)
        .group_by(Alert.kind, Delivery.local_day, Delivery.state)
        .order_by(Delivery.local_day, Alert.kind, Delivery.state)
    )
    return [Told(*row) for row in session.execute(query)]


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
            slug = board.slug_to_say(session, what.board_id)
            found.append((*message, (), what._replace(slug=slug)))
    return found


class Swept(NamedTuple):
    """Letters that were forgotten: how many, to whom, and what became of them."""

    board_id: UUID
    person_id: UUID
    address_id: UUID
    state: DeliveryState
    number: int


def sweep(session: Session, kind: AlertKind, day: date, kept: Collection[DeliveryState]) -> list[Swept]:
    """Forget the letters of a kind up to a day, but those in some states; tells what there was."""
    query = select(Delivery.id, Alert.board_id, Delivery.person_id, Delivery.address_id, Delivery.state).join(
        Alert, Alert.delivery_id == Delivery.id
    )
    mine = (Alert.kind == kind, Delivery.local_day <= day, Delivery.state.not_in(kept))
    rows = session.execute(query.where(*mine).with_for_update(of=Delivery)).all()
    ids = [row.id for row in rows]
    session.execute(delete(Alert).where(Alert.delivery_id.in_(ids)))
    session.execute(delete(Delivery).where(Delivery.id.in_(ids)))
    counted = Counter((row.board_id, row.person_id, row.address_id, row.state) for row in rows)
    return [Swept(*whose, number) for whose, number in sorted(counted.items())]
