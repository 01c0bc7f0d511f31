"""Contact: a page of its own on which somebody asks to be reached; no key joins it to any answer."""

import hashlib
import logging
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.open.ended import Ended
from bot.web.open.opened import Opened, find_opened, speak
from bot.web.open.rush import Rush
from bot.web.open.shell import Shell, asked_for, draw, draw_not_open, frame
from bot.web.site import Site, site_of
from bot.web.submission import Submission, new_id, read_submission
from store.database import Session
from store.errors import StoreError
from store.surveying import contact_wish
from surveys.phrases import say
from surveys.tongue import find_tongue

SEE_OTHER = 303
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
NOT_KEPT = (
    "Something went wrong here, not with you. Your answers are still on this page. Please press Send again."
)
TOO_MANY = "Please wait a minute and press Send again. What you typed is still on this page."


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
        found = await _find(request)
        return _draw(site_of(request), *found, Submission({}), {}) if found else _refuse(request)

    async def take_contact(self, request: Request) -> Response:
        """Give the boxes; then keep a wish, and of the time only the day."""
        site, submission = site_of(request), await read_submission(request)
        found = await _find(request)
        if found is None:
            return _refuse(request)
        opened, shell = found
        above, word = f"{opened.address}/{shell.tongue.tag}", submission.id
        if submission.one(STOP):
            self._ended.note(word, "stopped")
        if end := self._ended.of(word):
            return RedirectResponse(f"{above}/{end}", SEE_OTHER)
        if submission.one(START):
            return _draw(site, opened, shell, Submission({"submission": [new_id()]}), {})
        if wrong := complain(submission, shell.tongue.tag):
            return _draw(site, opened, shell, submission, wrong)
        place = request.client.host if request.client else ""
        if self._rush.is_over(opened.code.id, place):
            return _draw(site, opened, shell, submission, {}, trouble=TOO_MANY)
        self._rush.count(opened.code.id, place)
        if not await _keep(site, opened, shell.tongue.tag, submission):
            return _draw(site, opened, shell, submission, {}, trouble=NOT_KEPT)
        self._ended.note(word, "contact/sent")
        return RedirectResponse(f"{above}/contact/sent", SEE_OTHER)


async def _keep(site: Site, opened: Opened, tag: str, submission: Submission) -> bool:
    """Keep a wish; False where the records cannot be written."""
    today = site.today(await site.house.clock.now())

    def keep(session: Session) -> None:
        contact_wish.keep(
            session,
            opened.board.id,
            opened.campaign.id,
            tag,
            submission.one("first_name"),
            submission.one("safe_way"),
            submission.one("safe_time"),
            today,
            may_leave_message=submission.one("message") == "yes",
            wish_id=_wish_id(submission),
        )

    try:
        await site.house.database.write(keep, urgent=True)
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


def _wish_id(submission: Submission) -> UUID:
    """The same for a double press of one page. The page's word is its own: no survey page holds it."""
    return UUID(bytes=hashlib.sha256(submission.id.encode()).digest()[:16], version=4)


async def _find(request: Request) -> tuple[Opened, Shell] | None:
    site, typed, tag = (
        site_of(request),
        str(request.path_params["code"]),
        str(request.path_params["language"]),
    )

    def read(session: Session) -> tuple[Opened, Shell] | None:
        opened = find_opened(session, typed)
        if opened is None or not opened.is_for_families or not speak(session, opened, tag):
            return None
        return opened, frame(session, opened, find_tongue(tag), request, None)

    return await site.house.database.read(read)


def _draw(
    site: Site,
    opened: Opened,
    shell: Shell,
    typed: Submission,
    wrong: dict[str, str],
    *,
    trouble: str = "",
) -> Response:
    errors = [{"text": text, "href": f"#{box}"} for box, text in wrong.items()]
    if trouble:
        errors = [{"text": say(shell.tongue.tag, trouble), "href": "#send"}]
    return draw(
        site,
        "contact",
        shell,
        503 if trouble else 422 if errors else 200,
        here=f"{opened.address}/{shell.tongue.tag}/contact",
        typed=typed,
        wrong=wrong,
        errors=errors,
        is_open=bool(typed.fields),
        submission=typed.id,
    )


def _refuse(request: Request) -> Response:
    return draw_not_open(site_of(request), asked_for(request)[1])
