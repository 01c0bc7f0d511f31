"""One composed letter, ready for the wire."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A whole letter and the moment after which it may no longer be sent.

    ``sender`` is the envelope sender. ``body`` is the complete RFC 5322 message with CRLF line ends and
    without dot-stuffing. ``deadline`` is a ``time.monotonic()`` value in seconds: once it has passed, none
    of the body may reach the server, because another worker may by then have taken the letter over.
    ``is_wire`` is the composer's word that every line of the body ends in CRLF with no bare CR or LF in it,
    so that it need not be looked through again.
    """

    sender: str
    body: bytes
    deadline: float
    is_wire: bool = False
