"""Done: what somebody told us, and what happens next."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.drawing import forwardable
from bot.web.site import site_of
from surveys.reading import tell


async def show_done(request: Request) -> Response:
    """The answer that counts, told back in words; the text to forward; the next ask, if it is open."""
    site = site_of(request)
    visit, now = await site.visit(request)
    if visit is None:
        return await site.lost(request)
    if visit.told is None:
        return RedirectResponse(visit.address, 303)
    return site.drawing.draw(
        "done",
        board=visit.board,
        visit=visit,
        told=tell(visit.told.form, visit.told.answers),
        today=site.today(now),
        forward=forwardable(visit.lesson) if visit.lesson else "",
    )
