"""Visitor: somebody who opens the link in a letter, fills the page in and sends it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from starlette.types import ASGIApp, Message, Scope

from bot.demo.postbox import Letter

#: Pages that one errand takes, at most; more would mean that it goes round in circles.
LONGEST = 16


class VisitError(Exception):
    """A page did not lead where a person would expect."""


@dataclass(slots=True)
class Page:
    """One page as a person without scripts sees it."""

    status: int
    path: str
    text: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)


class _Form(HTMLParser):
    """Reads the fields of the page's form, with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.named: set[str] = set()
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "textarea":
            self._area = name
        if tag not in ("input", "textarea") or not name:
            return
        self.named.add(name)
        if given.get("type") in ("radio", "checkbox") and "checked" not in given:
            return
        if tag == "input":
            self.fields.setdefault(name, []).append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields.setdefault(self._area, []).append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""


def link_in(letter: Letter) -> str:
    """The path of the one link that answers, from the plain-text twin."""
    found = re.search(r"https?://\S+/a/[a-z2-7]+", letter.body("plain"))
    if found is None:
        raise VisitError(f"no link in “{letter.subject}”")
    return urlsplit(found.group()).path


def digits_in(letter: Letter) -> str:
    """The two digits that only a reader of the letter can type."""
    found = re.search(r"Your two digits[^:]*: (\d\d)", letter.body("plain"))
    if found is None:
        raise VisitError(f"no digits in “{letter.subject}”")
    return found.group(1)


async def fill_in(app: ASGIApp, path: str, answers: Mapping[str, Sequence[str]], ends: str = "/done") -> Page:
    """Open a page, fill in what is known on each page of its form, and send until it is done.

    It is done on a page whose path ends with `ends`.
    """
    page = await open_page(app, path)
    for _ in range(LONGEST):
        if page.status != 200 or not page.fields:
            raise VisitError(f"{path} answered {page.status}")
        given = page.fields | {name: list(values) for name, values in answers.items() if name in page.named}
        given = {name: values for name, values in given.items() if name != "back"}
        page = await send_page(app, path, given)
        if page.path.endswith(ends):
            return page
        if page.status != 200:
            complaint = re.sub(r"<[^>]+>|\s+", " ", page.text)
            raise VisitError(f"{path} answered {page.status}: {complaint[:400]}")
    raise VisitError(f"{path} asks for ever more")


async def open_page(app: ASGIApp, path: str) -> Page:
    """Read a page, as by GET."""
    return await _request(app, "GET", path, b"")


async def send_page(app: ASGIApp, path: str, fields: Mapping[str, Sequence[str]]) -> Page:
    """Send a form, and read the page that it leads to."""
    pairs = [(name, value) for name, values in fields.items() for value in values]
    return await _request(app, "POST", path, urlencode(pairs).encode())


async def _request(app: ASGIApp, method: str, path: str, body: bytes) -> Page:
    answered: list[Message] = []
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [
            (b"host", b"127.0.0.1"),
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"sec-fetch-site", b"same-origin"),
            (b"content-length", str(len(body)).encode()),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        answered.append(message)

    await app(scope, receive, send)
    start = next(message for message in answered if message["type"] == "http.response.start")
    where = dict(start["headers"]).get(b"location", b"").decode()
    if start["status"] in (302, 303) and where:
        return await _request(app, "GET", urlsplit(where).path, b"")
    text = b"".join(message.get("body", b"") for message in answered).decode("utf-8", "replace")
    form = _Form()
    form.feed(text)
    return Page(start["status"], path, text, form.fields, form.named)
