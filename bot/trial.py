"""The test letter: the first that a new installation sends, by the same way as every later one."""

import time
from dataclasses import dataclass
from datetime import datetime

from messages.letters.identity import Identity
from messages.letters.message import Message
from messages.letters.mime import Envelope, assemble, build_skeleton
from messages.letters.shipped import compile_shipped
from messages.sending.channel import Channel
from messages.writing.variables import greet
from store.base import ordered_id
from store.people.board import Board

#: Seconds within which the server is to have taken it.
PATIENCE = 60.0

SUBJECT = "A test letter from Cascade"
WORDS = """\
This letter shows that Cascade can send from {mailbox}, through {server}.

* Did it land in your inbox, and not among the junk? If not, show it to your mail team: they can say what is
  missing, most often SPF or DKIM for the mailbox's domain.
* Does the name above read as your agencies know your board?

Nothing else has been sent to anybody. Next: bring in your agencies with `cascade import`, then run
`cascade doctor`.
"""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Whoever gets the test letter."""

    name: str
    address: str


async def send_test(
    channel: Channel, identity: Identity, board: Board, to: Newcomer, server: str, now: datetime
) -> str:
    """Send a test letter; gives the server's own words. Raises DeliveryError or LetterError."""
    shipped = compile_shipped(
        SUBJECT,
        WORDS.format(mailbox=identity.mailbox, server=server),
        board=board.name,
        contact_name=board.contact_name,
        contact_email=board.contact_email,
        contact_phone=board.contact_phone,
    )
    letter = shipped.render({"greeting": greet(to.name.split()[0])})
    name = identity.message_id(ordered_id())
    envelope = Envelope(name, now.astimezone(identity.zone), to.name, to.address, identity.mailbox)
    body = assemble(build_skeleton(board.name, identity.mailbox), envelope, letter)
    return await channel.send(Message(identity.mailbox, body, time.monotonic() + PATIENCE), to.address)
