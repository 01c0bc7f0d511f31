"""Faults on the pages of open surveys: neutral, in the language of the address, with help and a way out.

None of them needs the database, and none names a board or tells what was asked.
"""

from collections.abc import Sequence

from starlette.responses import Response

from bot.web.drawing import Drawing
from bot.web.open.shell import NOT_OPEN, NOT_OPEN_WHY, draw_framed, frame_apart
from surveys.phrases import ENGLISH, languages, say

#: Under it every address belongs to an open survey.
ABOVE = "/s/"
SORRY = "Something went wrong here, not with you."
#: By status: the heading, and what to do.
SAID = {
    400: ("We could not read what was sent", "Nothing was kept. Please go back and try again."),
    403: (
        "Please use the address that you were given",
        "This was sent from the page of another site, so it was not kept.",
    ),
    404: (NOT_OPEN, NOT_OPEN_WHY),
    405: ("This page cannot do that", "Please go back and use the buttons of the page."),
    408: (
        "That took too long",
        "It was not kept. Please go back and send it again, where the reception is better if you can.",
    ),
    413: (
        "That is too much at once",
        "It was not kept. Please go back, shorten what you wrote, and send it again.",
    ),
    503: (SORRY, "Please try again in a moment."),
}
OURS = (SORRY, "What you sent was not kept. Please go back and send it again in a moment.")
STILL_HERE = "Your answers are still on this page. Please press Send again."


def draw_open_fault(
    drawing: Drawing, exit_to: str, path: str, status: int, pairs: Sequence[tuple[str, str]] = ()
) -> Response:
    """The page of a fault. `pairs` are the fields that were sent, carried to be sent again."""
    tag = tongue_of(path)
    heading, advice = SAID.get(status, OURS)
    shell = frame_apart(tag, exit_to)
    passages = [say(tag, STILL_HERE if pairs else advice)]
    return draw_framed(
        drawing, "fault", shell, status, heading=say(tag, heading), passages=passages, pairs=pairs
    )


def tongue_of(path: str) -> str:
    """The language that an address names, where there are words in it; else English."""
    parts = path.removeprefix(ABOVE).split("/")
    tag = parts[1] if len(parts) > 1 else ENGLISH
    known = languages()
    return tag if tag in known or tag.partition("-")[0] in known else ENGLISH
