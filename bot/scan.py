"""Scan: what a ClamAV daemon makes of a file, asked over its own small protocol."""

import asyncio
import logging
import struct
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol, TypeAlias

# aioclamd, which speaks the same protocol, knows no Unix sockets, and Debian's clamd listens on nothing else.

#: Seconds for one file, however large; a busy daemon takes a second for each few megabytes.
PATIENCE = 60.0
#: Seconds until a daemon that is well says so.
GREETING = 5.0
#: Bytes of a file told at a time, and the longest reply that is read.
_PIECE = 65_536
_LONGEST_REPLY = 4_096
_LENGTH = struct.Struct(">I")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Clean:
    """Nothing was found."""


@dataclass(frozen=True, slots=True)
class Infected:
    """Something was found; `name` is the scanner's for it."""

    name: str


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The scanner gave no verdict; `why` is for whoever keeps it running."""

    why: str


Verdict: TypeAlias = Clean | Infected | Unavailable


class Scanner(Protocol):
    """Anything that looks for viruses."""

    async def scan(self, content: bytes) -> Verdict:
        """Look through one file."""
        ...


@dataclass(frozen=True, slots=True)
class ClamdAddress:
    """Where a daemon listens: a Unix socket's `path`, or a `host` and `port`."""

    path: str = ""
    host: str = ""
    port: int = 0

    def __str__(self) -> str:
        return self.path or f"{self.host}:{self.port}"


def read_clamd_address(text: str) -> ClamdAddress:
    """Read "/run/clamav/clamd.ctl", "127.0.0.1:3310" or "[::1]:3310".

    Raises ValueError, saying what is wanted, for anything else.
    """
    typed = text.strip()
    if PurePosixPath(typed).is_absolute():
        return ClamdAddress(path=typed)
    host, _, port = typed.rpartition(":")
    if not host or not port.isascii() or not port.isdecimal() or not 1 <= int(port) <= 65_535:
        raise ValueError(
            "should be a socket such as /run/clamav/clamd.ctl, or a host and port: 127.0.0.1:3310"
        )
    return ClamdAddress(host=host.removeprefix("[").removesuffix("]"), port=int(port))


class Clamd:
    """A ClamAV daemon. Each file is a call of its own, so that a restart of the daemon breaks nothing."""

    def __init__(self, address: ClamdAddress, patience: float = PATIENCE) -> None:
        """Ask the daemon at `address`, for up to `patience` seconds a file."""
        self._address, self._patience = address, patience

    async def scan(self, content: bytes) -> Verdict:
        """Send a file (INSTREAM) and read the verdict; whatever goes wrong is Unavailable, never Clean."""
        told = await self._ask(b"zINSTREAM\0", content, self._patience)
        if isinstance(told, Unavailable):
            return told
        verdict = told.removeprefix("stream: ")
        if verdict == "OK":
            return Clean()
        if verdict.endswith(" FOUND"):
            name = verdict.removesuffix(" FOUND")
            log.warning("a file was refused: the scanner found %s in it", name)
            return Infected(name)
        return self._complain(verdict.removesuffix(" ERROR") or "it hung up without a word")

    async def greet(self) -> Unavailable | None:
        """Ask whether it is there (PING); None when it is."""
        told = await self._ask(b"zPING\0", None, GREETING)
        if isinstance(told, Unavailable):
            return told
        return None if told == "PONG" else self._complain(f"it answered {told!r} to a greeting")

    async def _ask(self, command: bytes, content: bytes | None, patience: float) -> str | Unavailable:
        try:
            async with asyncio.timeout(patience):
                return await self._converse(command, content)
        except TimeoutError:
            return self._complain(f"no answer within {patience:g} seconds")
        except OSError as error:
            return self._complain(error.strerror or str(error))

    async def _converse(self, command: bytes, content: bytes | None) -> str:
        at = self._address
        opening = (
            asyncio.open_unix_connection(at.path) if at.path else asyncio.open_connection(at.host, at.port)
        )
        reader, writer = await opening
        try:
            writer.write(command)
            if content is not None:
                await _pour(writer, content)
            # Where it has had enough, as of a file beyond its own limit, it says so and hangs up early.
            told = await _read_reply(reader)
        finally:
            writer.transport.abort()
        shown = told.partition(b"\0")[0].decode("utf-8", "replace")
        return "".join(letter for letter in shown if letter.isprintable())[:200].strip()

    def _complain(self, why: str) -> Unavailable:
        log.error("the virus scanner at %s gave no verdict: %s", self._address, why)
        return Unavailable(why)


async def _read_reply(reader: asyncio.StreamReader) -> bytes:
    told = b""
    while b"\0" not in told and len(told) < _LONGEST_REPLY:
        piece = await reader.read(_LONGEST_REPLY)
        if not piece:
            break
        told += piece
    return told


async def _pour(writer: asyncio.StreamWriter, content: bytes) -> None:
    """Tell a file piece by piece, each after its length; a piece of no length ends it."""
    try:
        for start in range(0, len(content), _PIECE):
            piece = content[start : start + _PIECE]
            writer.write(_LENGTH.pack(len(piece)) + piece)
            await writer.drain()
        writer.write(_LENGTH.pack(0))
        await writer.drain()
    except ConnectionError:
        return  # its last word may still be read
