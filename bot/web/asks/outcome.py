"""Outcome: what a person is told once the database has spoken about what they sent."""

from collections.abc import Callable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.asks.door import Visit
from bot.web.asks.keeping import Boxed, Meanwhile, Outcome, Replaced, Shut
from bot.web.asks.replaced import draw_refused, draw_replaced
from bot.web.site import site_of
from bot.web.submission import Submission
from surveys.answering.answers import Answers, Problems
from surveys.answering.intake import Receipt, Refusal

SEE_OTHER = 303

Redraw: TypeAlias = Callable[[Visit, str], Response]
"""Draws the page that was sent once more, as the visit stands now, with what stands in the way."""


async def tell_outcome(
    request: Request, visit: Visit, sent: Submission, kept: Outcome, redraw: Redraw
) -> Response:
    """Lead on where an answer is kept; else say why not, with everything typed still there."""
    site = site_of(request)
    match kept:
        case Receipt() | Answers() | Boxed():
            return RedirectResponse(f"{visit.address}/done", SEE_OTHER)
        case Refusal(reason):
            return await draw_refused(site, visit, sent, reason)
        case Problems():
            return redraw(visit, "")
        case Meanwhile(fresh, trouble):
            return redraw(fresh, trouble)
        case Replaced(fresh):
            return await draw_replaced(site, fresh, sent)
        case Shut():
            return await site.lost(request, sent)
