"""Faults on the pages of open surveys: neutral, in the language of the address, with help and a way out.

None of them needs the database, and none names a board or tells what was asked.
"""

from collections.abc import Sequence
from urllib.parse import parse_qs, quote

from starlette.responses import Response

from bot.web.drawing import Drawing
from bot.web.open.leaving import STOP, draw_given_up
from bot.web.open.shell import ENTERED, NOT_OPEN, NOT_OPEN_WHY, draw_framed, frame_apart
from surveys.phrases import ENGLISH, languages, say

#: Under it every address belongs to an open survey.
ABOVE = "/s/"
#: The last part of the address at which somebody asks to be contacted.
CONTACT = "contact"
SORRY = "Something went wrong here, not with you."
#: By status: the heading, and what to do.
SAID = {
    400: (
        "We could not read what was sent",
        "Nothing was kept, and going back does not show what you typed. Please start again.",
    ),
    403: (
        "Please use the address that you were given",
        "This was sent from the page of another site, so it was not kept.",
    ),
    404: (NOT_OPEN, NOT_OPEN_WHY),
    405: ("This page cannot do that", "Please go back and use the buttons of the page."),
    408: (
        "That took too long",
        "It was not kept, and going back does not show what you typed. "
        "Please start again, where the reception is better if you can.",
    ),
    413: (
        "That is too much at once",
        "It was not kept, and going back does not show what you typed. Please start again, and write less.",
    ),
    503: (SORRY, "Please try again in a moment."),
}
OURS = (
    SORRY,
    "What you sent was not kept, and going back does not show what you typed. "
    "Please start again in a moment.",
)
#: After which there is nothing to do but to begin again.
BEGIN_AGAIN = (400, 408, 413, 500)
STILL_HERE = "Your answers are still on this page. Please press Send again."


def draw_open_fault(
    drawing: Drawing,
    exit_to: str,
    path: str,
    status: int,
    query: str = "",
    pairs: Sequence[tuple[str, str]] = (),
) -> Response:
    """The page of a fault. `pairs` are the fields that were sent, carried to be sent again or given up.

    Whoever stops, or leaves, does so whatever has gone wrong: nothing of theirs is carried.
    """
    tag, sent = tongue_of(path), dict(pairs)
    heading, advice = SAID.get(status, OURS)
    shell = frame_apart(tag, exit_to)
    if sent.get(STOP):
        return draw_given_up(drawing, shell, sent[STOP])
    return draw_framed(
        drawing,
        "fault",
        shell,
        status,
        heading=say(tag, heading),
        passages=[say(tag, STILL_HERE if pairs else advice)],
        pairs=pairs,
        here=f"{path}{_mark_of(query)}",
        submission=sent.get("submission", ""),
        begin=f"{_start_of(path)}{_mark_of(query)}" if status in BEGIN_AGAIN else "",
    )


def _start_of(path: str) -> str:
    """Where somebody begins again, in the language of an address: the survey, or the page of contacts."""
    code, *rest = path.removeprefix(ABOVE).split("/")
    kept = [code, *rest[:1], *(part for part in rest[1:2] if part == CONTACT)]
    return ABOVE + "/".join(quote(part, safe="") for part in kept)


def _mark_of(query: str) -> str:
    """What every address keeps that is typed in for somebody else, that the answer says so."""
    [entered] = parse_qs(query).get("entered", [""])[:1]
    return f"?entered={entered}" if entered in ENTERED else ""


def tongue_of(path: str) -> str:
    """The language that an address names, where there are words in it; else English."""
    parts = path.removeprefix(ABOVE).split("/")
    tag = parts[1] if len(parts) > 1 else ENGLISH
    known = languages()
    return tag if tag in known or tag.partition("-")[0] in known else ENGLISH
