"""A mail server that does as a script says, and remembers what it heard and accepted."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from enum import Enum
from typing import Self


class Act(Enum):
    """What a server may do in place of a reply."""

    DROP = "drop"
    STALL = "stall"


Answer = bytes | Act | None
Script = Callable[[str, str], Answer]
"""Given a stage and the recipient so far, says what to do; None does what an ordinary server does."""


def at(stage: str, answer: bytes | Act, *, to: str = "") -> Script:
    """Answer so at one stage, for all recipients or one."""
    return lambda now, recipient: answer if now == stage and to in ("", recipient) else None


Before = Callable[[str], Awaitable[None]]
"""Awaited with each command before it is obeyed."""


async def at_once(line: str) -> None:
    """Obey without delay."""


class NastyServer:
    """``heard`` holds commands, ``dotted`` recipients whose content came whole, ``accepted`` with 250."""

    def __init__(self, script: Script, offers: Iterable[str], dribble: bool, before: Before) -> None:
        self.script = script
        self.offers = tuple(offers)
        self.dribble = dribble
        self.before = before
        self.heard: list[str] = []
        self.contents: list[bytes] = []
        self.dotted: list[str] = []
        self.accepted: list[str] = []
        self.connections = 0
        self.port = 0
        self._open: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._greet, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *failure: object) -> None:
        self._server.close()
        await self.hang_up()

    @property
    def is_alone(self) -> bool:
        return not self._open

    async def hang_up(self) -> None:
        """Drop every connection."""
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self.connections += 1
        try:
            await NastySession(self, reader, writer).run()
        except (OSError, EOFError, asyncio.CancelledError):
            pass
        finally:
            self._open.discard(task)
            writer.close()


class NastySession:
    """One connection to it."""

    def __init__(
        self, server: NastyServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.server = server
        self.reader = reader
        self.writer = writer
        self.sender_given = False
        self.recipient = ""
        self.accepts_data = False

    async def run(self) -> None:
        await self._do("GREET", b"220 nasty.example")
        while line := await self.reader.readline():
            self.server.heard.append(line.decode().strip())
            await self.server.before(line.decode())
            await self._obey(line[:4].decode().upper().strip(), line.decode())

    async def _obey(self, verb: str, line: str) -> None:
        match verb:
            case "EHLO":
                await self._do(verb, "\r\n".join(self._greeting()).encode())
            case "MAIL":
                usual = b"503 5.5.1 nested MAIL" if self.sender_given else b"250 2.1.0 ok"
                self.sender_given |= await self._do(verb, usual) == 250
            case "RCPT":
                self.recipient = line.partition("<")[2].partition(">")[0]
                usual = b"250 2.1.5 ok" if self.sender_given else b"503 5.5.1 not yet"
                self.accepts_data = await self._do(verb, usual) == 250
            case "DATA":
                if await self._do(verb, b"354 go" if self.accepts_data else b"503 5.5.1 not yet") == 354:
                    await self._read_content()
            case "RSET":
                self.sender_given = self.accepts_data = False
                await self._do(verb, b"250 2.0.0 ok")
            case "QUIT":
                await self._leave()
            case _:
                await self._do(verb, b"500 5.5.2 unknown")

    async def _leave(self) -> None:
        if await self._do("QUIT", b"221 2.0.0 bye") == 221:
            raise EOFError

    def _greeting(self) -> list[str]:
        lines = ["nasty.example", *self.server.offers]
        return [f"250-{line}" for line in lines[:-1]] + [f"250 {lines[-1]}"]

    async def _read_content(self) -> None:
        if self.server.script("BODY", self.recipient) is Act.DROP:
            await self.reader.readexactly(20)
            raise EOFError
        content = b""
        while not (content == b".\r\n" or content.endswith(b"\r\n.\r\n")):
            content += await self.reader.readuntil(b"\r\n")
        if content != b".\r\n":
            self.server.dotted.append(self.recipient)
            self.server.contents.append(content)
        usual = b"250 2.0.0 taken" if self.accepts_data else b"554 5.5.1 nobody to send to"
        recipient = self.recipient
        self.sender_given = self.accepts_data = False
        if await self._do("DOT", usual) == 250 and content != b".\r\n":
            self.server.accepted.append(recipient)

    async def _do(self, stage: str, usual: bytes) -> int:
        answer = self.server.script(stage, self.recipient)
        if answer is Act.DROP:
            raise EOFError
        if answer is Act.STALL:
            await asyncio.Event().wait()
        reply = answer if isinstance(answer, bytes) else usual
        if self.server.dribble:
            for octet in reply + b"\r\n":
                self.writer.write(bytes([octet]))
                await asyncio.sleep(0)
        else:
            self.writer.write(reply + b"\r\n")
        await self.writer.drain()
        if reply.startswith(b"421"):
            raise EOFError
        return int(reply[:3])


@asynccontextmanager
async def nasty(
    script: Script = lambda stage, recipient: None,
    offers: Iterable[str] = ("PIPELINING", "SIZE 1000000"),
    *,
    dribble: bool = False,
    before: Before = at_once,
) -> AsyncIterator[NastyServer]:
    """Run one for as long as the context lasts."""
    async with NastyServer(script, offers, dribble, before) as server:
        yield server
