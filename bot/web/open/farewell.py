"""Farewell: the pages after Send and after Stop, which show nothing of what was typed."""

from starlette.requests import Request
from starlette.responses import Response

from bot.web.open.guest import find_guest, refuse
from bot.web.open.leaving import STOPPED_HEADING, STOPPED_THANKS
from bot.web.open.shell import draw
from surveys.phrases import say


async def show_thanks(request: Request) -> Response:
    """Thanks, and the way to be contacted, which nothing joins to the answers, or else who helps."""
    return await _show(
        request,
        "Thank you",
        "Your answers have been sent. They cannot be opened again from this device.",
        "You can close this page now.",
        may_contact=True,
    )


async def show_stopped(request: Request) -> Response:
    """Nothing was kept, and that is all right."""
    return await _show(request, STOPPED_HEADING, STOPPED_THANKS)


async def show_wished(request: Request) -> Response:
    """The wish to be contacted has arrived."""
    return await _show(
        request,
        "Thank you",
        "Your request has been sent.",
        "A person will read this, but not straight away. It is not for emergencies.",
    )


async def _show(request: Request, heading: str, *passages: str, may_contact: bool = False) -> Response:
    guest = await find_guest(request, midway=True)
    if guest is None:
        return refuse(request)
    tag, ways = guest.tag, []
    if guest.shell.entered and not guest.opened.is_over:
        ways.append((f"{guest.above}{guest.shell.query}", say(tag, "Start again")))
    elif may_contact and guest.offers_contact:
        ways.append((f"{guest.above}/contact", say(tag, "Would you like somebody to contact you?")))
    return draw(
        guest.site,
        "ended",
        guest.shell,
        heading=say(tag, heading),
        passages=[say(tag, passage) for passage in passages],
        ways=ways,
        has_help_in_full=may_contact and guest.shell.is_for_families and not guest.shell.entered and not ways,
    )
