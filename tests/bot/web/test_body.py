"""What is posted reaches a page whole and in time, or not at all: on a real server, byte by byte."""

import queue
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web.app import build_app
from store.asking.ask import AskState
from tests.bot.web.make_house import Scene
from tests.bot.web.make_server import LONGEST_WAIT, call, read_all, serving

ANSWER = b"page=staff&staff=45"
FORM = "Content-Type: application/x-www-form-urlencoded"
WHOLE_CHUNK = f"{len(ANSWER):x}\r\n{ANSWER.decode()}\r\n"
PROMISED = {
    "a length": f"Content-Length: {len(ANSWER) + 100}\r\n\r\n{ANSWER.decode()}",
    "chunks": f"Transfer-Encoding: chunked\r\n\r\n{WHOLE_CHUNK}",
}


@contextmanager
def watched(app: ASGIApp) -> Iterator[tuple[str, "queue.Queue[str]"]]:
    """Serve an application; gives its address, and where each request is noted once all is done with it."""
    over: queue.Queue[str] = queue.Queue()

    async def note(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        finally:
            over.put(str(scope.get("method", "")))

    with serving(note) as host:
        yield host, over


def head(place: Scene) -> str:
    return f"POST {place.link()} HTTP/1.1\r\nHost: cascade.example.org\r\n{FORM}\r\n"


def next_post(over: "queue.Queue[str]") -> None:
    while over.get(timeout=LONGEST_WAIT) != "POST":
        pass


@pytest.mark.parametrize("kind", PROMISED)
@pytest.mark.parametrize("farewell", ["hanging up", "saying no more"])
def test_a_post_that_is_cut_off_keeps_nothing(place: Scene, kind: str, farewell: str) -> None:
    before = place.dump()
    with watched(build_app(place.house)) as (host, over), call(host) as line:
        line.sendall((head(place) + PROMISED[kind]).encode())
        if farewell == "hanging up":
            line.close()
        else:
            line.shutdown(socket.SHUT_WR)
        next_post(over)
    assert place.dump() == before
    assert place.ask().state is AskState.ASKED


def test_a_post_that_comes_in_pieces_is_kept(place: Scene) -> None:
    with watched(build_app(place.house)) as (host, over), call(host) as line:
        line.sendall(f"{head(place)}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        for letter in ANSWER.decode():
            line.sendall(f"1\r\n{letter}\r\n".encode())
        line.sendall(b"0\r\n\r\n")
        assert read_all(line).startswith("HTTP/1.1 303")
        next_post(over)
    assert place.ask().state is AskState.ANSWERED


def test_a_body_that_never_ends_is_told_so_and_keeps_nothing(place: Scene) -> None:
    before = place.dump()
    with serving(build_app(place.house, patience=0.2)) as host, call(host) as line:
        line.sendall((head(place) + PROMISED["a length"]).encode())
        told = read_all(line)
    assert told.startswith("HTTP/1.1 408")
    assert "content-security-policy" in told
    assert "<strong>not kept</strong>" in told
    assert place.dump() == before


def test_a_drip_of_bytes_buys_no_more_time(place: Scene) -> None:
    """Patience is for the whole body: a byte now and then does not begin it anew."""
    before = place.dump()
    with serving(build_app(place.house, patience=0.3)) as host, call(host) as line:
        line.sendall(f"{head(place)}Content-Length: 60000\r\n\r\n".encode())
        line.settimeout(0.05)
        told = drip_until_told(line)
    assert told.startswith(b"HTTP/1.1 408")
    assert place.dump() == before


def drip_until_told(line: socket.socket) -> bytes:
    until = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < until:
        line.sendall(b"x")
        try:
            return line.recv(65_536)
        except TimeoutError:
            continue
    raise AssertionError("the server goes on waiting for more bytes")
