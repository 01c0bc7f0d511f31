"""What goes out in one write, and what waits for a reply."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.messages.smtp.outcomes import BODY, channel_to, delivered, outcomes

ENVELOPE = "MAIL FROM:<board@board.example>\r\nRCPT TO:<{}>\r\nDATA\r\n"
FIRST, SECOND = "one@school.example", "two@school.example"
CONTENT = BODY.decode() + ".\r\n"


class Prompter(asyncio.Protocol):
    """Answers each chunk that arrives with the next prepared replies, and keeps the chunks."""

    def __init__(self, replies: list[str], chunks: list[str]) -> None:
        self.replies = iter(replies)
        self.chunks = chunks

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.transport.write(next(self.replies).encode())

    def data_received(self, data: bytes) -> None:
        self.chunks.append(data.decode())
        self.transport.write(next(self.replies, "221 bye\r\n").encode())


@asynccontextmanager
async def prompter(*replies: str) -> AsyncIterator[tuple[int, list[str]]]:
    chunks: list[str] = []
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Prompter(list(replies), chunks), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], chunks
    finally:
        server.close()


async def test_the_next_envelope_follows_the_dot_in_the_same_write() -> None:
    go = "250 ok\r\n250 ok\r\n354 go\r\n"
    hello = "250-mx.example\r\n250 PIPELINING\r\n"
    async with (
        prompter("220 hi\r\n", hello, go, "250 one\r\n" + go, "250 two\r\n") as (port, chunks),
        channel_to(port) as channel,
    ):
        ends = await outcomes(channel, (FIRST, SECOND))
    assert ends == {FIRST: "250 one", SECOND: "250 two"}
    assert chunks == [
        "EHLO board.example\r\n",
        ENVELOPE.format(FIRST),
        CONTENT + ENVELOPE.format(SECOND),
        CONTENT,
        "QUIT\r\n",
    ]


async def test_without_pipelining_each_command_waits_for_its_reply() -> None:
    replies = ["250 ok\r\n", "250 ok\r\n", "354 go\r\n", "250 taken\r\n"]
    async with (
        prompter("220 hi\r\n", "250 mx.example\r\n", *replies, *replies) as (port, chunks),
        channel_to(port) as channel,
    ):
        ends = await outcomes(channel, (FIRST, SECOND))
    assert delivered(ends) == {FIRST, SECOND}
    commands = [[*ENVELOPE.format(address).splitlines(keepends=True), CONTENT] for address in (FIRST, SECOND)]
    assert chunks == ["EHLO board.example\r\n", *commands[0], *commands[1], "QUIT\r\n"]


async def test_a_server_of_the_old_school_is_greeted_with_helo() -> None:
    replies = ["250 ok\r\n", "250 ok\r\n", "354 go\r\n", "250 taken\r\n"]
    async with (
        prompter("220 hi\r\n", "500 what\r\n", "250 hi\r\n", *replies) as (port, chunks),
        channel_to(port) as channel,
    ):
        ends = await outcomes(channel, [FIRST])
    assert ends == {FIRST: "250 taken"}
    assert chunks[:2] == ["EHLO board.example\r\n", "HELO board.example\r\n"]
