"""Survey: the opening, one small page after another, and Send; until then nothing is kept but on the page."""

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.open.ended import Ended
from bot.web.open.rush import Rush
from bot.web.open.shell import draw
from bot.web.open.visit import NOT_KEPT, SEE_OTHER, TOO_MANY, Visit, find_visit, place_of, refuse
from bot.web.submission import Submission, read_submission
from store.database import Session
from store.errors import StoreError
from surveys.anonymous import Kept, take_for_code
from surveys.answers import Answers, check
from surveys.ended import SENT, STOPPED, find_end
from surveys.form import Form
from surveys.journey import open_first, page_at
from surveys.pages import Page
from surveys.phrases import say
from surveys.turn import take_turn

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

log = logging.getLogger(__name__)


class Surveys:
    """The pages of every open survey, with what this process remembers of the last minutes."""

    def __init__(self, rush: Rush, ended: Ended) -> None:
        """Watch how fast answers come, and which pages came to their end."""
        self._rush, self._ended = rush, ended

    async def show_opening(self, request: Request) -> Response:
        """What the survey is, for whom, and what becomes of the answers; nothing is asked yet."""
        visit = await find_visit(request, with_tongues=True)
        if visit is None:
            return refuse(request)
        return draw_opening(visit, Submission({})) if visit.opened.is_attended else visit.rest()

    async def take_page(self, request: Request) -> Response:
        """Take one page and give the next; from the last one keep the answers, and only then say thanks."""
        submission = await read_submission(request)
        word = submission.word
        visit = await find_visit(
            request, find_end=lambda session, opened: find_end(session, opened.code.code, word)
        )
        if visit is None:
            return refuse(request)
        if submission.one(STOP):
            await self._ended.stop(visit.site.house.database, word, visit.today, place_of(request))
            return RedirectResponse(f"{visit.above}/{STOPPED}{visit.shell.query}", SEE_OTHER)
        if end := self._ended.of(word) or visit.end:
            return RedirectResponse(f"{visit.above}/{end}{visit.shell.query}", SEE_OTHER)
        # Whoever had begun before the survey was shut may finish: nothing is swallowed.
        if not visit.opened.is_attended and _begins(visit, submission):
            return visit.rest()
        return await self._go_on(request, visit, submission)

    async def _go_on(self, request: Request, visit: Visit, submission: Submission) -> Response:
        if submission.one("back") == OPENING:
            return draw_opening(visit, submission)
        outcome = _turn(visit, submission)
        if isinstance(outcome, Page):
            return draw_page(visit, submission, outcome)
        return await self._send(request, visit, submission, outcome)

    async def _send(
        self, request: Request, visit: Visit, submission: Submission, answers: Answers
    ) -> Response:
        place = place_of(request)
        typed = submission.pick(visit.form.owns)

        def stay(trouble: str) -> Response:
            page = page_at(visit.form, typed, submission.press.at, None, visit.today)
            return draw_page(visit, submission, page, trouble=trouble)

        if self._rush.is_over(visit.opened.code.id, place):
            return stay(TOO_MANY)
        is_unusual = self._rush.count(visit.opened.code.id, place)
        marks = marks_of(visit, submission, is_rushed=is_unusual)

        def keep(session: Session) -> object:
            code, tag = visit.opened.code.code, visit.tag
            return take_for_code(session, code, submission.id, answers, tag, marks)

        try:
            kept = await visit.site.house.database.write(keep, urgent=True)
        except StoreError as error:
            log.error("an open answer was not kept: %s", error)
            return stay(NOT_KEPT)
        if not isinstance(kept, Kept):
            return refuse(request)
        self._ended.note(submission.id, SENT)
        return RedirectResponse(f"{visit.above}/{SENT}{visit.shell.query}", SEE_OTHER)


def marks_of(visit: Visit, submission: Submission, *, is_rushed: bool) -> dict[str, object]:
    """What is kept beside the answers: who helped, how they were entered, that many came at once."""
    marks: dict[str, object] = {}
    if submission.one(HELPER) in HELPERS:
        marks["helper"] = submission.one(HELPER)
    if visit.shell.entered:
        marks["entered"] = visit.shell.entered
    if is_rushed:
        marks["rushed"] = True
    return marks


def draw_opening(visit: Visit, submission: Submission) -> Response:
    """The opening; what was typed already is carried along."""
    tag, form = visit.tag, visit.form
    typed = submission.pick(form.owns)
    asks_for_help = form.is_for_families
    return draw(
        visit.site,
        "opening",
        visit.shell,
        opened=visit.opened,
        form=form,
        here=visit.address,
        carried=[(name, text) for name, texts in typed.items() for text in texts],
        helper=submission.one(HELPER),
        helpers=[(role, say(tag, words)) for role, words in HELPERS.items()] if asks_for_help else [],
        permissions=[say(tag, words) for words in _permissions(form)],
        is_boxless=visit.chosen.is_boxless,
        has_choice=visit.has_choice,
    )


def draw_page(visit: Visit, submission: Submission, page: Page, *, trouble: str = "") -> Response:
    """One page of questions; `trouble` says why it could not be sent just now."""
    errors = [{"text": field.error, "href": f"#{field.id}"} for field in page.errors]
    if trouble:
        errors = [{"text": say(visit.tag, trouble), "href": "#send"}]
    status = 503 if trouble else 422 if errors else 200
    response = draw(
        visit.site,
        "question",
        visit.shell,
        status,
        here=visit.address,
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


def _turn(visit: Visit, submission: Submission) -> Page | Answers:
    """The page that a button leads to, or the answers where all of them are there."""
    form, raw = visit.form, submission.pick(visit.form.owns)
    if submission.one(START):
        return open_first(form, raw, None, visit.today)
    if not (submission.press.at or submission.press.back):
        raise HTTPException(400)  # no page of ours, or one that lost something on its way
    turn = take_turn(form, raw, submission.press, None, visit.today)
    if turn.page is not None:
        return turn.page
    checked = check(form, turn.raw, visit.today)
    return checked if isinstance(checked, Answers) else open_first(form, turn.raw, None, visit.today)


def _permissions(form: Form) -> tuple[str, ...]:
    if form.audience != "child" or form.ages is None:
        return ()
    if form.ages.highest < 8:
        return (READ_ALOUD,)
    return (BELOW_13,) if form.ages.highest < 13 else (BELOW_13, FROM_13, FROM_16)


def _begins(visit: Visit, submission: Submission) -> bool:
    """Whether somebody presses Start who has answered nothing yet."""
    return bool(submission.one(START)) and not submission.pick(visit.form.owns)
