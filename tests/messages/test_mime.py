"""A letter on the wire: exact, clean for every relay, and closed to header injection."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from messages.letters.mime import Envelope, assemble, build_skeleton, encode_body, encode_subject
from messages.letters.render import Rendered
from messages.writing.expressions import LetterError
from messages.writing.pieces import clean

SKELETON = build_skeleton("West Berkshire Board", "cascade@board.example.org")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def envelope(to_name: str = "Priya Nair", **fields: str) -> Envelope:
    usual = {
        "message_id": "<d1.a7@board.example.org>",
        "to_address": "priya.nair@school.example",
        "reply_to": "cascade+k5@board.example.org",
    }
    return Envelope(date=NOON, to_name=to_name, **(usual | fields))


def letter(
    subject: str = "Hello", text: Iterable[str] = ("text",), html: Iterable[str] = ("<p>html</p>",)
) -> Rendered:
    return Rendered(subject, tuple(text), tuple(html))


def read(raw: bytes) -> EmailMessage:
    parsed = message_from_bytes(raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    assert [part.defects for part in parsed.walk()] == [[]] * len(list(parsed.walk()))
    return parsed


def named(raw: bytes) -> tuple[str, str]:
    """The reader's name and address. The newer parser adds a space between two encoded words of a name."""
    phrase, address = parseaddr(message_from_bytes(raw)["To"])
    return str(make_header(decode_header(phrase))), address


def bodies(parsed: EmailMessage) -> list[str]:
    raw = [part.get_payload(decode=True) for part in parsed.iter_parts()]
    return [part.decode() for part in raw if isinstance(part, bytes)]


def on_the_wire(pieces: Iterable[str]) -> str:
    """What an exact letter holds: every line end a CRLF, each piece on its own."""
    return "".join(re.sub(r"\r\n|\r|\n", "\r\n", piece) for piece in pieces)


TEXTS = st.lists(
    st.text()
    | st.text(alphabet="=. \t\r\nFrom-é", max_size=200)
    | st.sampled_from(
        ["From ", "..", "a" * 75, "a" * 76, "a" * 77, "é" * 40, "x" * 75 + " ", "--=_", "\n.\n"]
    ),
    max_size=6,
)


@given(TEXTS, TEXTS)
@example(["a" * 75, "b" * 76], ["." * 200])
@example(["x" + "=" * 25, "xx" + "=" * 24 + "x"], ["=" * 25 + "x", "é" * 40])
def test_bodies_come_back_exactly_as_they_were_rendered(text: list[str], html: list[str]) -> None:
    parsed = read(assemble(SKELETON, envelope(), letter(text=text, html=html)))
    assert bodies(parsed) == [on_the_wire(text), on_the_wire(html)]


@given(TEXTS)
def test_body_lines_are_short_ascii_and_safe_from_careless_relays(pieces: list[str]) -> None:
    encoded = encode_body(pieces)
    lines = encoded.split(b"\r\n")
    assert encoded.isascii()
    assert b"\r" not in encoded.replace(b"\r\n", b"")
    assert b"\n" not in encoded.replace(b"\r\n", b"")
    assert all(len(line) <= 76 for line in lines)
    assert not any(
        line.startswith((b".", b"From ", b"--=_")) or line.endswith((b" ", b"\t")) for line in lines
    )


@given(st.text(max_size=120), st.text(max_size=200))
@example("=?utf-8?q?Jo?=", "=?utf-8?b?SGk=?=")
@example('Nair, "Priya" <x@evil.example>', "Bcc: all@evil.example")
@example("Jo\r\nBcc: all@evil.example", "Hi\r\n\r\nbody")
@example("\x08\r0", "\x00 \u202e\n x")
@example("Zoë " * 30, "ÄÖÜ " * 50)
def test_any_name_and_subject_comes_back_as_it_was(name: str, subject: str) -> None:
    raw = assemble(SKELETON, envelope(to_name=name), letter(subject=subject))
    parsed = read(raw)
    assert str(parsed["Subject"]) == clean(subject)
    assert named(raw) == (clean(name), "priya.nair@school.example")
    assert sorted(set(parsed.keys())) == sorted(parsed.keys())
    assert "Bcc" not in parsed


@given(st.text(max_size=120), st.text(max_size=200))
@example("a" * 120, "plain words " * 16)
def test_header_lines_stay_short(name: str, subject: str) -> None:
    head = assemble(SKELETON, envelope(to_name=name), letter(subject=subject)).partition(b"\r\n\r\n")[0]
    assert head.isascii()
    assert max(map(len, head.split(b"\r\n"))) <= 90


def test_every_letter_says_that_a_program_wrote_it() -> None:
    parsed = read(assemble(SKELETON, envelope(), letter()))
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert parsed["From"] == "West Berkshire Board <cascade@board.example.org>"
    assert parsed["Reply-To"] == "cascade+k5@board.example.org"
    assert parsed["Message-ID"] == "<d1.a7@board.example.org>"
    assert parsed["Date"].datetime == NOON
    assert [part.get_content_type() for part in parsed.iter_parts()] == ["text/plain", "text/html"]


def test_only_subscription_mail_can_be_left_with_one_click() -> None:
    assert "List-Unsubscribe" not in read(assemble(SKELETON, envelope(), letter()))
    left = read(assemble(SKELETON, envelope(unsubscribe="https://cascade.example.org/u/abc"), letter()))
    assert left["List-Unsubscribe"] == "<https://cascade.example.org/u/abc>"
    assert left["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_reminder_joins_the_thread_of_the_first_letter() -> None:
    parsed = read(assemble(SKELETON, envelope(in_reply_to="<first@board.example.org>"), letter()))
    assert parsed["In-Reply-To"] == parsed["References"] == "<first@board.example.org>"


def test_a_body_that_quotes_the_boundary_does_not_end_itself() -> None:
    boundary = read(assemble(SKELETON, envelope(), letter())).get_boundary()
    text = f"before\r\n--{boundary}--\r\nafter"
    assert bodies(read(assemble(SKELETON, envelope(), letter(text=[text])))) == [text, "<p>html</p>"]


def test_the_same_letter_is_the_same_to_the_byte() -> None:
    first = assemble(SKELETON, envelope(), letter())
    assert first == assemble(SKELETON, envelope(), letter())
    assert first != assemble(SKELETON, envelope(message_id="<d2@board.example.org>"), letter())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("to_address", "priya@school.example\r\nBcc: x@evil.example"),
        ("to_address", "priya"),
        ("to_address", "prïya@school.example"),
        ("reply_to", "a@b.example>\r\nX: y"),
        ("message_id", "<a@b.example>\r\nX: y"),
        ("message_id", "no-brackets@b.example"),
        ("in_reply_to", "<a b@c.example>"),
        ("unsubscribe", "https://x.example/\r\nX: y"),
        ("unsubscribe", "javascript:alert(1)"),
    ],
)
def test_a_field_that_would_break_its_header_is_refused(field: str, value: str) -> None:
    with pytest.raises(LetterError):
        assemble(SKELETON, envelope(**{field: value}), letter())


def test_a_plain_subject_stays_readable_in_the_raw_letter() -> None:
    assert encode_subject("Learning from Wren [WREN/OX7]") == b"Subject: Learning from Wren [WREN/OX7]\r\n"


def test_a_sender_that_is_no_address_is_refused_before_any_letter() -> None:
    with pytest.raises(LetterError, match="no address"):
        build_skeleton("Board", "cascade at example.org")
    with pytest.raises(LetterError, match="language"):
        build_skeleton("Board", "cascade@board.example.org", "en\r\nX: y")
