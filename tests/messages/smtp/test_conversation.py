"""Whatever a mail server does to a letter, its caller is told exactly what became of it."""

import asyncio
import time
from contextlib import suppress
from itertools import count

import pytest

from messages.smtp import SmtpChannel
from tests.messages.smtp.nasty import Act, Answer, Script, at, nasty
from tests.messages.smtp.outcomes import (
    BODY,
    channel_to,
    delivered,
    doubtful,
    letter,
    outcome,
    outcomes,
    people,
    refusal,
)

PIPELINED = ("PIPELINING", "SIZE 1000000")
ONE_BY_ONE = ("SIZE 1000000",)
BOTH = pytest.mark.parametrize("offers", [PIPELINED, ONE_BY_ONE], ids=["pipelined", "one-by-one"])
ILL = "person2@school.example"


@BOTH
async def test_a_letter_arrives_as_it_was_written(offers: tuple[str, ...]) -> None:
    body = b"Subject: x\r\n\r\n.\r\n..b\r\nend"
    async with nasty(offers=offers) as server, channel_to(server.port) as channel:
        assert await channel.send(letter(body), "a@school.example") == "250 2.0.0 taken"
    assert server.contents == [b"Subject: x\r\n\r\n..\r\n...b\r\nend\r\n.\r\n"]
    assert server.heard[-1] == "QUIT"


@BOTH
@pytest.mark.parametrize("code", ["450", "550"])
@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "DOT"])
async def test_one_refused_letter_leaves_the_others_alone(
    offers: tuple[str, ...], stage: str, code: str
) -> None:
    # MAIL is heard before the recipient is known, so there the third letter is the ill one.
    mails = count()

    def script(now: str, recipient: str) -> Answer:
        if now != stage:
            return None
        ill = next(mails) == 2 if stage == "MAIL" else recipient == ILL
        return f"{code} no".encode() if ill else None

    async with nasty(script, offers) as server, channel_to(server.port) as channel:
        ends = await outcomes(channel, people(6))
    error = refusal(ends[ILL])
    assert (error.reply, error.permanent, error.doubtful) == (f"{code} no", code == "550", False)
    assert error.about_address is (stage == "RCPT")
    assert delivered(ends) == set(people(6)) - {ILL} == set(server.accepted)
    assert len(server.accepted) == 5
    assert server.connections == 1


@pytest.mark.parametrize("verdict", [b"554 no valid recipients", b"250 fine"])
async def test_a_go_ahead_after_a_refused_recipient_gets_a_lone_dot(verdict: bytes) -> None:
    def script(stage: str, recipient: str) -> Answer:
        if recipient == ILL:
            return {"RCPT": b"550 5.1.1 unknown", "DATA": b"354 go", "DOT": verdict}.get(stage)
        return None

    async with nasty(script) as server, channel_to(server.port) as channel:
        ends = await outcomes(channel, people(6))
    assert refusal(ends[ILL]).reply == "550 5.1.1 unknown"
    assert ILL not in server.dotted
    assert delivered(ends) == set(people(6)) - {ILL} == set(server.dotted)
    assert server.connections == 1


@BOTH
@pytest.mark.parametrize("act", [Act.DROP, Act.STALL])
@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "BODY", "DOT", "RSET"])
async def test_only_a_letter_whose_dot_was_out_is_doubtful(
    offers: tuple[str, ...], stage: str, act: Act
) -> None:
    if stage == "BODY" and act is Act.STALL:
        return  # no different from stalling at the dot
    acted: list[str] = []
    mails = count()

    def script(now: str, recipient: str) -> Answer:
        if stage == "RSET" and now == "RCPT" and recipient == ILL:
            return b"550 no"
        if now != stage or acted:
            return None
        if recipient != ILL if stage not in ("MAIL", "RSET") else stage == "MAIL" and next(mails) != 2:
            return None
        acted.append(recipient)
        return act

    async with nasty(script, offers) as server, channel_to(server.port, timeout=0.3) as channel:
        ends = await outcomes(channel, people(8))
    assert acted
    assert doubtful(ends) == ({ILL} if stage in ("BODY", "DOT") else set())
    assert delivered(ends) == set(server.accepted)
    assert len(server.accepted) == len(set(server.accepted)) == len(delivered(ends))
    errors = [refusal(end) for end in ends.values() if not isinstance(end, str)]
    # A refused one (for RSET), the one it happened to, and with pipelining the one behind its dot.
    assert 1 <= len(errors) <= 2
    assert [error.permanent for error in errors].count(True) == (stage == "RSET")
    assert server.connections == 2


@BOTH
@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "DOT"])
async def test_a_421_ends_the_connection_and_no_letter_is_in_doubt(
    offers: tuple[str, ...], stage: str
) -> None:
    script = at(stage, b"421 4.3.2 shutting down", to="person1@school.example")
    async with nasty(script, offers) as server, channel_to(server.port) as channel:
        ends = await outcomes(channel, people(6))
        again = await outcome(channel, "later@school.example")
    errors = [refusal(end) for end in ends.values() if not isinstance(end, str)]
    assert errors
    assert {(e.permanent, e.doubtful, e.about_address, e.reply) for e in errors} == {
        (False, False, False, "421 4.3.2 shutting down")
    }
    assert len(errors) <= 2
    assert delivered(ends) | {"later@school.example"} == set(server.accepted)
    assert again == "250 2.0.0 taken"


@BOTH
async def test_dribbled_and_many_lined_replies_are_waited_for(offers: tuple[str, ...]) -> None:
    many = b"250-2.0.0 first\r\n250-\r\n250 2.0.0 last"
    async with nasty(at("DOT", many), offers, dribble=True) as server, channel_to(server.port) as channel:
        ends = await outcomes(channel, people(5))
    assert set(ends.values()) == {"250 2.0.0 first 2.0.0 last"}
    assert sorted(server.accepted) == people(5)


async def test_a_reply_that_never_ends_counts_as_a_stall() -> None:
    async def dribble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hi\r\n")
        await reader.readline()
        writer.write(b"250 mx.example\r\n")
        with suppress(OSError):
            while not writer.is_closing():
                writer.write(b"250-x\r\n")
                await writer.drain()
                await asyncio.sleep(0.05)
        writer.close()
        gone.set()

    gone = asyncio.Event()
    server = await asyncio.start_server(dribble, "127.0.0.1", 0)
    async with channel_to(server.sockets[0].getsockname()[1], timeout=0.3) as channel:
        error = refusal(await outcome(channel, "a@school.example"))
    await gone.wait()
    server.close()
    assert (error.reply, error.doubtful) == ("no reply from the mail server within 0.3 s", False)


@pytest.mark.parametrize(
    ("stage", "reply", "in_doubt"),
    [
        ("DATA", b"250 ok", False),
        ("MAIL", b"354 go", False),
        ("DOT", b"354 go", True),
        ("RCPT", b"200-\r\n999 what", False),
        ("DOT", b"250 ok\r\n250 and more\r\n250 and\r\n250 more", False),
    ],
)
async def test_a_server_out_of_step_is_left(stage: str, reply: bytes, in_doubt: bool) -> None:
    async with nasty(at(stage, reply)) as server, channel_to(server.port) as channel:
        end = await outcome(channel, "a@school.example")
        if isinstance(end, str):
            assert server.accepted == ["a@school.example"]
        else:
            assert (end.permanent, end.doubtful) == (False, in_doubt)


@BOTH
@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
async def test_no_content_is_sent_once_the_lease_has_ended(offers: tuple[str, ...], stage: str) -> None:
    message = letter(lease=60)
    gate = asyncio.Event()

    def script(now: str, recipient: str) -> Answer:
        if now == stage and not gate.is_set():
            object.__setattr__(message, "deadline", time.monotonic())
            gate.set()
        return None

    async with nasty(script, offers) as server, channel_to(server.port) as channel:
        error = refusal(await outcome(channel, "late@school.example", message))
        assert await outcome(channel, "a@school.example") == "250 2.0.0 taken"
    assert error.reply == "lease ended before sending"
    assert (error.permanent, error.doubtful) == (False, False)
    assert server.dotted == ["a@school.example"]
    assert server.connections == 2


async def test_a_lease_that_ended_in_the_queue_costs_no_command() -> None:
    async with nasty() as server, channel_to(server.port) as channel:
        error = refusal(await outcome(channel, "late@school.example", letter(lease=-1)))
        assert error.reply == "lease ended before sending"
        await outcome(channel, "a@school.example")
    assert not any("late@" in line for line in server.heard)


async def test_a_letter_nobody_waits_for_is_not_sent() -> None:
    go_ahead = asyncio.Event()

    async def hold(line: str) -> None:
        if line.startswith("DATA"):
            await go_ahead.wait()

    async with nasty(before=hold) as server, channel_to(server.port) as channel:
        sending = asyncio.create_task(outcome(channel, "gone@school.example"))
        queued = asyncio.create_task(outcome(channel, "too@school.example"))
        while "DATA" not in server.heard:
            await asyncio.sleep(0)
        sending.cancel()
        queued.cancel()
        await asyncio.wait([sending, queued])
        go_ahead.set()
        assert await outcome(channel, "a@school.example") == "250 2.0.0 taken"
    assert server.accepted == ["a@school.example"]


@BOTH
async def test_non_ascii_addresses_need_a_server_that_takes_them(offers: tuple[str, ...]) -> None:
    address = "mair\u00ean@school.example"
    async with nasty(offers=offers) as server, channel_to(server.port) as channel:
        error = refusal(await outcome(channel, address))
        assert (error.permanent, error.about_address) == (True, True)
    assert not server.dotted
    async with nasty(offers=(*offers, "SMTPUTF8", "8BITMIME")) as server, channel_to(server.port) as channel:
        await channel.send(letter(BODY + b"caf\xc3\xa9\r\n"), address)
    size = len(BODY) + 7
    assert f"MAIL FROM:<board@board.example> SIZE={size} BODY=8BITMIME SMTPUTF8" in server.heard
    assert server.accepted == [address]


async def test_a_bad_address_is_refused_before_any_connection() -> None:
    async with nasty() as server, channel_to(server.port) as channel:
        error = refusal(await outcome(channel, "a@school.example>\r\nDATA\r\n"))
        assert (error.permanent, error.about_address) == (True, True)
    assert server.connections == 0


def scripts() -> list[Script]:
    """Each stage going wrong in each way for one letter in three."""
    acts: list[bytes | Act] = [b"451 later", b"550 no", b"421 bye", Act.DROP]

    def ill(stage: str, act: bytes | Act) -> Script:
        turn = count()
        return lambda now, recipient: act if now == stage and next(turn) % 3 == 1 else None

    return [ill(stage, act) for stage in ("MAIL", "RCPT", "DATA", "DOT") for act in acts]


@BOTH
async def test_none_is_lost_and_none_comes_twice_whatever_goes_wrong(offers: tuple[str, ...]) -> None:
    for script in scripts():
        async with nasty(script, offers) as server:
            async with channel_to(server.port, timeout=2.0, connections=3) as channel:
                ends = await outcomes(channel, people(40))
            assert len(server.dotted) == len(set(server.dotted))
            assert delivered(ends) == set(server.accepted)
            assert set(server.dotted) >= doubtful(ends)


def test_the_channel_names_itself() -> None:
    assert SmtpChannel.name == "email"
