"""Ended: the page of a question without a name whose answers are all told; it asks nothing any more."""

from starlette.responses import Response

from bot.web.asks.door import Visit
from bot.web.open.words import find_words
from bot.web.site import Site
from bot.web.submission import Submission


def draw_ended(site: Site, visit: Visit, sent: Submission | None = None) -> Response:
    """Say that no answer can be kept any more; what somebody wrote is on the page, to be copied."""
    words = find_words(visit.form, sent) if sent is not None else {}
    return site.drawing.draw(
        "ended",
        200 if sent is None else 409,
        board=visit.board,
        visit=visit,
        is_sent=sent is not None,
        written=[text for texts in words.values() for text in texts if text.strip()],
    )
