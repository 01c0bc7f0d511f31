"""One composed letter, ready for the wire."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A whole letter and the moment after which it may no longer be sent.

    ``sender`` is the envelope sender. ``body`` is the complete RFC 5322 message with CRLF line ends and
    without dot-stuffing. ``deadline`` is a ``time.monotonic()`` value in seconds: once it has passed, none
    of the body may reach the server, because another worker may by then have taken the letter over.
    """

    sender: str
    body: bytes
    deadline: float
