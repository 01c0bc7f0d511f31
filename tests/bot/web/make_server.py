"""Builders: the pages on a real server on loopback, and a line to it that holds nothing but bytes."""

import asyncio
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import uvicorn
from starlette.types import ASGIApp

from bot.web.app import configure_server

#: Seconds after which a test gives up waiting for what a guard should have brought about.
LONGEST_WAIT = 10.0


@contextmanager
def serving(app: ASGIApp, trusted_proxies: Sequence[str] = ()) -> Iterator[str]:
    """Serve an application in a thread; gives the address it has."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        configured = configure_server(app, "127.0.0.1", port, trusted_proxies)  # type: ignore[arg-type]
        server = uvicorn.Server(configured)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()


def call(host: str) -> socket.socket:
    """A line to a server, on which nothing is waited for beyond LONGEST_WAIT."""
    where = urlsplit(host)
    assert where.hostname is not None
    assert where.port is not None
    return socket.create_connection((where.hostname, where.port), LONGEST_WAIT)


def read_all(line: socket.socket) -> str:
    """What the server says until it hangs up, politely or with what we sent still unread."""
    heard: list[bytes] = []
    with suppress(ConnectionResetError):
        while piece := line.recv(65_536):
            heard.append(piece)
    return b"".join(heard).decode()
