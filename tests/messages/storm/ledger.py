"""A ledger of all that the mail server took, whoever sent it, and of channels that break as real ones do."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from messages.letters.message import Message
from messages.sending.channel import DeliveryError
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, MailKind
from store.database import Database, Session
from store.letters.touch import Touch, TouchState
from store.people import person, seat
from store.people.agency import Agency
from store.people.board import Board
from tests.fakes import Letter

REFERENCE = re.compile(r"\[([a-z]+\d*-\d+)\]")


class Part(NamedTuple):
    """One thing in a letter, as the rows told it when it left."""

    touch_id: UUID
    reference: str
    board: str
    agency: str
    rung: str
    role: str
    round: int
    due_on: date
    is_urgent: bool
    is_first: bool
    is_bulletin: bool
    climbed_at: datetime
    state: AskState
    #: The address of whoever the ask rests with; empty where nobody does.
    asked: str

    @property
    def base(self) -> str:
        """The rung without what tells a repeated notice from the first."""
        return self.rung.partition(" ")[0]

    @property
    def is_free(self) -> bool:
        """Whether it is outside the contact budget by rule."""
        return self.is_urgent or self.is_bulletin or self.base == "new_link"


@dataclass(frozen=True)
class Entry:
    """One letter that was taken."""

    number: int
    at: datetime
    address: str
    message_id: UUID
    parts: tuple[Part, ...]
    #: The references that the letter itself names.
    named: frozenset[str]


@dataclass
class Ledger:
    """Every letter in the order in which it was taken."""

    database: Database
    entries: list[Entry] = field(default_factory=list)

    def read(self, message: Message, address: str, now: datetime) -> Entry:
        """A letter, with the rows that stand behind it at this moment."""
        letter = Letter(address, now, message)
        message_id = UUID(str(letter.parsed["Message-ID"]).strip("<>").partition("@")[0])
        parts = self.database.read_now(lambda session: parts_of(session, message_id))
        named = frozenset(REFERENCE.findall(f"{letter.subject}\n{letter.text}"))
        return Entry(-1, now, address, message_id, parts, named)

    def take(self, read: Entry) -> None:
        """Write down that a letter was taken."""
        self.entries.append(replace(read, number=len(self.entries)))


def parts_of(session: Session, message_id: UUID) -> tuple[Part, ...]:
    """What a message carries."""
    rows = (
        session.query(Touch, Ask, Campaign, Agency, Board)
        .join(Ask, Ask.id == Touch.ask_id)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .join(Board, Board.id == Ask.board_id)
        .filter(Touch.delivery_id == message_id, Touch.state == TouchState.TO_SEND)
    )
    return tuple(
        Part(
            touch.id,
            f"{campaign.slug}-{ask.number}",
            board.slug,
            agency.name,
            touch.rung,
            touch.role,
            touch.round,
            ask.due_on,
            campaign.is_urgent,
            touch.is_first,
            campaign.kind is MailKind.SUBSCRIPTION,
            touch.climbed_at,
            ask.state,
            address_of_asked(session, ask),
        )
        for touch, ask, campaign, agency, board in rows
    )


def address_of_asked(session: Session, ask: Ask) -> str:
    """Where a letter to the one who is asked goes now; empty where the seat is vacant."""
    holder = seat.holder(session, ask.seat_id) if ask.seat_id else None
    person_id = ask.delegate_id or (holder.id if holder else None)
    address = person.email_of(session, person_id) if person_id else None
    return address.value if address else ""


class PowerCutError(BaseException):
    """The power goes."""


@dataclass
class Post:
    """A mail server, and the worker's line to it."""

    ledger: Ledger
    clock: Callable[[], datetime]
    #: Address → what it says instead of taking a letter.
    refuses: dict[str, DeliveryError]
    name: str = "email"
    #: Letters after which the power goes; None: it stays.
    dies_after: int | None = None
    #: Whether the last of them was taken before it went.
    takes_last: bool = True
    #: What happens while the next letter is on its way.
    meanwhile: Callable[[], Awaitable[object]] | None = None

    async def send(self, message: Message, address: str) -> str:
        """Take a letter, or break."""
        read = self.ledger.read(message, address, self.clock())
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            await happens()
        if self.dies_after is not None and self.dies_after <= 0:
            raise PowerCutError
        refused = self.refuses.get(address)
        if refused is not None and not refused.doubtful:
            raise refused
        self.dies_after = None if self.dies_after is None else self.dies_after - 1
        if self.dies_after != 0 or self.takes_last:
            self.ledger.take(read)
        if self.dies_after == 0:
            raise PowerCutError
        if refused is not None:
            raise refused
        return "250 2.0.0 taken"

    async def close(self) -> None:
        """Nothing to close."""
