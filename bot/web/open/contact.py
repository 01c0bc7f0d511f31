"""Contact: a page of its own on which somebody asks to be reached; no key joins it to any answer."""

import logging

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.open.ended import Ended
from bot.web.open.rush import Rush
from bot.web.open.shell import draw
from bot.web.open.visit import NOT_KEPT, SEE_OTHER, TOO_MANY, Visit, find_visit, place_of, refuse
from bot.web.submission import Submission, new_id, read_submission
from store.database import Session
from store.errors import StoreError
from surveys.ended import STOPPED, WISHED, find_end_of_wish, wish_id
from surveys.phrases import say
from surveys.wishes import Wish, keep_wish

START, STOP = "start-here", "stop-here"
#: The boxes, and the longest text that each takes.
BOXES = {"first_name": 100, "safe_way": 300, "safe_time": 200}
MISSING = {
    "first_name": "Please give your first name",
    "safe_way": "Please give a safe way to reach you",
}
TOO_LONG = "{title} must be {limit} characters or fewer"
TITLES = {
    "first_name": "Your first name",
    "safe_way": "A safe way to reach you",
    "safe_time": "A safe time to reach you",
}

log = logging.getLogger(__name__)


class Contacts:
    """The page, with what this process remembers of the last minutes.

    Text is typed only on a page that came in answer to a press: no browser keeps such a page to go back to.
    """

    def __init__(self, rush: Rush, ended: Ended) -> None:
        """Watch how fast wishes come, and which pages came to their end."""
        self._rush, self._ended = rush, ended

    async def show_contact(self, request: Request) -> Response:
        """What the page is for and the limits of silence; there is nothing to type yet."""
        visit = await _find(request, "")
        if visit is None:
            return refuse(request)
        return _draw(visit, Submission({}), {}) if visit.opened.is_attended else visit.rest()

    async def take_contact(self, request: Request) -> Response:
        """Give the boxes; then keep a wish, and of the time only the day."""
        submission = await read_submission(request)
        word = submission.word
        visit = await _find(request, word)
        if visit is None:
            return refuse(request)
        if submission.one(STOP):
            await self._ended.stop(visit.site.house.database, word, visit.today, place_of(request))
            return RedirectResponse(f"{visit.above}/{STOPPED}", SEE_OTHER)
        if end := self._ended.of(word) or visit.end:
            return RedirectResponse(f"{visit.above}/{end}", SEE_OTHER)
        if submission.one(START):
            # Whoever had begun before the survey was shut may finish: nothing is swallowed.
            begun = Submission({"submission": [new_id()]})
            return _draw(visit, begun, {}) if visit.opened.is_attended else visit.rest()
        if wrong := complain(submission, visit.tag):
            return _draw(visit, submission, wrong)
        return await self._send(request, visit, submission)

    async def _send(self, request: Request, visit: Visit, submission: Submission) -> Response:
        place = place_of(request)
        if self._rush.is_over(visit.opened.code.id, place):
            return _draw(visit, submission, {}, trouble=TOO_MANY)
        self._rush.count(visit.opened.code.id, place)
        if not await _keep(visit, submission):
            return _draw(visit, submission, {}, trouble=NOT_KEPT)
        self._ended.note(submission.id, WISHED)
        return RedirectResponse(f"{visit.above}/{WISHED}", SEE_OTHER)


async def _keep(visit: Visit, submission: Submission) -> bool:
    """Keep a wish; False where the records cannot be written."""
    house, opened = visit.site.house, visit.opened
    wish = Wish(
        language=visit.tag,
        first_name=submission.one("first_name"),
        safe_way=submission.one("safe_way"),
        safe_time=submission.one("safe_time"),
        may_leave_message=submission.one("message") == "yes",
    )

    def keep(session: Session) -> None:
        called, zone = wish_id(submission.id), house.identity.zone
        keep_wish(session, opened.board.id, opened.campaign.id, called, wish, visit.today, zone)

    try:
        await house.database.write(keep, urgent=True)
    except StoreError as error:
        log.error("a wish to be contacted was not kept: %s", error)
        return False
    return True


def complain(submission: Submission, tag: str) -> dict[str, str]:
    """What is missing or too long, by box, in the language of the page."""
    wrong = {box: say(tag, said) for box, said in MISSING.items() if not submission.one(box)}
    for box, limit in BOXES.items():
        if len(submission.one(box)) > limit:
            wrong[box] = say(tag, TOO_LONG, title=say(tag, TITLES[box]), limit=limit)
    return wrong


async def _find(request: Request, word: str) -> Visit | None:
    """Where the request stands; staff have other ways to reach the board."""
    visit = await find_visit(request, find_end=lambda session, _: find_end_of_wish(session, word))
    return visit if visit is not None and visit.opened.is_for_families else None


def _draw(visit: Visit, typed: Submission, wrong: dict[str, str], *, trouble: str = "") -> Response:
    errors = [{"text": text, "href": f"#{box}"} for box, text in wrong.items()]
    if trouble:
        errors = [{"text": say(visit.tag, trouble), "href": "#send"}]
    return draw(
        visit.site,
        "contact",
        visit.shell,
        503 if trouble else 422 if errors else 200,
        here=f"{visit.above}/contact",
        typed=typed,
        wrong=wrong,
        errors=errors,
        is_open=bool(typed.fields),
        submission=typed.id,
    )
