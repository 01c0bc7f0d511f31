"""Replies are read whole however they arrive, and refusals are understood."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.smtp.replies import Reply, ReplyReader, Stage, UnreadableReplyError, fits, one_line, refused

STREAM = b"250-mx.example\r\n250-PIPELINING\r\n250 SIZE 100\r\n354 go\r\n250\r\n250 2.0.0 Ok: queued as 1\r\n"
REPLIES = [
    Reply(250, b"mx.example PIPELINING SIZE 100"),
    Reply(354, b"go"),
    Reply(250, b""),
    Reply(250, b"2.0.0 Ok: queued as 1"),
]


@given(st.lists(st.integers(0, len(STREAM)), max_size=8))
def test_replies_split_anywhere_read_the_same(cuts: list[int]) -> None:
    reader, replies = ReplyReader(), []
    edges = [0, *sorted(cuts), len(STREAM)]
    for start, end in pairwise(edges):
        replies += reader.read(STREAM[start:end])
    assert replies == REPLIES


def test_replies_arriving_byte_by_byte_read_the_same() -> None:
    reader = ReplyReader()
    assert [reply for octet in STREAM for reply in reader.read(bytes([octet]))] == REPLIES


def test_replies_that_end_in_a_bare_line_feed_are_read() -> None:
    assert ReplyReader().read(b"250-a\n250 b\n") == [Reply(250, b"a b")]


@pytest.mark.parametrize(
    "line", [b"\r\n", b"25\r\n", b"2500 ok\r\n", b"hello\r\n", b"150 ok\r\n", b"650 ok\r\n", b"\xff50 x\r\n"]
)
def test_nonsense_is_never_taken_for_a_reply(line: bytes) -> None:
    with pytest.raises(UnreadableReplyError):
        ReplyReader().read(line)


@pytest.mark.parametrize("chunk", [b"250-" + b"x" * 996 + b"\r\n", b"x" * 1000])
def test_a_reply_without_end_is_not_kept_for_ever(chunk: bytes) -> None:
    reader = ReplyReader()
    with pytest.raises(UnreadableReplyError):
        for _ in range(100):
            reader.read(chunk)


def test_a_reply_becomes_one_short_line_without_controls() -> None:
    assert one_line("250 a\r\n\x1b[31mb\t c\u202e") == "250 a [31mb c"
    assert len(one_line("x" * 5000)) == 400


@pytest.mark.parametrize(
    ("stage", "code", "fitting"),
    [
        ("DATA", 354, True),
        ("DATA", 250, False),
        ("DOT", 354, False),
        ("MAIL", 250, True),
        ("DATA", 503, True),
    ],
)
def test_only_data_is_answered_by_go_ahead(stage: Stage, code: int, fitting: bool) -> None:
    assert fits(stage, Reply(code, b"")) is fitting


@pytest.mark.parametrize(
    ("stage", "reply", "permanent", "about_address"),
    [
        ("RCPT", "550 5.1.1 no such user", True, True),
        ("RCPT", "550 no such user", True, True),
        ("RCPT", "450 4.2.1 mailbox busy", False, True),
        ("RCPT", "452 4.2.2 over quota", False, True),
        ("RCPT", "550 5.4.1 Recipient address rejected: Access denied", True, True),
        ("RCPT", "554 5.7.1 relay access denied", True, False),
        ("RCPT", "450 4.7.1 greylisted", False, False),
        ("RCPT", "451 4.3.0 try later", False, False),
        ("RCPT", "553 5.1.8 sender unknown", True, False),
        ("RCPT", "530 5.7.0 log in first", False, False),
        ("MAIL", "550 5.1.1 odd", True, False),
        ("MAIL", "530 5.7.0 log in first", False, False),
        ("MAIL", "552 5.3.4 too big", True, False),
        ("DATA", "451 4.3.0 no", False, False),
        ("DOT", "554 5.6.0 bad content", True, False),
        ("DOT", "552 5.2.2 mailbox full", True, True),
        ("DOT", "552 5.2.3 too long", True, False),
        ("DOT", "550 refused", True, False),
    ],
)
def test_a_refusal_says_whether_it_lasts_and_whom_it_concerns(
    stage: Stage, reply: str, permanent: bool, about_address: bool
) -> None:
    error = refused(stage, Reply(int(reply[:3]), reply[4:].encode()))
    assert (error.permanent, error.about_address, error.doubtful) == (permanent, about_address, False)
    assert error.reply == reply
