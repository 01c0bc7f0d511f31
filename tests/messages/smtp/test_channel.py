"""Many letters share few connections, and trouble on one stays there."""

import asyncio

import pytest

from messages.smtp.server import SmtpServer
from tests.messages.smtp.nasty import Act, Answer, at, nasty
from tests.messages.smtp.outcomes import (
    channel_to,
    delivered,
    doubtful,
    outcome,
    outcomes,
    people,
    refusal,
)


async def test_sixty_four_at_once_each_arrive_once_over_eight_connections() -> None:
    async with nasty() as server, channel_to(server.port, connections=8) as channel:
        ends = await outcomes(channel, people(64))
        assert server.connections == 8
        ends |= await outcomes(channel, ["again@school.example"])
        assert server.connections == 8
    assert delivered(ends) == set(server.accepted) == {*people(64), "again@school.example"}
    assert len(server.accepted) == 65
    assert server.heard.count("QUIT") == 8


async def test_one_letter_opens_one_connection() -> None:
    async with nasty() as server, channel_to(server.port, connections=8) as channel:
        assert server.connections == 0
        await outcomes(channel, people(1))
        assert server.connections == 1


async def test_a_stalled_connection_holds_up_nobody_else() -> None:
    stalled = people(1)[0]
    async with (
        nasty(at("DOT", Act.STALL, to=stalled)) as server,
        channel_to(server.port, connections=2, timeout=1.5) as channel,
    ):
        sending = {name: asyncio.create_task(outcome(channel, name)) for name in people(30)}
        slow = sending[stalled]
        # One more may have had its envelope behind the stalled dot.
        while sum(task.done() for task in sending.values()) < 28:
            await asyncio.sleep(0.01)
        assert not slow.done()
        ends = {name: await task for name, task in sending.items()}
    assert doubtful(ends) == {stalled}
    assert len(delivered(ends)) >= 28
    assert delivered(ends) == set(server.accepted)


async def test_an_unused_connection_is_closed_politely_and_opened_again() -> None:
    async with nasty() as server, channel_to(server.port, idle=0.1) as channel:
        await outcome(channel, "a@school.example")
        while "QUIT" not in server.heard:
            await asyncio.sleep(0.01)
        assert await outcome(channel, "b@school.example") == "250 2.0.0 taken"
    assert server.connections == 2
    assert server.heard.count("QUIT") == 2


async def test_a_stall_that_begins_after_a_rest_is_noticed() -> None:
    script = at("DOT", Act.STALL, to="b@school.example")
    async with nasty(script) as server, channel_to(server.port, timeout=0.3, idle=3600) as channel:
        await outcome(channel, "a@school.example")
        await asyncio.sleep(0.4)
        assert refusal(await outcome(channel, "b@school.example")).doubtful
    assert server.accepted == ["a@school.example"]


async def test_a_connection_lost_at_rest_costs_no_letter() -> None:
    async with nasty() as server, channel_to(server.port, connections=1) as channel:
        await outcome(channel, "a@school.example")
        await server.hang_up()
        await asyncio.sleep(0.05)
        assert await outcome(channel, "b@school.example") == "250 2.0.0 taken"
    assert server.accepted == ["a@school.example", "b@school.example"]


async def test_a_server_that_speaks_unasked_is_left() -> None:
    async with (
        nasty(at("DOT", b"250 ok\r\n421 4.4.2 idle for too long")) as server,
        channel_to(server.port) as channel,
    ):
        ends = [await outcome(channel, name) for name in people(3)]
    assert ends == ["250 ok"] * 3
    assert server.connections == 3


@pytest.mark.parametrize("greeting", [b"554 5.7.1 go away", b"421 4.3.2 too busy", Act.DROP])
async def test_a_server_that_lets_nobody_in_fails_every_letter_for_now(greeting: bytes | Act) -> None:
    async with nasty(at("GREET", greeting)) as server, channel_to(server.port, connections=4) as channel:
        ends = await outcomes(channel, people(20))
    errors = [refusal(end) for end in ends.values()]
    assert {(e.permanent, e.doubtful, e.about_address) for e in errors} == {(False, False, False)}
    assert all(f"127.0.0.1:{server.port}" in error.reply for error in errors)
    if isinstance(greeting, bytes):
        assert all(greeting.decode() in error.reply for error in errors)


async def test_a_silent_server_is_given_up_in_time() -> None:
    async with (
        nasty(at("GREET", Act.STALL)) as server,
        channel_to(server.port, timeout=0.2) as channel,
    ):
        error = refusal(await outcome(channel, "a@school.example"))
    assert "not ready within 0.2 s" in error.reply
    assert (error.permanent, error.doubtful) == (False, False)


async def test_nobody_listening_is_a_temporary_failure(unused_tcp_port: int) -> None:
    async with channel_to(unused_tcp_port) as channel:
        error = refusal(await outcome(channel, "a@school.example"))
    assert (error.permanent, error.doubtful, error.about_address) == (False, False, False)
    assert f"127.0.0.1:{unused_tcp_port}" in error.reply


async def test_a_server_that_takes_two_connections_gets_all_letters_over_two() -> None:
    greetings = iter(range(1000))

    def script(stage: str, recipient: str) -> Answer:
        return b"421 4.7.0 too many connections" if stage == "GREET" and next(greetings) >= 2 else None

    async with nasty(script) as server, channel_to(server.port, connections=8) as channel:
        ends = await outcomes(channel, people(64))
        ends |= await outcomes(channel, ["later@school.example"])
        turned_away = server.connections
        await outcomes(channel, people(64))
        assert server.connections == turned_away
    assert delivered(ends) == {*people(64), "later@school.example"}


async def test_closing_lets_letters_under_way_arrive() -> None:
    async with nasty() as server, channel_to(server.port, connections=2) as channel:
        sending = asyncio.create_task(outcomes(channel, people(20)))
        while not server.connections:
            await asyncio.sleep(0)
        await channel.close()
        assert len(server.accepted) == 20
        assert delivered(await sending) == set(people(20))
        error = refusal(await outcome(channel, "late@school.example"))
        assert (error.reply, error.permanent) == ("the email channel is closed", False)


async def test_a_server_that_will_not_let_go_is_left_all_the_same() -> None:
    async with nasty(at("QUIT", b"500 5.5.2 stay")) as server:
        async with channel_to(server.port) as channel:
            await outcome(channel, "a@school.example")
        while not server.is_alone:
            await asyncio.sleep(0.01)


async def test_the_whole_opening_has_one_time_limit() -> None:
    async def dawdle(line: str) -> None:
        await asyncio.sleep(0.25)

    # Neither EHLO nor HELO alone takes too long.
    async with (
        nasty(at("EHLO", b"500 what"), before=dawdle) as server,
        channel_to(server.port, timeout=0.4) as channel,
    ):
        error = refusal(await outcome(channel, "a@school.example"))
    assert "not ready within 0.4 s" in error.reply


def test_a_password_is_not_shown() -> None:
    assert "hunter2" not in repr(SmtpServer("mail.example", 25, "board", "hunter2"))
