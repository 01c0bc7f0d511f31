"""Person: someone who can be reached; the same address is the same person."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, Worded, ordered_id


class Person(Row):
    """Someone who can be reached, or a mailbox that several share."""

    __tablename__ = "people"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(12), default="en")
    audience: Mapped[str] = mapped_column(String(40), default="")
    #: The last day of a known absence; None when not known to be away.
    away_until: Mapped[date | None]
    #: When we were told of that absence, or of the first of several without a gap.
    away_since: Mapped[datetime | None]
    #: When we were told that they have left; None while they have not.
    left_at: Mapped[datetime | None]
    #: The weekday on which they like to hear of all that is needed, Monday being 0; None: none chosen.
    digest_day: Mapped[int | None]

    def is_away(self, today: date) -> bool:
        """Whether they are known to be away on a day."""
        return self.away_until is not None and today <= self.away_until


#: Words that tell a mailbox that several share from a person's name.
MAILBOX_WORDS = frozenset(
    (
        *(
            "admin",
            "administration",
            "board",
            "contact",
            "desk",
            "duty",
            "enquiries",
            "hub",
            "inbox",
            "mailbox",
        ),
        *(
            "office",
            "reception",
            "safeguarding",
            "school",
            "secretary",
            "service",
            "services",
            "staff",
            "team",
        ),
        "training",
    )
)


def first_name_of(name: str) -> str:
    """What a letter calls somebody: the first word of their name; empty for a mailbox that several share."""
    words = name.split()
    shared = any(word.casefold().strip(".,") in MAILBOX_WORDS for word in words)
    return words[0] if words and not shared else ""


class AddressState(StrEnum):
    """Whether an address still takes what we send."""

    GOOD = "good"
    BOUNCED = "bounced"  #: it refused for good; nothing more goes there


class Address(Row):
    """One way to reach a person on one channel."""

    __tablename__ = "addresses"
    __table_args__ = (
        UniqueConstraint("channel", "value"),
        # Both columns, or SQLite would sooner walk every address of a channel than look up a person's.
        Index("ix_addresses_person", "person_id", "channel"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[str] = mapped_column(String(20), default="email")
    #: Normalised: lower case, no white space around it.
    value: Mapped[str] = mapped_column(String(320))
    state: Mapped[AddressState] = mapped_column(Worded(AddressState), default=AddressState.GOOD)
    #: Why and when it was marked, in words.
    reason: Mapped[str | None] = mapped_column(String(500))
    marked_at: Mapped[datetime | None]


class Unsubscription(Row):
    """A person's wish to get no subscription mail from a board; task mail is not touched by it."""

    __tablename__ = "unsubscriptions"
    __table_args__ = (UniqueConstraint("board_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


def by_address(session: Session, value: str, channel: str = "email") -> Person | None:
    """The person an address belongs to, if we know it."""
    query = session.query(Person).join(Address, Address.person_id == Person.id)
    return query.filter(Address.channel == channel, Address.value == value.strip().lower()).one_or_none()


def keep(session: Session, name: str, email: str, language: str = "en") -> Person:
    """Find the person with this address, or add them."""
    known = by_address(session, email)
    if known is not None:
        return known
    person = Person(id=ordered_id(), name=name, language=language)
    session.add(person)
    session.flush()
    session.add(Address(person_id=person.id, channel="email", value=email.strip().lower()))
    session.flush()
    return person


def email_of(session: Session, person_id: UUID) -> Address | None:
    """A person's mail address: a good one before one that bounced, the oldest first."""
    query = session.query(Address).filter_by(person_id=person_id, channel="email")
    ranked = sorted(query, key=lambda address: (address.state is not AddressState.GOOD, address.id))
    return ranked[0] if ranked else None


def is_unsubscribed(session: Session, board_id: UUID, person_id: UUID) -> bool:
    """Whether a person asked a board for no subscription mail."""
    query = session.query(Unsubscription).filter_by(board_id=board_id, person_id=person_id)
    return query.first() is not None


def unsubscribe(session: Session, board_id: UUID, person_id: UUID, now: datetime) -> None:
    """Keep a person's wish for no subscription mail from a board."""
    session.add(Unsubscription(id=ordered_id(), board_id=board_id, person_id=person_id, at=now))
    session.flush()


def subscribe(session: Session, board_id: UUID, person_id: UUID) -> None:
    """Take such a wish back."""
    session.query(Unsubscription).filter_by(board_id=board_id, person_id=person_id).delete()
    session.flush()
