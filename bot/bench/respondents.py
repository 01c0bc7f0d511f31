"""Respondents: a crowd that reads pages and sends answers over kept connections, and times each step."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlencode

from bot import event_loop

#: Errors of this many respondents end a run: something is broken, and no figure would mean anything.
MOST_ERRORS = 200
#: Seconds within which any page has to come.
PATIENCE = 60.0
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class Errand:
    """What one respondent does: read the page at `path`, fill `typed` into it, and press Send.

    `presses` is how often Send is pressed at once, each press over a line of its own.
    """

    path: str
    typed: tuple[tuple[str, str], ...]
    presses: int = 1


@dataclass(slots=True)
class Crowd:
    """What a crowd met with; moments in seconds, errands by their place in the list."""

    got: list[float] = field(default_factory=list)
    posted: list[float] = field(default_factory=list)
    #: The errands whose answer was acknowledged.
    kept: list[int] = field(default_factory=list)
    #: What went wrong, and how often.
    errors: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    #: Seconds of processor time that the crowd itself took.
    spent: float = 0.0


def go(port: int, errands: Sequence[Errand], connections: int, first: int = 0) -> Crowd:
    """Run every errand against the server at a port of this machine, so many at a time."""
    return event_loop.run(_go(port, errands, connections, first))


async def _go(port: int, errands: Sequence[Errand], connections: int, first: int) -> Crowd:
    crowd, coming = Crowd(), iter(enumerate(errands, first))
    since, spent = time.perf_counter(), time.process_time()
    await asyncio.gather(*(_respond(port, coming, crowd) for _ in range(min(connections, len(errands)))))
    crowd.seconds, crowd.spent = time.perf_counter() - since, time.process_time() - spent
    return crowd


async def _respond(port: int, coming: Iterator[tuple[int, Errand]], crowd: Crowd) -> None:
    """Run errands one after another over the same connections until there is none left."""
    lines: list[_Line] = []
    for number, errand in coming:
        try:
            while len(lines) < errand.presses:
                lines.append(await _connect(port))
            async with asyncio.timeout(PATIENCE):
                await _run(lines, number, errand, crowd)
        except (OSError, TimeoutError) as error:
            crowd.errors[type(error).__name__] += 1
            for line in lines:
                line.hang_up()
            lines = []
        if crowd.errors.total() > MOST_ERRORS:
            break
    for line in lines:
        line.hang_up()


async def _run(lines: list["_Line"], number: int, errand: Errand, crowd: Crowd) -> None:
    since = time.perf_counter()
    status, page = await lines[0].ask(_request("GET", errand.path, number))
    crowd.got.append(time.perf_counter() - since)
    if status != 200:
        crowd.errors[f"GET {status}"] += 1
        return
    fields = dict(_HIDDEN.findall(page.decode())) | dict(errand.typed)
    request = _request("POST", errand.path, number, urlencode(fields).encode())
    since = time.perf_counter()
    replies = await asyncio.gather(*(line.ask(request) for line in lines[: errand.presses]))
    crowd.posted.append(time.perf_counter() - since)
    refused = [status for status, _ in replies if status != _SEE_OTHER]
    crowd.errors.update(f"POST {status}" for status in refused)
    if len(refused) < len(replies):
        crowd.kept.append(number)


def _request(method: str, path: str, number: int, body: bytes = b"") -> bytes:
    # Everybody answers from a place of their own, which the proxy before the pages names.
    place = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {place}\r\n"
    if method == "POST":
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    return f"{head}\r\n".encode() + body


class _Line(asyncio.Protocol):
    """One kept connection; asks one thing at a time."""

    def __init__(self) -> None:
        self._held = b""
        self._whole = 0
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("the server hung up"))

    def ask(self, request: bytes) -> "asyncio.Future[tuple[int, bytes]]":
        """Send a request; the future holds the status and the body of what comes back."""
        self._answer = asyncio.get_running_loop().create_future()
        if self._transport.is_closing():
            self._answer.set_exception(ConnectionResetError("the server hung up"))
        else:
            self._transport.write(request)
        return self._answer

    def hang_up(self) -> None:
        """Close the line."""
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._held = self._held + data if self._held else data
        if not self._whole:
            end = self._held.find(b"\r\n\r\n")
            if end < 0:
                return
            length = _LENGTH.search(self._held, 0, end)
            self._whole = end + 4 + (int(length[1]) if length else 0)
        if len(self._held) >= self._whole:
            self._finish()

    def _finish(self) -> None:
        status = int(self._held[9:12])
        body = self._held[self._held.find(b"\r\n\r\n") + 4 : self._whole]
        self._held, self._whole = self._held[self._whole :], 0
        if self._answer is not None and not self._answer.done():
            self._answer.set_result((status, body))


async def _connect(port: int) -> _Line:
    _, line = await asyncio.get_running_loop().create_connection(_Line, "127.0.0.1", port)
    return line
