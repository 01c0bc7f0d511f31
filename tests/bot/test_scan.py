"""The virus scanner is asked over a real socket, a real one where there is one; doubt is never "clean"."""

import asyncio
import hashlib
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.filing import Files
from bot.scan import Clamd, ClamdAddress, Clean, Infected, Unavailable, read_clamd_address

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
#: The harmless file by which scanners are tried (eicar.org), in halves so that none finds it here.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


@asynccontextmanager
async def fake(answer: Answer, patience: float = 5.0) -> AsyncIterator[Clamd]:
    """A daemon on loopback that answers as it is told to."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield Clamd(ClamdAddress(host="127.0.0.1", port=port), patience)


async def read_stream(reader: asyncio.StreamReader) -> bytes:
    """What somebody sends to be scanned."""
    assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
    told = b""
    while length := int.from_bytes(await reader.readexactly(4), "big"):
        told += await reader.readexactly(length)
    return told


def saying(*replies: bytes, heard: list[bytes] | None = None) -> Answer:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told = await read_stream(reader)
        if heard is not None:
            heard.append(told)
        for reply in replies:
            writer.write(reply)
            await writer.drain()
        writer.close()

    return answer


async def test_a_file_is_told_whole_and_found_clean() -> None:
    heard: list[bytes] = []
    content = bytes(range(256)) * 1_000
    async with fake(saying(b"stream: OK\0", heard=heard)) as scanner:
        assert await scanner.scan(content) == Clean()
        assert await scanner.scan(b"") == Clean()
    assert heard == [content, b""]


async def test_what_is_found_is_named(caplog: pytest.LogCaptureFixture) -> None:
    async with fake(saying(b"stream: Win.Test.", b"EICAR_HDB-1 FOUND\0")) as scanner:
        assert await scanner.scan(EICAR) == Infected("Win.Test.EICAR_HDB-1")
    assert "Win.Test.EICAR_HDB-1" in caplog.text


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (b"INSTREAM size limit exceeded. ERROR\0", "INSTREAM size limit exceeded."),
        (b"", "it hung up without a word"),
        (b"stream: OKAY\0", "OKAY"),
        (b"x" * 100_000, "x" * 200),
        (b"\xff\xfe\0", "\ufffd\ufffd"),
    ],
)
async def test_anything_but_a_clear_verdict_is_none(
    reply: bytes, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with fake(saying(reply)) as scanner:
        assert await scanner.scan(b"x") == Unavailable(why)
    assert "gave no verdict" in caplog.text


async def test_a_daemon_that_says_nothing_is_not_waited_for() -> None:
    over = asyncio.Event()

    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.close()

    async with fake(mute, patience=0.05) as scanner:
        assert await scanner.scan(b"x") == Unavailable("no answer within 0.05 seconds")
        over.set()


async def test_a_daemon_that_has_had_enough_early_is_no_verdict() -> None:
    async def curt(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.transport.abort()

    async with fake(curt) as scanner:
        assert isinstance(await scanner.scan(bytes(20_000_000)), Unavailable)


async def test_nobody_there_is_no_verdict(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed = ClamdAddress(host="127.0.0.1", port=taken.getsockname()[1])
        assert isinstance(await Clamd(closed).scan(b"x"), Unavailable)
        assert isinstance(await Clamd(closed).greet(), Unavailable)
    assert isinstance(await Clamd(ClamdAddress(path=str(tmp_path / "none"))).scan(b"x"), Unavailable)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("/run/clamav/clamd.ctl", ClamdAddress(path="/run/clamav/clamd.ctl")),
        ("127.0.0.1:3310", ClamdAddress(host="127.0.0.1", port=3310)),
        (" clamd.example:3310 ", ClamdAddress(host="clamd.example", port=3310)),
        ("[::1]:3310", ClamdAddress(host="::1", port=3310)),
    ],
)
def test_an_address_is_a_socket_or_a_host_and_port(typed: str, read: ClamdAddress) -> None:
    assert read_clamd_address(typed) == read
    assert read_clamd_address(str(read)) == read


@pytest.mark.parametrize(
    "typed", ["clamd", "clamd:", ":3310", "clamd:port", "clamd:0", "clamd:99999", "run/x"]
)
def test_any_other_address_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="host and port"):
        Files(clamd=typed)


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The socket of a real daemon, which knows one harmless file and nothing else."""
    program = shutil.which("clamd")
    if program is None:
        pytest.skip("no clamd here: install Debian's clamav-daemon")
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "db").mkdir()
    digest = hashlib.md5(EICAR, usedforsecurity=False).hexdigest()
    (folder / "db" / "own.hdb").write_text(f"{digest}:{len(EICAR)}:Eicar-Test-Signature\n", "utf-8")
    at, settings = folder / "clamd.sock", folder / "clamd.conf"
    settings.write_text(
        f"DatabaseDirectory {folder}/db\nLocalSocket {at}\nForeground yes\nOfficialDatabaseOnly no\n"
        f"LogFile {folder}/clamd.log\nStreamMaxLength 1M\n",
        "utf-8",
    )
    running = subprocess.Popen([program, f"--config-file={settings}"], stdout=subprocess.DEVNULL)
    try:
        asyncio.run(_answering(at, running))
        yield at
    finally:
        running.terminate()
        running.wait()


async def _answering(at: Path, running: "subprocess.Popen[bytes]") -> None:
    scanner = Clamd(ClamdAddress(path=str(at)))
    for _ in range(600):
        if at.exists() and await scanner.greet() is None:
            return
        assert running.poll() is None, "clamd ended at once"
        await asyncio.sleep(0.05)
    raise AssertionError("clamd does not answer")


async def test_a_real_daemon_tells_the_harmless_virus_from_the_rest(daemon: Path) -> None:
    scanner = Clamd(ClamdAddress(path=str(daemon)))
    found = await scanner.scan(EICAR)
    assert isinstance(found, Infected)
    assert "Eicar-Test-Signature" in found.name
    assert await scanner.scan(b"Minutes of the meeting") == Clean()
    assert await scanner.scan(bytes(900_000)) == Clean()


async def test_a_file_beyond_the_daemons_own_limit_is_no_verdict(daemon: Path) -> None:
    assert isinstance(await Clamd(ClamdAddress(path=str(daemon))).scan(bytes(8_000_000)), Unavailable)
