"""Survey: the opening, one small page after another, and Send; until then nothing is kept but on the page."""

import logging
from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.open.ended import Ended
from bot.web.open.opened import Opened, Spoken, find_opened, speak, tongues_of
from bot.web.open.rush import Rush
from bot.web.open.shell import Shell, asked_for, draw, draw_not_open, frame
from bot.web.site import Site, site_of
from bot.web.submission import Submission, read_submission
from store.database import Session
from store.errors import StoreError
from surveys.anonymous import Kept, take_for_code
from surveys.answers import Answers, check
from surveys.form import Form
from surveys.journey import open_first, page_at
from surveys.pages import Page
from surveys.phrases import say
from surveys.turn import take_turn

SEE_OTHER = 303
#: Fields of the page itself; no question's name has a hyphen, but where it asks for a date.
START, STOP, HELPER = "start-here", "stop-here", "helped-by"
#: What Back leads to from the first question.
OPENING = "opening"
#: Who helps somebody to answer: what is kept, and how it is offered.
HELPERS = {
    "alone": "I'll do this alone",
    "parent": "A parent or carer",
    "family": "Another family member",
    "friend": "A friend",
    "school": "A teacher or school staff",
    "interpreter": "An interpreter",
    "rated_worker": "The worker this is about",
    "worker": "Another worker",
}
#: Who was told, and who decides: below 13, from 13, from 16 years (Market Research Society code of conduct).
READ_ALOUD = (
    "For the grown-up: a parent or carer, or the place where you are, has been told about these questions "
    "and can say no. The child is asked too."
)
BELOW_13 = (
    "If you are under 13, a parent or carer, or the place where you are, has been told about this "
    "and can say no."
)
FROM_13 = (
    "If you are 13, 14 or 15, you decide. Your parents or carers have been told about these questions, "
    "unless that would not be safe."
)
FROM_16 = "If you are 16 or over, it is your own choice."
NOT_KEPT = (
    "Something went wrong here, not with you. Your answers are still on this page. Please press Send again."
)
TOO_MANY = "Please wait a minute and press Send again. What you typed is still on this page."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody before one version of an open survey, in one language."""

    site: Site
    opened: Opened
    spoken: Spoken
    shell: Shell
    today: date
    has_choice: bool

    @property
    def form(self) -> Form:
        """The questions, in the language of the page."""
        return self.spoken.form

    @property
    def above(self) -> str:
        """Where the language's pages begin."""
        return f"{self.opened.address}/{self.spoken.tongue.tag}"

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"{self.above}/{self.spoken.version.key}"


class Surveys:
    """The pages of every open survey, with what this process remembers of the last minutes."""

    def __init__(self, rush: Rush, ended: Ended) -> None:
        """Watch how fast answers come, and which pages came to their end."""
        self._rush, self._ended = rush, ended

    async def show_opening(self, request: Request) -> Response:
        """What the survey is, for whom, and what becomes of the answers; nothing is asked yet."""
        sitting = await _sit_down(request)
        return draw_opening(sitting, Submission({})) if sitting else _refuse(request)

    async def take_page(self, request: Request) -> Response:
        """Take one page and give the next; from the last one keep the answers, and only then say thanks."""
        submission = await read_submission(request)
        sitting = await _sit_down(request)
        if sitting is None:
            return _refuse(request)
        word = submission.id
        if submission.one(STOP):
            self._ended.note(word, "stopped")
        if end := self._ended.of(word):
            return RedirectResponse(f"{sitting.above}/{end}{sitting.shell.query}", SEE_OTHER)
        if submission.one("back") == OPENING:
            return draw_opening(sitting, submission)
        outcome = _turn(sitting, submission)
        if isinstance(outcome, Page):
            return draw_page(sitting, submission, outcome)
        return await self._send(request, sitting, submission, outcome)

    async def _send(
        self, request: Request, sitting: Sitting, submission: Submission, answers: Answers
    ) -> Response:
        place = request.client.host if request.client else ""
        typed = submission.pick(sitting.form.owns)

        def stay(trouble: str) -> Response:
            page = page_at(sitting.form, typed, submission.press.at, None, sitting.today)
            return draw_page(sitting, submission, page, trouble=trouble)

        if self._rush.is_over(sitting.opened.code.id, place):
            return stay(TOO_MANY)
        is_unusual = self._rush.count(sitting.opened.code.id, place)
        marks = marks_of(sitting, submission, is_rushed=is_unusual)

        def keep(session: Session) -> object:
            code, tag = sitting.opened.code.code, sitting.spoken.tongue.tag
            return take_for_code(session, code, submission.id, answers, tag, marks)

        try:
            kept = await sitting.site.house.database.write(keep, urgent=True)
        except StoreError as error:
            log.error("an open answer was not kept: %s", error)
            return stay(NOT_KEPT)
        if not isinstance(kept, Kept):
            return draw_not_open(sitting.site, sitting.spoken.tongue.tag)
        self._ended.note(submission.id, "thanks")
        return RedirectResponse(f"{sitting.above}/thanks{sitting.shell.query}", SEE_OTHER)


def marks_of(sitting: Sitting, submission: Submission, *, is_rushed: bool) -> dict[str, object]:
    """What is kept beside the answers: who helped, how they were entered, that many came at once."""
    marks: dict[str, object] = {}
    if submission.one(HELPER) in HELPERS:
        marks["helper"] = submission.one(HELPER)
    if sitting.shell.entered:
        marks["entered"] = sitting.shell.entered
    if is_rushed:
        marks["rushed"] = True
    return marks


def draw_opening(sitting: Sitting, submission: Submission) -> Response:
    """The opening; what was typed already is carried along."""
    tag, form = sitting.spoken.tongue.tag, sitting.form
    typed = submission.pick(form.owns)
    asks_for_help = form.is_for_families
    return draw(
        sitting.site,
        "opening",
        sitting.shell,
        opened=sitting.opened,
        form=form,
        here=sitting.address,
        carried=[(name, text) for name, texts in typed.items() for text in texts],
        helper=submission.one(HELPER),
        helpers=[(role, say(tag, words)) for role, words in HELPERS.items()] if asks_for_help else [],
        permissions=[say(tag, words) for words in _permissions(form)],
        is_boxless=sitting.spoken.is_boxless,
        has_choice=sitting.has_choice,
    )


def draw_page(sitting: Sitting, submission: Submission, page: Page, *, trouble: str = "") -> Response:
    """One page of questions; `trouble` says why it could not be sent just now."""
    errors = [{"text": field.error, "href": f"#{field.id}"} for field in page.errors]
    if trouble:
        errors = [{"text": say(sitting.spoken.tongue.tag, trouble), "href": "#send"}]
    status = 503 if trouble else 422 if errors else 200
    response = draw(
        sitting.site,
        "question",
        sitting.shell,
        status,
        here=sitting.address,
        page=page,
        before=page.before or OPENING,
        errors=errors,
        helper=submission.one(HELPER),
        # The opening carries none, so a tablet that is handed on starts with a word of its own.
        submission=submission.id,
    )
    if trouble:
        response.headers["Retry-After"] = "60"
    return response


def _turn(sitting: Sitting, submission: Submission) -> Page | Answers:
    """The page that a button leads to, or the answers where all of them are there."""
    form, raw = sitting.form, submission.pick(sitting.form.owns)
    if submission.one(START):
        return open_first(form, raw, None, sitting.today)
    if not (submission.press.at or submission.press.back):
        raise HTTPException(400)  # no page of ours, or one that lost something on its way
    turn = take_turn(form, raw, submission.press, None, sitting.today)
    if turn.page is not None:
        return turn.page
    checked = check(form, turn.raw, sitting.today)
    return checked if isinstance(checked, Answers) else open_first(form, turn.raw, None, sitting.today)


def _permissions(form: Form) -> tuple[str, ...]:
    if form.audience != "child" or form.ages is None:
        return ()
    if form.ages.highest < 8:
        return (READ_ALOUD,)
    return (BELOW_13,) if form.ages.highest < 13 else (BELOW_13, FROM_13, FROM_16)


async def _sit_down(request: Request) -> Sitting | None:
    """Whom a request comes from: which survey, version and language; None where that is not open."""
    site, named = site_of(request), request.path_params
    (typed, tag), key = asked_for(request), str(named["version"])
    today = site.today(await site.house.clock.now())

    def read(session: Session) -> Sitting | None:
        opened = find_opened(session, typed)
        offered = speak(session, opened, tag) if opened else []
        spoken = next((one for one in offered if one.version.key == key), None)
        if opened is None or spoken is None:
            return None
        shell = frame(session, opened, spoken.tongue, request, spoken)
        has_choice = request.method == "GET" and len(tongues_of(session, opened)) > 1
        return Sitting(site, opened, spoken, shell, today, has_choice)

    return await site.house.database.read(read)


def _refuse(request: Request) -> Response:
    return draw_not_open(site_of(request), asked_for(request)[1])
