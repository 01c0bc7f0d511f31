"""Large bodies come through only where files may come, wait on disk, and stop at the limit."""

import hashlib
import os
import select
import socket
import threading
import tracemalloc
from collections.abc import Iterator

import pytest
from starlette.types import Message, Receive, Scope, Send

from bot.web.drawing import Drawing
from bot.web.fault_pages import FaultPages
from bot.web.guards import BodyLimit, Uploads
from tests import make as make_rows
from tests.bot.web.make_house import HOST, Scene
from tests.bot.web.make_server import LONGEST_WAIT, call, read_all, serving
from tests.bot.web.make_upload import ask_for_files, build_upload_app, bytes_kept, kept
from tests.surveys.files import make

MEGABYTE = 1_000_000
GIGABYTE = 1_000 * MEGABYTE
START = b'--x\r\nContent-Disposition: form-data; name="plan"; filename="a.pdf"\r\n\r\n'
MULTIPART = "Content-Type: multipart/form-data; boundary=x"


def head(path: str, length: int | None, kind: str = MULTIPART) -> bytes:
    size = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    lines = (f"POST {path} HTTP/1.1", "Host: cascade.example.org", "Connection: close", kind, size, "", "")
    return "\r\n".join(lines).encode()


def gigabyte() -> Iterator[bytes]:
    """A body of a gigabyte in chunks."""
    for piece in (START, *[bytes(MEGABYTE)] * 1_000):
        yield b"%x\r\n" % len(piece) + piece + b"\r\n"
    yield b"0\r\n\r\n"


def pour(line: socket.socket, pieces: Iterator[bytes]) -> int:
    """Send until all is sent or the server has said something; gives how much was sent."""
    sent = 0
    for piece in pieces:
        if select.select([line], [], [], 0)[0]:
            break
        try:
            line.sendall(piece)
        except ConnectionError:
            break
        sent += len(piece)
    return sent


def test_a_gigabyte_is_refused_and_never_stands_in_memory(place: Scene) -> None:
    ask_for_files(place)
    before = place.dump()
    with serving(build_upload_app(place)) as host, call(host) as line:
        tracemalloc.start()
        try:
            line.sendall(head(place.link(), None))
            sent = pour(line, gigabyte())
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        told = read_all(line)
    assert told.startswith("HTTP/1.1 413")
    assert "<strong>not kept</strong>" in told
    assert "A file may have at most 10 MB" in told
    assert f'href="{place.link()}">Open the page afresh' in told
    assert "Files cannot be sent here" not in told
    assert sent < GIGABYTE / 2
    assert peak < 8 * MEGABYTE
    assert place.dump() == before


def test_a_gigabyte_that_is_announced_is_refused_unread(place: Scene) -> None:
    ask_for_files(place)
    with serving(build_upload_app(place)) as host, call(host) as line:
        line.sendall(head(place.link(), GIGABYTE))
        assert line.recv(20) == b"HTTP/1.1 413 Request"[:20]


async def test_a_large_body_waits_on_disk_and_reaches_the_page_whole() -> None:
    pieces = [bytes((number,)) * 65_536 for number in range(150)]
    sent, heard, held = iter(pieces), hashlib.sha256(), list[int]()

    async def receive() -> Message:
        piece = next(sent, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        held.append(tracemalloc.get_traced_memory()[1])
        more = True
        while more:
            message = await receive()
            heard.update(message["body"])
            more = message["more_body"]

    async def send(message: Message) -> None:
        raise AssertionError(f"the guard spoke for itself: {message}")

    uploads = Uploads(10 * MEGABYTE, LONGEST_WAIT, lambda scope: True)
    guard = BodyLimit(page, FaultPages(Drawing(make_rows.ZONE), HOST), 1_000, LONGEST_WAIT, uploads)
    tracemalloc.start()
    try:
        await guard({"type": "http", "method": "POST", "headers": []}, receive, send)
    finally:
        tracemalloc.stop()
    assert heard.digest() == hashlib.sha256(b"".join(pieces)).digest()
    assert held[0] < MEGABYTE


def test_a_large_file_is_kept(place: Scene) -> None:
    ask_for_files(place)
    content = make.pdf(os.urandom(9 * MEGABYTE))
    body = START + content + b"\r\n--x--\r\n"
    with serving(build_upload_app(place)) as host, call(host) as line:
        line.sendall(head(place.link(), len(body)) + body)
        assert read_all(line).startswith("HTTP/1.1 200")
    assert list(kept(place).values()) == ["a.pdf (9 MB, not scanned for viruses)"]


def test_a_file_that_is_cut_off_is_not_kept(place: Scene) -> None:
    ask_for_files(place)
    body = START + make.pdf()
    with serving(build_upload_app(place)) as host, call(host) as line:
        line.sendall(head(place.link(), len(body) + 100) + body)
        line.shutdown(socket.SHUT_WR)
        line.settimeout(LONGEST_WAIT)
        assert read_all(line) == ""
    assert bytes_kept(place) == 0


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/a/tampered-with", MULTIPART),
        ("{link}", "Content-Type: application/x-www-form-urlencoded"),
        ("{link}", "Content-Type: text/plain"),
        ("/elsewhere/x", MULTIPART),
        ("{preferences}", MULTIPART),
    ],
)
def test_only_a_page_with_files_of_a_link_of_ours_may_be_large(place: Scene, path: str, kind: str) -> None:
    ask_for_files(place)
    body = START + bytes(place.house.settings.web.largest_body) + b"\r\n--x--\r\n"
    there = path.format(link=place.link(), preferences=place.preferences().replace("/u/", "/a/"))
    with serving(build_upload_app(place)) as host, call(host) as line:
        line.sendall(head(there, len(body), kind) + body)
        assert read_all(line).startswith("HTTP/1.1 413")


def test_many_may_send_files_at_once(place: Scene) -> None:
    ask_for_files(place)
    told: list[str] = []
    with serving(build_upload_app(place)) as host:

        def send(number: int) -> None:
            body = START.replace(b"a.pdf", b"%d.pdf" % number) + make.pdf(b"%d" % number) + b"\r\n--x--\r\n"
            with call(host) as line:
                line.sendall(head(place.link(), len(body)) + body)
                told.append(read_all(line)[:12])

        people = [threading.Thread(target=send, args=(number,)) for number in range(12)]
        for person in people:
            person.start()
        for person in people:
            person.join()
    assert told == ["HTTP/1.1 200"] * 12
    assert len(kept(place)) == bytes_kept(place) == 12
