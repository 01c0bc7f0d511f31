"""Front: the page for whoever arrives by chance, and the two that machines ask for."""

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.web.site import site_of
from store import schema
from store.errors import StoreError


async def show_front(request: Request) -> Response:
    """What this is, and whom to ask."""
    site = site_of(request)
    only, boards = await site.boards()
    return site.drawing.draw("front", board=only, boards=boards)


async def say_alive(request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


async def say_ready(request: Request) -> Response:
    """The database can be reached and is of this version; else 503 with one line that says what is wrong."""
    try:
        found = await asyncio.to_thread(schema.current, site_of(request).house.database.url)
    except StoreError as error:
        return PlainTextResponse(f"{error}\n", 503)
    if found != schema.head():
        return PlainTextResponse(f"The database is at version {found}; this needs {schema.head()}.\n", 503)
    return PlainTextResponse("ready\n")
