"""Farewell: the pages after Send and after Stop, which show nothing of what was typed."""

from starlette.requests import Request
from starlette.responses import Response

from bot.web.open.opened import Opened, find_opened, speak
from bot.web.open.shell import Shell, draw, draw_not_open, frame
from bot.web.site import site_of
from store.database import Session
from surveys.phrases import say
from surveys.tongue import find_tongue


async def show_thanks(request: Request) -> Response:
    """Thanks, and the way to be contacted, which nothing joins to the answers."""
    return await _show(
        request,
        "Thank you",
        "Your answers have been sent. They cannot be opened again from this device.",
        "You can close this page now.",
        may_contact=True,
    )


async def show_stopped(request: Request) -> Response:
    """Nothing was kept, and that is all right."""
    return await _show(
        request, "You stopped. Nothing was kept.", "That is all right. Thank you for telling us."
    )


async def show_wished(request: Request) -> Response:
    """The wish to be contacted has arrived."""
    return await _show(
        request,
        "Thank you",
        "Your request has been sent.",
        "A person will read this, but not straight away. It is not for emergencies.",
    )


async def _show(request: Request, heading: str, *passages: str, may_contact: bool = False) -> Response:
    site, typed, tag = (
        site_of(request),
        str(request.path_params["code"]),
        str(request.path_params["language"]),
    )

    def read(session: Session) -> tuple[Opened, Shell] | None:
        opened = find_opened(session, typed)
        if opened is None or not speak(session, opened, tag):
            return None
        return opened, frame(session, opened, find_tongue(tag), request, None)

    found = await site.house.database.read(read)
    if found is None:
        return draw_not_open(site, tag)
    opened, shell = found
    ways = []
    if shell.entered:
        ways.append((f"{opened.address}/{tag}{shell.query}", say(tag, "Start again")))
    elif may_contact and opened.is_for_families:
        ways.append((f"{opened.address}/{tag}/contact", say(tag, "Would you like somebody to contact you?")))
    said = [say(tag, passage) for passage in passages]
    return draw(site, "ended", shell, heading=say(tag, heading), passages=said, ways=ways)
