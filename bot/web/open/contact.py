"""Contact: a page of its own on which somebody asks to be reached; no key joins it to any answer."""

import logging

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.open.begun import BEGUN
from bot.web.open.ended import Ended
from bot.web.open.guest import MOVED, NOT_KEPT, SEE_OTHER, TOO_MANY, Guest, find_guest, place_of, refuse
from bot.web.open.leaving import give_up, take_leave
from bot.web.open.rush import Rush
from bot.web.open.shell import draw
from bot.web.submission import Submission, new_id, read_submission
from messages.sending.alerts import alert_those_on_duty
from store.database import Session
from store.errors import StoreError
from store.letters.alert import AlertKind
from surveys.open.ended import WISHED, find_end_of_wish, wish_id
from surveys.open.wishes import Wish, keep_wish
from surveys.phrases import ENGLISH, say

START = "start-here"
#: Ticked by whoever wants to be spoken to in the language of the page.
TONGUE = "tongue"
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
        guest = await _find(request, "")
        if guest is None:
            return refuse(request)
        return _draw(guest, Submission({}), {}) if not guest.opened.is_shut else guest.rest()

    async def take_contact(self, request: Request) -> Response:
        """Give the boxes; then keep a wish, and of the time only the day."""
        submission = await read_submission(request)
        give_up(submission, self._ended)
        word = submission.word
        guest = await _find(request, word, midway=True)
        if guest is None:
            return refuse(request)
        if left := take_leave(request, guest, submission, self._ended):
            return left
        if end := self._ended.of(word) or guest.end:
            return RedirectResponse(f"{guest.above}/{end}", SEE_OTHER)
        # Whoever had begun before the survey was shut, or closed, may finish: nothing is swallowed.
        if not guest.prove_begun(submission.one(BEGUN)) or (submission.one(START) and not guest.may_begin):
            return guest.rest()
        if submission.one(START):
            opened = {} if guest.chosen.is_unread else {"submission": [new_id()]}
            return _draw(guest, Submission(opened), {})
        if guest.is_moved:
            return _draw(guest, submission, {}, told=MOVED)
        if wrong := complain(submission, guest.tag):
            return _draw(guest, submission, wrong)
        return await self._send(request, guest, submission)

    async def _send(self, request: Request, guest: Guest, submission: Submission) -> Response:
        place = place_of(request)
        if self._rush.is_over(guest.opened.code.id, place):
            return _draw(guest, submission, {}, trouble=TOO_MANY)
        self._rush.count(guest.opened.code.id, place)
        if not await _keep(guest, submission):
            return _draw(guest, submission, {}, trouble=NOT_KEPT)
        self._ended.note(submission.id, WISHED)
        return RedirectResponse(f"{guest.above}/{WISHED}", SEE_OTHER)


async def _keep(guest: Guest, submission: Submission) -> bool:
    """Keep a wish; False where the records cannot be written."""
    house, opened = guest.site.house, guest.opened
    wish = Wish(
        # What somebody wrote shows its language: beside a name it is kept only where they want it to be.
        language=guest.tag if submission.one(TONGUE) == "yes" else "",
        first_name=submission.one("first_name"),
        safe_way=submission.one("safe_way"),
        safe_time=submission.one("safe_time"),
        may_leave_message=submission.one("message") == "yes",
    )

    def keep(session: Session) -> None:
        called, zone = wish_id(submission.id), house.identity.zone
        if keep_wish(session, opened.board.id, opened.campaign.id, called, wish, guest.today, zone):
            alert_those_on_duty(session, AlertKind.WISH, opened.board.id, guest.today, guest.now)

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


async def _find(request: Request, word: str, *, midway: bool = False) -> Guest | None:
    """Where the request stands; staff have other ways to reach the board."""
    guest = await find_guest(
        request, find_end=lambda session, _: find_end_of_wish(session, word), midway=midway
    )
    return guest if guest is not None and guest.opened.is_for_families else None


def _draw(
    guest: Guest, typed: Submission, wrong: dict[str, str], *, trouble: str = "", told: str = ""
) -> Response:
    errors = [{"text": text, "href": f"#{box}"} for box, text in wrong.items()]
    if trouble:
        errors = [{"text": say(guest.tag, trouble), "href": "#send"}]
    return draw(
        guest.site,
        "contact",
        guest.shell,
        503 if trouble else 422 if errors else 200,
        here=f"{guest.above}/contact",
        typed=typed,
        wrong=wrong,
        errors=errors,
        is_open=bool(typed.fields),
        is_unread=guest.chosen.is_unread and not typed.fields,
        asks_tongue=not guest.tag.startswith(ENGLISH),
        submission=typed.id,
        begun=guest.prove_begun(typed.one(BEGUN)),
        told=say(guest.tag, told),
        has_help_below=True,
    )
