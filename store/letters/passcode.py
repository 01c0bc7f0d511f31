"""Passcode: a letter with six digits to the address on file, which prove that its owner is at the page."""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, Worded
from store.letters.delivery import Delivery, DeliveryState
from store.people.board import Board
from store.people.person import Address, AddressState, Person

#: For so long the digits hold.
LIFE = timedelta(minutes=15)
#: So often they may be typed.
TRIES = 5


class PasscodePurpose(StrEnum):
    """What the digits open."""

    MY = "my"  #: the page of all that a person is asked for
    HAND_OVER = "hand_over"  #: handing one question to somebody outside the agency


class Passcode(Row):
    """One letter with digits, which follow from its identifier and the installation's key: none is kept."""

    __tablename__ = "passcodes"
    __table_args__ = (Index("ix_passcodes_person_made", "person_id", "purpose", "made_at"),)

    #: Random, so that nobody can guess what the digits follow from.
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("deliveries.id"), unique=True)
    #: Whose words the letter is in.
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    purpose: Mapped[PasscodePurpose] = mapped_column(Worded(PasscodePurpose))
    #: What it opens besides, as which question and to whom it is handed; the digits open nothing else.
    about: Mapped[str] = mapped_column(String(400), default="")
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    #: How often it may still be typed.
    tries: Mapped[int] = mapped_column(default=TRIES)
    used_at: Mapped[datetime | None]


class CodeSent(NamedTuple):
    """What the letter of a passcode needs."""

    passcode_id: UUID
    purpose: PasscodePurpose
    about: str
    made_at: datetime
    board_id: UUID
    board: str
    contact_name: str
    contact_email: str
    contact_phone: str


def add(
    session: Session,
    to: Address,
    board_id: UUID,
    purpose: PasscodePurpose,
    about: str,
    now: datetime,
    day: date,
) -> Passcode:
    """Let a letter with digits wait, which goes at once, whatever the hour."""
    made, delivery_id = uuid4(), uuid4()
    session.add(
        Delivery(
            id=delivery_id,
            key=f"passcode:{made.hex}",
            person_id=to.person_id,
            address_id=to.id,
            channel=to.channel,
            # In doubt it goes again while it still opens anything: see `still_owed`.
            is_first=True,
            any_hour=True,
            local_day=day,
            state=DeliveryState.WAITING,
            made_at=now,
            next_try_at=now,
        )
    )
    session.flush()
    row = Passcode(
        id=made,
        person_id=to.person_id,
        delivery_id=delivery_id,
        board_id=board_id,
        purpose=purpose,
        about=about,
        made_at=now,
        expires_at=now + LIFE,
        tries=TRIES,
    )
    session.add(row)
    session.flush()
    return row


def hold(session: Session, person_id: UUID) -> None:
    """Let nobody else ask for a person's digits, or type them, until we commit."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def live(
    session: Session, person_id: UUID, purpose: PasscodePurpose, about: str, now: datetime
) -> list[Passcode]:
    """The letters whose digits still open something, the newest first."""
    query = session.query(Passcode).filter(
        Passcode.person_id == person_id,
        Passcode.purpose == purpose,
        Passcode.about == about,
        Passcode.expires_at > now,
        Passcode.used_at.is_(None),
        Passcode.tries > 0,
    )
    return query.order_by(Passcode.made_at.desc(), Passcode.id).populate_existing().all()


def made_since(session: Session, person_id: UUID, since: datetime) -> int:
    """How many letters with digits were written to a person after a moment, whatever they open."""
    query = select(func.count()).where(Passcode.person_id == person_id, Passcode.made_at > since)
    return session.execute(query).scalar_one()


def spend(session: Session, passcode: Passcode, now: datetime) -> bool:
    """Use digits up; False where somebody else did first."""
    mine = (Passcode.id == passcode.id, Passcode.used_at.is_(None), Passcode.tries > 0)
    used = update(Passcode).where(*mine).values(used_at=now).returning(Passcode.id)
    return session.execute(used, execution_options={"synchronize_session": "fetch"}).first() is not None


def count_try(session: Session, passcodes: Collection[Passcode]) -> None:
    """Count a try in vain against each of some letters."""
    ids = [one.id for one in passcodes]
    tried = update(Passcode).where(Passcode.id.in_(ids)).values(tries=Passcode.tries - 1)
    session.execute(tried, execution_options={"synchronize_session": "fetch"})


#: Rows come as plain tuples, in the order of the fields.
_read_sent: Callable[..., CodeSent] = CodeSent
_MESSAGE = (
    Delivery.id, Delivery.person_id, Address.value, Delivery.channel, Person.name, Person.language,
    Delivery.is_first, Delivery.any_hour, Delivery.attempts, Delivery.made_at, Delivery.doubts,
)  # fmt: skip
_ABOUT = (
    Passcode.id, Passcode.purpose, Passcode.about, Passcode.made_at,
    Board.id, Board.name, Board.contact_name, Board.contact_email, Board.contact_phone,
)  # fmt: skip


def still_owed(session: Session, delivery_ids: Collection[UUID], now: datetime) -> list[tuple[Any, ...]]:
    """Those of some messages that carry digits and are still to go, in the order of a claimed one's fields.

    Not any more: digits that were typed, or hold no longer, and whatever is for somebody who left or cannot
    be reached. So one in doubt goes again only while it opens anything.
    """
    query = (
        select(*_MESSAGE, *_ABOUT)
        .join(Passcode, Passcode.delivery_id == Delivery.id)
        .join(Board, Board.id == Passcode.board_id)
        .join(Address, Address.id == Delivery.address_id)
        .join(Person, Person.id == Delivery.person_id)
        .where(Delivery.id.in_(delivery_ids), Person.left_at.is_(None), Address.state == AddressState.GOOD)
        .where(Passcode.expires_at > now, Passcode.used_at.is_(None))
    )
    rows = [tuple(row) for row in session.execute(query).all()]
    split = len(_MESSAGE)
    return [(*row[:split], (), _read_sent(*row[split:])) for row in rows]
