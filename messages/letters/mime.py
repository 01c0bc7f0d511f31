"""MIME: a letter's headers and bodies as bytes, prepared once and spliced for each reader."""

import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr
from functools import lru_cache
from hashlib import blake2s
from typing import NamedTuple

from messages.letters.render import Rendered
from messages.writing.expressions import LetterError
from messages.writing.pieces import clean

_LINE = 76
_LONGEST_ADDRESS = 254
_PLAIN = re.compile(r"(?!From |\.)[!-<>-~](?:[ -<>-~]{0,73}[!-<>-~])?")
#: One long word without '=', as a link is: it needs soft breaks and nothing else.
_WORD = re.compile(r"[!-<>-~]+")
_LINE_START = re.compile(rb"^(?:\.+|F(?=rom ))", re.MULTILINE)
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+|[A-Za-z0-9.-]+@\[[0-9A-Fa-f:.]+\]")
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
_LINK = re.compile(r"https?://[!-;=?-~]+")


class Envelope(NamedTuple):
    """What differs in one letter's headers. Addresses are bare; ``unsubscribe`` is a web link.

    ``message_id`` and ``in_reply_to`` have their angle brackets. ``unsubscribe`` belongs to subscription mail
    and turns on one-click unsubscribing (RFC 8058).
    """

    message_id: str
    date: datetime
    to_name: str
    to_address: str
    reply_to: str
    in_reply_to: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class MimeSkeleton:
    """The header lines that every letter of one kind shares."""

    headers: bytes


def build_skeleton(from_name: str, from_address: str, language: str = "en-GB") -> MimeSkeleton:
    """Prepare the shared headers; raise LetterError if the sender's address cannot stand in a header.

    The letters say of themselves that no person typed them (RFC 3834), and ask for no automatic reply.
    """
    if not re.fullmatch(r"[A-Za-z0-9-]+", language):
        raise LetterError(f"'{language}' is no language tag")
    return MimeSkeleton(
        _mailbox("From", from_name, from_address)
        + b"Auto-Submitted: auto-generated\r\n"
        + b"X-Auto-Response-Suppress: OOF, AutoReply\r\n"
        + f"Content-Language: {language}\r\n".encode()
        + b"MIME-Version: 1.0\r\n"
    )


def assemble(skeleton: MimeSkeleton, envelope: Envelope, rendered: Rendered) -> bytes:
    """Give the whole letter with CRLF line ends, in ASCII, no line over 76 but for long addresses.

    The boundary holds '=_', which quoted-printable text cannot hold, so no body can end itself early. It
    follows from the Message-ID: the same letter assembled again is the same letter to the byte.
    """
    boundary = (
        b"=_" + blake2s(envelope.message_id.encode("utf-8", "replace"), digest_size=12).hexdigest().encode()
    )
    part = b"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return b"".join(
        (
            skeleton.headers,
            _letter_headers(envelope),
            encode_subject(rendered.subject),
            b'Content-Type: multipart/alternative; boundary="' + boundary + b'"\r\n\r\n--' + boundary,
            b'\r\nContent-Type: text/plain; charset="utf-8"' + part,
            encode_body(rendered.text_pieces),
            b"\r\n--" + boundary,
            b'\r\nContent-Type: text/html; charset="utf-8"' + part,
            encode_body(rendered.html_pieces),
            b"\r\n--" + boundary + b"--\r\n",
        )
    )


def encode_body(pieces: Sequence[str]) -> bytes:
    """Encode pieces as one quoted-printable body of exactly their text, line ends becoming CRLF.

    Each piece starts a line of its own, with a soft break before it that vanishes in decoding. So a piece
    that many letters share is encoded once, and what comes out does not depend on its neighbours. A CR at the
    end of one piece and an LF at the start of the next are two line ends.
    """
    return b"".join(map(_encode_piece, pieces))


@lru_cache(maxsize=4096)
def _encode_piece(piece: str) -> bytes:
    if _PLAIN.fullmatch(piece):
        return f"{piece}=\r\n".encode()
    if _WORD.fullmatch(piece):
        lines = [piece[at : at + _LINE - 1] for at in range(0, len(piece), _LINE - 1)]
        if not any(line.startswith(".") for line in lines):
            return ("=\r\n".join(lines) + "=\r\n").encode()
    plain = piece.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    # b2a_qp ends its soft breaks as it finds the first line ended: here always by a bare LF.
    encoded = binascii.b2a_qp(plain, istext=True)
    encoded = _LINE_START.sub(_guard_line_start, encoded)
    if encoded and not encoded.endswith(b"\n"):
        encoded = _make_room(encoded) + b"=\n"
    return encoded.replace(b"\n", b"\r\n")


def _guard_line_start(found: re.Match[bytes]) -> bytes:
    """Keep a leading dot from a careless relay, and a leading 'From ' from mbox files, by shorter lines."""
    start = found.group()
    return b"F=\n" if start == b"F" else b"=2E=\n" * len(start)


def _make_room(encoded: bytes) -> bytes:
    """Break the last line if a soft break at its end would make it too long."""
    start = encoded.rfind(b"\n") + 1
    if len(encoded) - start < _LINE:
        return encoded
    at = start + _LINE - 6
    while b"=" in encoded[at - 2 : at]:
        at -= 1
    return encoded[:at] + b"=\n" + encoded[at:]


@lru_cache(maxsize=1024)
def encode_subject(subject: str) -> bytes:
    """Give the Subject header with its line end; no text can end the line and begin another header."""
    head, space, tail = clean(subject).rpartition(" ")
    if not space or head != head.rstrip() or not re.fullmatch(r"[!-<>-~]+", tail):
        return _subject(head + space + tail) + b"\r\n"
    # Letters of one kind share all but the last word, their reference: the rest is encoded once.
    line = _subject(head)
    fits = len(line) - line.rfind(b"\n") + len(tail) <= _LINE
    return line + (b" " if fits else b"\r\n ") + tail.encode() + b"\r\n"


@lru_cache(maxsize=1024)
def _subject(text: str) -> bytes:
    if _fits("Subject", text):
        return f"Subject: {text}".encode()
    return f"Subject: {_encode_words('Subject', text)}".encode()


def _letter_headers(envelope: Envelope) -> bytes:
    lines = [
        _mailbox("To", envelope.to_name, envelope.to_address),
        _checked("Reply-To", envelope.reply_to, _ADDRESS),
        _date(envelope.date),
        _checked("Message-ID", envelope.message_id, _MESSAGE_ID),
    ]
    if envelope.in_reply_to:
        lines += [
            _checked("In-Reply-To", envelope.in_reply_to, _MESSAGE_ID),
            _checked("References", envelope.in_reply_to, _MESSAGE_ID),
        ]
    if envelope.unsubscribe:
        if not _LINK.fullmatch(envelope.unsubscribe):
            raise LetterError(f"'{clean(envelope.unsubscribe)}' is no link to unsubscribe with")
        lines += [
            f"List-Unsubscribe: <{envelope.unsubscribe}>\r\n".encode(),
            b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        ]
    return b"".join(lines)


@lru_cache(maxsize=1024)
def _mailbox(name: str, display: str, address: str) -> bytes:
    if not _ADDRESS.fullmatch(address) or len(address) > _LONGEST_ADDRESS:
        raise LetterError(f"'{clean(address)}' is no address that mail can be sent to")
    display = clean(display)
    if _fits(name, display):
        line = f"{name}: {formataddr((display, address))}\r\n"
        longest = _LINE + len("\r\n")
        return (line if len(line) <= longest else "\r\n <".join(line.rsplit(" <", 1))).encode()
    return f"{name}: {_encode_words(name, display)}\r\n <{address}>\r\n".encode()


def _fits(name: str, text: str) -> bool:
    """Tell whether a text can stand in a header as it is: short, ASCII, and unlike an encoded word."""
    return text.isascii() and "=?" not in text and len(name) + 2 + len(text) <= _LINE


def _encode_words(name: str, text: str) -> str:
    return Header(text, "utf-8", _LINE, name).encode(linesep="\r\n")


@lru_cache(maxsize=64)
def _date(moment: datetime) -> bytes:
    return f"Date: {format_datetime(moment)}\r\n".encode()


def _checked(name: str, value: str, pattern: re.Pattern[str]) -> bytes:
    if not pattern.fullmatch(value):
        raise LetterError(f"'{clean(value)}' cannot stand in the header {name}")
    return f"{name}: {value}\r\n".encode()
