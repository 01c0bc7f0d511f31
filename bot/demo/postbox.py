"""Postbox: the demonstration's own mail server on loopback, and every letter it took."""

import asyncio
import email
import email.policy
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as it came over the wire."""

    number: int
    at: datetime
    address: str
    raw: bytes

    @property
    def parsed(self) -> EmailMessage:
        """The letter as a mail program reads it."""
        read = email.message_from_bytes(self.raw, policy=email.policy.default)
        if not isinstance(read, EmailMessage):
            raise TypeError("the default policy makes EmailMessage")
        return read

    @property
    def subject(self) -> str:
        """Its subject."""
        return str(self.parsed["Subject"])

    @property
    def name(self) -> str:
        """Whom it is addressed to, by name."""
        return self.parsed["To"].addresses[0].display_name or self.address

    def body(self, kind: str) -> str:
        """One of its two bodies: 'plain' or 'html'."""
        part = self.parsed.get_body((kind,))
        return str(part.get_content()) if part is not None else ""


@dataclass  # without slots: aiosmtpd looks at every attribute, and early Python 3.11 trips over __weakref__
class Postbox:
    """A mail server that keeps what it takes, stamped with the demonstration's time."""

    #: Set by whoever moves the clock.
    moment: datetime
    letters: list[Letter] = field(default_factory=list)
    port: int = 0
    _server: asyncio.Server | None = None

    async def open(self) -> None:
        """Listen on a free port of this machine."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: SMTP(self, ident="demonstration"), "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep one letter, then say so: aiosmtpd calls this by its name."""
        content = envelope.content
        raw = content if isinstance(content, bytes) else (content or "").encode()
        for address in envelope.rcpt_tos:
            self.letters.append(Letter(len(self.letters) + 1, self.moment, address, raw))
        return "250 2.0.0 kept"

    def to(self, address: str) -> list[Letter]:
        """The letters to one address, oldest first."""
        return [letter for letter in self.letters if letter.address == address]
