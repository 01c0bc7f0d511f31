"""A light mail server on loopback that takes letters as fast as they come, and counts them."""

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TextIO, cast

import click

from bot import event_loop

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>]*>)", re.IGNORECASE | re.MULTILINE)
#: Linux only; elsewhere nothing is done.
_QUICKACK: int | None = getattr(socket, "TCP_QUICKACK", None)
_TAKEN = b"250 2.0.0 taken\r\n"
_GOODBYE = b"221 2.0.0 goodbye\r\n"
_ANSWERS = {
    b"EHLO": b"250-sink.example\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n250 8BITMIME\r\n",
    b"HELO": b"250 sink.example\r\n",
    b"NOOP": b"250 2.0.0 ok\r\n",
    b"QUIT": _GOODBYE,
}


@dataclass(slots=True)
class Tally:
    """What a sink has taken: letters accepted, octets of their content, connections."""

    letters: int = 0
    octets: int = 0
    connections: int = 0


class SinkSession(asyncio.Protocol):
    """One connection: answers every command in a chunk with one write, holds no letter in memory."""

    def __init__(self, tally: Tally, keep: int | None = None, delay: float = 0.0) -> None:
        self._tally = tally
        self._keep = keep
        self._delay = delay
        self._held = b""
        self._in_content = False
        self._sender_given = False
        self._recipient = b""
        self._pause: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self._transport = cast(asyncio.Transport, transport)
        self._tally.connections += 1
        self._transport.write(b"220 sink.example ESMTP\r\n")

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the letter that was not finished."""
        if self._pause is not None:
            self._pause.cancel()

    def data_received(self, data: bytes) -> None:
        """Take in what came; answer it now, unless an answer is still being held back."""
        self._held = self._held + data if self._held else data
        if self._pause is None:
            self._answer()

    def _answer(self) -> None:
        replies: list[bytes] = []
        while self._held:
            reply = self._take_content() if self._in_content else self._take_line()
            if not reply:
                break
            replies.append(reply)
            if self._delay and reply is _TAKEN:
                replies.pop()
                self._pause = asyncio.get_running_loop().call_later(self._delay, self._resume)
                break
        if replies:
            self._transport.write(b"".join(replies))
            if replies[-1] is _GOODBYE:
                self._transport.close()
        elif self._pause is None:
            self._acknowledge_now()

    def _acknowledge_now(self) -> None:
        # A mailer that sends a letter in several writes waits for our acknowledgement before its last one;
        # the kernel would hold that back for 40 ms, as no server on a real network is seen to do.
        if _QUICKACK is not None:
            self._transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, _QUICKACK, 1)

    def _resume(self) -> None:
        self._pause = None
        self._transport.write(_TAKEN)
        self._answer()

    def _take_content(self) -> bytes:
        # The line end of the DATA command counts as the one before a lone dot.
        end = 0 if self._held.startswith(b".\r\n") else self._held.find(b"\r\n.\r\n") + 2
        if end == 1:
            return b""
        if self._keep is not None:
            found = _MESSAGE_ID.search(self._held, 0, end)
            line = b"%s %s\n" % (found[1] if found else b"-", self._recipient)
            os.write(self._keep, line)
        self._tally.letters += 1
        self._tally.octets += end
        self._held = self._held[end + 3 :]
        self._in_content = self._sender_given = False
        self._recipient = b""
        return _TAKEN

    def _take_line(self) -> bytes:
        line, ended, rest = self._held.partition(b"\r\n")
        if not ended:
            return b""
        self._held = rest
        match line[:4].upper():
            case b"MAIL":
                self._sender_given = True
                return b"250 2.1.0 ok\r\n"
            case b"RCPT" if self._sender_given:
                self._recipient = line[line.find(b"<") + 1 : line.rfind(b">")]
                return b"250 2.1.5 ok\r\n"
            case b"DATA" if self._recipient:
                self._in_content = True
                return b"354 go ahead\r\n"
            case b"RSET":
                self._sender_given, self._recipient = False, b""
                return b"250 2.0.0 ok\r\n"
            case b"RCPT" | b"DATA":
                return b"503 5.5.1 not yet\r\n"
            case verb:
                return _ANSWERS.get(verb, b"500 5.5.2 unknown\r\n")


async def serve(port: int, keep: Path | None, delay: float, announce: TextIO) -> Tally:
    """Take letters until SIGTERM, SIGINT or the end of a piped stdin; the port is announced on a line."""
    loop = asyncio.get_running_loop()
    tally, stop = Tally(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    with contextlib.ExitStack() as files:
        kept = files.enter_context(keep.open("ab", buffering=0)).fileno() if keep else None
        server = await loop.create_server(lambda: SinkSession(tally, kept, delay), "127.0.0.1", port)
        announce.write(f"{server.sockets[0].getsockname()[1]}\n")
        announce.flush()
        watch = asyncio.create_task(_watch_stdin(stop))
        await stop.wait()
        watch.cancel()
        server.close()
    return tally


async def _watch_stdin(stop: asyncio.Event) -> None:
    # A pipe ends with whoever started us; a terminal or /dev/null says nothing about that.
    if stat.S_ISFIFO(os.fstat(0).st_mode):
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
        )
        await reader.read()
        stop.set()


@dataclass(slots=True)
class SinkProcess:
    """A sink running elsewhere on this machine; its tally is there once it has ended."""

    port: int
    tally: Tally | None


@contextlib.contextmanager
def sink_process(keep: Path | None = None, delay_ms: float = 0) -> Iterator["SinkProcess"]:
    """Run a sink in a process of its own for as long as the context lasts."""
    command = [sys.executable, "-m", "bot.bench.sink", "--port", "0", "--delay-ms", str(delay_ms)]
    if keep is not None:
        command += ["--keep", str(keep.resolve())]
    house = Path(__file__).resolve().parents[2]
    with subprocess.Popen(  # noqa: S603 - our own module, by the interpreter that runs us
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=house
    ) as process:
        leash, told = cast(IO[str], process.stdin), cast(IO[str], process.stdout)
        port = told.readline()
        if not port:
            raise OSError("the sink did not start; run `python -m bot.bench.sink` to see why")
        sink = SinkProcess(port=int(port), tally=None)
        try:
            yield sink
        finally:
            leash.close()
            counts = told.read()
            sink.tally = Tally(**json.loads(counts)) if counts else None


@click.command()
@click.option("--port", default=0, show_default=True, help="Port on 127.0.0.1; 0 takes a free one.")
@click.option(
    "--keep", type=click.Path(dir_okay=False, path_type=Path), help="Append Message-ID and recipient here."
)
@click.option("--delay-ms", default=0.0, show_default=True, help="How long to hold each acceptance back.")
def main(port: int, keep: Path | None, delay_ms: float) -> None:
    """Take letters on loopback; print the port at once and, at the end, the counts as JSON."""
    tally = event_loop.run(serve(port, keep, delay_ms / 1000, sys.stdout))
    sys.stdout.write(json.dumps(asdict(tally)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
