"""Leaving: whoever stops, or exits quickly, has given the page up: sent again from history it shows nothing.

Scripts leave at once and say so behind the page's back; without them the button itself says so, and the page
that comes in between goes on to the other site by itself. Neither waits for the database, which may be busy
while somebody looks over a shoulder: this process knows it at once, and writes it down after its answer.
"""

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.drawing import Drawing
from bot.web.open.ended import Ended
from bot.web.open.guest import SEE_OTHER, Guest, place_of
from bot.web.open.shell import Shell, draw, draw_framed
from bot.web.submission import Submission
from surveys.open.ended import SENT, STOPPED, WISHED
from surveys.phrases import say

#: The field of a page that is given up, and what it says where somebody leaves for another site.
STOP, LEAVE = "stop-here", "leave"
STOPPED_HEADING = "You stopped. Nothing was kept."
STOPPED_THANKS = "That is all right."


def give_up(submission: Submission, ended: Ended) -> None:
    """Remember that a page is given up, before anything is read that could fail."""
    if submission.one(STOP):
        ended.note(submission.word, STOPPED)


def take_leave(request: Request, guest: Guest, submission: Submission, ended: Ended) -> Response | None:
    """What follows a page that was given up; None where somebody goes on."""
    if not submission.one(STOP):
        return None
    if guest.end in (SENT, WISHED):
        ended.note(submission.word, guest.end)  # another process took it
    is_kept = ended.of(submission.word) in (SENT, WISHED)
    if is_kept and submission.one(STOP) != LEAVE:
        # Somebody who stops behind Send is not told that nothing was kept.
        return RedirectResponse(f"{guest.above}/{ended.of(submission.word)}{guest.shell.query}", SEE_OTHER)
    if submission.one(STOP) == LEAVE:
        left: Response = draw(guest.site, "leaving", guest.shell)
    else:
        left = RedirectResponse(f"{guest.above}/{STOPPED}{guest.shell.query}", SEE_OTHER)
    if is_kept:
        return left
    database, word = guest.site.house.database, submission.word
    left.background = BackgroundTask(ended.write_down, database, word, guest.today, place_of(request))
    return left


def draw_given_up(drawing: Drawing, shell: Shell, how: str) -> Response:
    """The same where the database can not even be asked what was given up."""
    if how == LEAVE:
        return draw_framed(drawing, "leaving", shell)
    heading, passages = say(shell.tongue.tag, STOPPED_HEADING), [say(shell.tongue.tag, STOPPED_THANKS)]
    return draw_framed(drawing, "ended", shell, heading=heading, passages=passages, ways=[])
