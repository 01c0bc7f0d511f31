"""What an SMTP server says, and what a refusal means for the letter."""

import re
from typing import Literal, NamedTuple

from messages.sending.channel import DeliveryError

Stage = Literal["RSET", "MAIL", "RCPT", "DATA", "DOT", "LONE DOT"]

CLOSING = 421
GO_AHEAD = 354

_LONGEST_REPLY = 64 * 1024
_LONGEST_TEXT = 400
_STATUS = re.compile(r"[245]\.(\d{1,3})\.(\d{1,3})\b")
# RFC 5321 4.2.2: the mailbox is busy, unavailable, not local, full, or its name is not allowed.
_MAILBOX_CODES = frozenset({450, 550, 551, 552, 553})
# RFC 3463 3.2 and 3.3: these are about the sender's address, or about this letter's length.
_NOT_THE_RECIPIENT = frozenset({(1, 7), (1, 8), (2, 3)})
# Exchange Online's answer for a mailbox that does not exist.
_EXCHANGE_UNKNOWN_RECIPIENT = (4, 1)
# RFC 4954 section 6: log in first, log in again, use encryption. Our settings are wrong, not the letter.
_LOGIN_CODES = frozenset({530, 534, 535, 538})


class UnreadableReplyError(Exception):
    """The server said something that is not an SMTP reply, so that later replies cannot be told apart."""


class Reply(NamedTuple):
    """One whole reply: the code, and the text of all its lines as received."""

    code: int
    text: bytes

    def __str__(self) -> str:
        return one_line(f"{self.code} {self.text.decode('utf-8', 'replace')}")


def one_line(text: str) -> str:
    """Bring text from outside onto one short line without control characters."""
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(text.split())[:_LONGEST_TEXT]


class ReplyReader:
    """Cuts a stream of bytes into replies, however the network may have split it."""

    __slots__ = ("_held", "_parts", "_rest")

    def __init__(self) -> None:
        self._rest = b""
        self._parts: list[bytes] = []
        self._held = 0

    def read(self, chunk: bytes) -> list[Reply]:
        """Take in the next bytes and return the replies they complete; UnreadableReplyError on nonsense."""
        lines = (self._rest + chunk).split(b"\n") if self._rest else chunk.split(b"\n")
        self._rest = lines.pop()
        replies = []
        for line in lines:
            code, mark, text = line[:3], line[3:4], line[4:].rstrip()
            if not (code.isdigit() and b"200" <= code <= b"599" and len(code) == 3 and mark in b" -\r"):
                raise UnreadableReplyError(one_line(line[:80].decode("utf-8", "replace")))
            if mark == b"-":
                self._parts.append(text)
                self._held += len(text) + 1
            elif self._parts:
                replies.append(Reply(int(code), b" ".join((*self._parts, text))))
                self._parts.clear()
                self._held = 0
            else:
                replies.append(Reply(int(code), text))
        if self._held + len(self._rest) > _LONGEST_REPLY:
            raise UnreadableReplyError("a reply without end")
        return replies


def fits(stage: Stage, reply: Reply) -> bool:
    """Tell whether the reply is an answer to this command at all; only DATA is answered by 354."""
    return reply.code >= 400 or (reply.code == GO_AHEAD if stage == "DATA" else reply.code < 300)


def refused(stage: Stage, reply: Reply) -> DeliveryError:
    """Say what a reply that is not an acceptance means for the letter it answers.

    5xx is permanent, unless the server asks for a login, which no other letter could do better. RFC 3463's
    enhanced status, where given, tells a bad address from a policy or a fault; else RFC 5321's code does.
    """
    text = str(reply)
    permanent = reply.code >= 500 and reply.code not in _LOGIN_CODES
    return DeliveryError(
        text, permanent=permanent, about_address=_concerns_recipient(stage, reply.code, text)
    )


def _concerns_recipient(stage: Stage, code: int, text: str) -> bool:
    if stage not in ("RCPT", "DOT") or code in _LOGIN_CODES:
        return False
    status = _STATUS.match(text, 4)
    if status is None:
        return stage == "RCPT" and code in _MAILBOX_CODES
    subject = (int(status[1]), int(status[2]))
    if stage == "RCPT" and code == 550 and subject == _EXCHANGE_UNKNOWN_RECIPIENT:
        return True
    return subject[0] in (1, 2) and subject not in _NOT_THE_RECIPIENT
