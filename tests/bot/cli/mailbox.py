"""A mail server on loopback that keeps what it takes, or refuses everything."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What came in; `refuses` is the reply to every recipient in place of taking the letter."""

    refuses: str = ""
    letters: list[tuple[str, bytes]] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - the library's name for it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient, or refuse."""
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a letter."""
        assert isinstance(envelope.content, bytes)
        self.letters += [(address, envelope.content) for address in envelope.rcpt_tos]
        return "250 2.0.0 taken as K7"


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[Mailbox]:
    """Run it on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        mailbox.port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
