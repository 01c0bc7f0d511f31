"""Guards: what stands between the network and every page."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.fault_pages import FaultPages

#: Nothing is loaded from elsewhere, nothing runs that stands in a page, and no page is put into a frame.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    # The right to answer is in the address: it must not be told to anybody.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}
#: The same as they go over the line.
_RAW = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_RAW_STATIC = [*_RAW, (b"cache-control", b"public, max-age=3600")]
STATIC = "/static/"
SAFE = ("GET", "HEAD", "OPTIONS")
#: Seconds in which the whole of what is posted has to come, on the slowest of telephones.
BODY_PATIENCE = 60.0
#: Bytes of a body that are held in memory at once.
IN_MEMORY = 262_144
#: Where mail programs post without a browser (RFC 8058).
ONE_CLICK_PATHS = ("/u/",)

log = logging.getLogger("bot.web")


class Watch:
    """Logs requests by route alone, since a path may hold a token, and draws a page for any fault."""

    def __init__(self, app: ASGIApp, faults: FaultPages) -> None:
        """Stand before everything else."""
        self._app, self._faults = app, faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; whatever is raised becomes a page, and a line in the log."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        since, status = time.perf_counter(), 0

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                is_static = scope["path"].startswith(STATIC)
                message["headers"] = _add_guards(message["headers"], is_static=is_static)
            await send(message)

        try:
            await self._app(scope, receive, note)
        except Exception:
            log.exception("%s %s went wrong", scope["method"], _route(scope))
            if status:
                raise
            await self._faults.draw(scope["path"], "fault", 500, query=_query_of(scope))(scope, receive, note)
        log.info(
            "%s %s %d %.0f ms", scope["method"], _route(scope), status, 1000 * (time.perf_counter() - since)
        )


def _add_guards(headers: Iterable[tuple[bytes, bytes]], *, is_static: bool) -> list[tuple[bytes, bytes]]:
    """A page's headers with every one of ours that it does not set itself."""
    whole = dict(_RAW_STATIC if is_static else _RAW)
    own = list(headers)
    for name, _ in own:
        whole.pop(name.lower(), None)
    return [*own, *whole.items()]


class CutShort(Exception):  # noqa: N818 - nobody's error: they went away in the middle
    """The line was cut before the whole body had come."""


@dataclass(frozen=True, slots=True)
class Uploads:
    """Where larger bodies may come than elsewhere, since they hold files."""

    #: Bytes, and seconds in which all of it has to come.
    largest: int
    patience: float
    #: Whether a request may bring files, judged by its path and headers alone.
    may_bring: Callable[[Scope], bool]
    #: What one file may have, in words.
    largest_file: str = ""


class BodyLimit:
    """Refuses a body over the limit, or too slow in coming, before any of it is read by a page.

    What is large waits on disk and not in memory, as far as it may come at all.
    """

    def __init__(
        self, app: ASGIApp, faults: FaultPages, largest: int, patience: float, uploads: Uploads | None = None
    ) -> None:
        """Let bodies of up to `largest` bytes through that come within `patience` seconds; uploads apart."""
        self._app, self._faults, self._largest, self._patience = app, faults, largest, patience
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body, as far as it may go, and hand it on whole; what was cut short reaches no page."""
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self._app(scope, receive, send)
            return
        largest, patience = self._bounds(scope)
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            try:
                async with asyncio.timeout(patience):
                    whole = not _declares_over(scope, largest) and await _read(receive, body, largest)
            except CutShort:
                return
            except TimeoutError:
                late = self._faults.draw(scope["path"], "too_slow", 408, query=_query_of(scope))
                late.headers["Connection"] = "close"  # else the rest could go on dripping in
                await late(scope, receive, send)
                return
            if not whole:
                await self._refuse(scope, largest)(scope, receive, send)
                return
            await self._app(scope, _hand_on(body, receive), send)

    def _refuse(self, scope: Scope, largest: int) -> Response:
        """The page that says what may come here, and that what was saved before still is."""
        path, uploads = scope["path"], self._uploads
        file = uploads.largest_file if uploads is not None and largest == uploads.largest else ""
        return self._faults.draw(
            path,
            "too_large",
            413,
            query=_query_of(scope),
            largest=largest,
            largest_file=file,
            back=path,
        )

    def _bounds(self, scope: Scope) -> tuple[int, float]:
        uploads = self._uploads
        if uploads is not None and uploads.may_bring(scope):
            return uploads.largest, uploads.patience
        return self._largest, self._patience


def _declares_over(scope: Scope, largest: int) -> bool:
    declared = Headers(scope=scope).get("content-length", "")
    return declared.isdecimal() and int(declared) > largest


async def _read(receive: Receive, body: IO[bytes], largest: int) -> bool:
    """Put the body by; False as soon as there is too much of it. Raises CutShort."""
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise CutShort
        piece = message.get("body", b"")
        size += len(piece)
        if size > largest:
            return False
        body.write(piece)
        if not message.get("more_body", False):
            body.seek(0)
            return True


def _hand_on(body: IO[bytes], receive: Receive) -> Receive:
    """What a page hears: the body, a piece at a time, and then whatever comes next from outside."""
    is_over = False

    async def hand_on() -> Message:
        nonlocal is_over
        if is_over:
            return await receive()
        piece = body.read(IN_MEMORY)
        is_over = len(piece) < IN_MEMORY
        return {"type": "http.request", "body": piece, "more_body": not is_over}

    return hand_on


class SameOrigin:
    """Refuses what another site's page posts, by what browsers say of where a request comes from."""

    def __init__(self, app: ASGIApp, faults: FaultPages, base_url: str) -> None:
        """Our own pages are those of this host and of `base_url`."""
        self._app, self._faults = app, faults
        self._ours = urlsplit(base_url).netloc.lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let reading through, and posts of our own pages."""
        if scope["type"] == "http" and scope["method"] not in SAFE and not self._is_ours(scope):
            response: Response = self._faults.draw(scope["path"], "cross_site", 403)
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        if scope["path"].startswith(ONE_CLICK_PATHS):
            return True
        headers = Headers(scope=scope)
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        origin = headers.get("origin", "null")
        # Without these headers it is no browser; an older one says "null" for our pages, which send no
        # referrer. Neither gains anything by it: the token is the only right, and where there is a cookie
        # each form carries a stamp that no other site knows.
        return origin == "null" or urlsplit(origin).netloc.lower() in (
            self._ours,
            headers.get("host", "").lower(),
        )


def _route(scope: Scope) -> str:
    """The name of the page asked for; a path could hold a token."""
    endpoint = scope.get("endpoint")
    return getattr(endpoint, "__name__", None) or type(endpoint).__name__ if endpoint else "nothing"


def _query_of(scope: Scope) -> str:
    query: bytes = scope["query_string"]
    return query.decode("latin-1")
