"""Fakes that record into lists, written once."""

import email
import email.policy
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

from messages.letters.message import Message
from messages.sending.channel import DeliveryError


@dataclass
class Letter:
    """One letter that a channel took."""

    address: str
    at: datetime | None
    message: Message

    @property
    def parsed(self) -> EmailMessage:
        """The letter as a mail program reads it."""
        read = email.message_from_bytes(self.message.body, policy=email.policy.default)
        assert isinstance(read, EmailMessage)
        return read

    @property
    def subject(self) -> str:
        """Its subject."""
        return str(self.parsed["Subject"])

    @property
    def text(self) -> str:
        """Its plain-text twin."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """Its page."""
        return self._body("html")

    def _body(self, kind: str) -> str:
        part = self.parsed.get_body((kind,))
        assert part is not None
        return str(part.get_content())


@dataclass
class FakeChannel:
    """A channel that takes everything, or refuses what it was told to refuse."""

    name: str = "email"
    sent: list[Letter] = field(default_factory=list)
    #: Address → the error to raise for it.
    refuses: dict[str, DeliveryError] = field(default_factory=dict)
    #: Every address tried, and when.
    tries: list[tuple[str, datetime | None]] = field(default_factory=list)
    now: datetime | None = None

    async def send(self, message: Message, address: str) -> str:
        """Record a letter."""
        self.tries.append((address, self.now))
        if address in self.refuses:
            raise self.refuses[address]
        self.sent.append(Letter(address, self.now, message))
        return "250 2.0.0 taken"

    async def close(self) -> None:
        """Nothing to close."""

    def to(self, start: str) -> list[Letter]:
        """The letters to addresses that begin so."""
        return [letter for letter in self.sent if letter.address.startswith(start)]
