"""Leaving: whoever stops, or exits quickly, has given the page up: sent again from history it shows nothing.

Scripts leave at once and say so behind the page's back; without them the button itself says so, and the page
that comes in between goes on to the other site by itself.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.open.ended import Ended
from bot.web.open.guest import SEE_OTHER, Guest, place_of
from bot.web.open.shell import draw
from bot.web.submission import Submission
from surveys.ended import STOPPED

#: The field of a page that is given up, and what it says where somebody leaves for another site.
STOP, LEAVE = "stop-here", "leave"


async def take_leave(request: Request, guest: Guest, submission: Submission, ended: Ended) -> Response | None:
    """Note that a page was given up and show what follows; None where somebody goes on."""
    if not submission.one(STOP):
        return None
    await ended.stop(guest.site.house.database, submission.word, guest.today, place_of(request))
    if submission.one(STOP) == LEAVE:
        return draw(guest.site, "leaving", guest.shell)
    return RedirectResponse(f"{guest.above}/{STOPPED}{guest.shell.query}", SEE_OTHER)
