"""Faults: a page for everything that cannot be done, in the style of all others."""

import logging
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.web.fault_pages import FaultPages, is_open
from bot.web.site import Site, site_of
from bot.web.submission import Submission, read_submission
from store.errors import StoreError
from store.people.board import Board

SAID = {
    404: ("Page not found", "If you typed the address, check that it is whole. If you came from a letter, "),
    405: ("This page cannot do that", "Open the link in your letter, and use the buttons of its pages. "),
    400: (
        "We could not read what was sent",
        "Nothing was kept, and what you typed on that page has to be typed again. What was saved before is "
        "still saved: open the link in your letter, and attach files only where a page asks for them. ",
    ),
}


async def show_fault(request: Request, error: Exception) -> Response:
    """A page for a refusal that has a number of its own."""
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for nothing else
    site = site_of(request)
    path = request.url.path
    only = None if is_open(path) else await _only_board(site)
    title, advice = SAID.get(error.status_code, (HTTPStatus(error.status_code).phrase, ""))
    is_lost = error.status_code == 404
    response = _pages(site).draw(
        path,
        "fault_known",
        error.status_code,
        query=request.url.query,
        board=only,
        title=title,
        advice=advice,
        is_lost=is_lost,
    )
    response.headers.update(error.headers or {})
    return response


async def _only_board(site: Site) -> Board | None:
    """Whose name and helper the page shows; none where that cannot be read just now."""
    try:
        return (await site.boards())[0]
    except StoreError:
        return None


async def show_not_kept(request: Request, error: Exception) -> Response:
    """The database did not do what was asked: say that nothing was kept, and carry what was typed."""
    site = site_of(request)
    log.error("%s was not done: %s", request.method, error)
    typed = await read_submission(request) if request.method == "POST" else Submission({})
    return _pages(site).draw(
        request.url.path,
        "not_kept",
        503,
        query=request.url.query,
        pairs=typed.pairs,
        is_post=request.method == "POST",
    )


def _pages(site: Site) -> FaultPages:
    return FaultPages(site.drawing, site.house.settings.web.exit_to)


log = logging.getLogger(__name__)

HANDLERS = {HTTPException: show_fault, StoreError: show_not_kept}
