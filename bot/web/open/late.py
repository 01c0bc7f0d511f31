"""Late: the page for an answer that comes when none can be kept any more; what was written is still on it."""

from starlette.responses import Response

from bot.web.open.guest import Guest
from bot.web.open.shell import NOT_OPEN, draw
from bot.web.open.words import find_words
from bot.web.submission import Submission
from surveys.phrases import say

TOO_LATE = "This survey closed while you were answering. What you sent was not kept."
STILL_THERE = "What you wrote is still on this page. You can copy it."


def draw_too_late(guest: Guest, submission: Submission) -> Response | None:
    """Say that nothing was kept, with those who help and every text that was written, to be copied.

    None where nothing was sent, or the survey only rests.
    """
    tag, form = guest.tag, guest.chosen.version.form
    if not (guest.opened.is_over or guest.takes_nothing) or not submission.pick(form.owns):
        return None
    words = find_words(form, submission)
    written = [text for texts in words.values() for text in texts if text.strip()]
    return draw(
        guest.site,
        "ended",
        guest.shell,
        409,
        # Whoever has seen it can give it up: sent again, it then shows nothing.
        here=guest.address,
        submission=submission.id,
        may_stop=True,
        heading=say(tag, NOT_OPEN),
        passages=[say(tag, TOO_LATE), *([say(tag, STILL_THERE)] if written else [])],
        written=written,
        ways=[],
        has_help_in_full=guest.form.is_for_families,
    )
