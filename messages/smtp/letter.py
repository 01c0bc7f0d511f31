"""A letter on its way: the commands and bytes that hand it over, and the caller who waits."""

import asyncio
import re
import time
from collections.abc import Container

from messages.letters.message import Message
from messages.sending.channel import DeliveryError

# No character that could end a command early or start another, and no half of a character.
_ADDRESS = re.compile(r"[^\s<>\x00-\x20\x7f-\x9f\ud800-\udfff]+@[^\s<>@\x00-\x20\x7f-\x9f\ud800-\udfff]+")
_LONGEST_ADDRESS = 254


class Letter:
    """One message to one address, until its caller is told what became of it."""

    __slots__ = ("address", "commands", "done", "dotted", "message", "refusal")

    def __init__(self, message: Message, address: str, done: asyncio.Future[str]) -> None:
        self.message = message
        self.address = address
        self.done = done
        self.commands: tuple[bytes, bytes, bytes] = (b"", b"", b"")
        self.dotted = False
        self.refusal: DeliveryError | None = None

    def address_it(self, offers: Container[str]) -> None:
        """Prepare the envelope for a server with these extensions; DeliveryError if it cannot carry it."""
        sender = self.message.sender
        ascii_only = sender.isascii() and self.address.isascii()
        if not ascii_only and "smtputf8" not in offers:
            raise DeliveryError(
                "the mail server takes only addresses in plain ASCII (no SMTPUTF8)",
                permanent=True,
                about_address=not self.address.isascii(),
            )
        options = f" SIZE={len(self.message.body)}" if "size" in offers else ""
        if not self.message.body.isascii() and "8bitmime" in offers:
            options += " BODY=8BITMIME"
        if not ascii_only:
            options += " SMTPUTF8"
        self.commands = (
            f"MAIL FROM:<{sender}>{options}\r\n".encode(),
            f"RCPT TO:<{self.address}>\r\n".encode(),
            b"DATA\r\n",
        )

    @property
    def is_wanted(self) -> bool:
        """Whether anybody still waits for it and its lease has not ended."""
        return not self.done.done() and time.monotonic() < self.message.deadline

    def accept(self, reference: str) -> None:
        """Tell the caller that the server has taken the letter."""
        if not self.done.done():
            self.done.set_result(reference)

    def fail(self, error: DeliveryError) -> None:
        """Tell the caller that it was not taken, or may not have been."""
        if not self.done.done():
            self.done.set_exception(error)

    def expire(self) -> None:
        """Tell the caller that the lease ended with nothing of the content sent."""
        self.fail(DeliveryError("lease ended before sending"))

    def lose(self, reason: str) -> None:
        """Tell the caller that the connection ended under the letter; doubtful once its dot was written."""
        self.fail(DeliveryError(reason, doubtful=self.dotted))


def check_addresses(sender: str, address: str) -> None:
    """Raise a permanent DeliveryError for an address that could smuggle in a command; no sender is fine."""
    if len(address) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise DeliveryError(
            f"{address[:80]!r} is not an address that mail can go to; correct it in the directory",
            permanent=True,
            about_address=True,
        )
    if sender and (len(sender) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(sender)):
        raise DeliveryError(
            f"{sender[:80]!r} cannot be an envelope sender; check the settings", permanent=True
        )


def seal(body: bytes, *, is_wire: bool = False) -> bytes:
    """Return the body as it goes over the wire: CRLF line ends, dots stuffed, the final dot behind.

    A bare CR or LF is made a line end, since servers disagree about it and a lone dot between two such would
    let text pass itself off as commands (RFC 5321 2.3.8 and 4.5.2).
    """
    if not (is_wire or _has_whole_ends(body)):
        body = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")
    if b"\r\n." in body:
        body = body.replace(b"\r\n.", b"\r\n..")
    if body.startswith(b"."):
        body = b"." + body
    return body + b".\r\n" if body.endswith(b"\r\n") else body + b"\r\n.\r\n"


def _has_whole_ends(body: bytes) -> bool:
    ends = body.count(b"\r\n")
    return body.count(b"\n") == ends and body.count(b"\r") == ends
