"""Survey: the opening, one small page after another, and Send; until then nothing is kept but on the page."""

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.open.begun import BEGUN
from bot.web.open.ended import Ended
from bot.web.open.guest import MOVED, NOT_KEPT, SEE_OTHER, TOO_MANY, Guest, find_guest, place_of, refuse
from bot.web.open.late import draw_too_late
from bot.web.open.leaving import give_up, take_leave
from bot.web.open.rush import Rush
from bot.web.open.shell import draw
from bot.web.open.words import find_words, leave_out
from bot.web.submission import Submission, read_submission
from messages.sending.alerts import alert_those_on_duty
from store.database import Session
from store.errors import StoreError
from store.letters.alert import AlertKind
from surveys.answering.answers import Answers
from surveys.forms.form import Form
from surveys.open.anonymous import Kept, take_for_code
from surveys.open.ended import SENT, find_end
from surveys.paging.journey import open_first, page_at
from surveys.paging.pages import Page
from surveys.paging.turn import take_turn
from surveys.phrases import say

#: Fields of the page itself; no question's name has a hyphen, but where it asks for a date.
START, HELPER, WROTE_IN, QUIET = "start-here", "helped-by", "wrote-in", "quiet-here"
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

#: Said where nobody can read any more what was written in a language.
LOST = (
    "Nobody can read the language that you wrote in any more, so what you wrote in a box is not sent. "
    "Your other answers are still here."
)

log = logging.getLogger(__name__)


class Surveys:
    """The pages of every open survey, with what this process remembers of the last minutes."""

    def __init__(self, rush: Rush, ended: Ended) -> None:
        """Watch how fast answers come, and which pages came to their end."""
        self._rush, self._ended = rush, ended

    async def show_opening(self, request: Request) -> Response:
        """What the survey is, for whom, and what becomes of the answers; nothing is asked yet."""
        guest = await find_guest(request, with_tongues=True)
        if guest is None or guest.takes_nothing:
            return refuse(request)
        return draw_opening(guest, Submission({})) if not guest.opened.is_shut else guest.rest()

    async def take_page(self, request: Request) -> Response:
        """Take one page and give the next; from the last one keep the answers, and only then say thanks."""
        submission = await read_submission(request)
        give_up(submission, self._ended)
        word = submission.word
        guest = await find_guest(
            request,
            find_end=lambda session, opened: find_end(session, opened.code.code, word),
            midway=True,
            wrote_in=submission.one(WROTE_IN),
        )
        if guest is None:
            return refuse(request)
        if left := take_leave(request, guest, submission, self._ended):
            return left
        if end := self._ended.of(word) or guest.end:
            return RedirectResponse(f"{guest.above}/{end}{guest.shell.query}", SEE_OTHER)
        # Whoever had begun before the survey was shut, or closed, may finish: nothing is swallowed.
        if guest.takes_nothing or not guest.prove_begun(submission.one(BEGUN)):
            return draw_too_late(guest, submission) or guest.rest()
        return draw_interrupted(guest, submission) or await self._go_on(request, guest, submission)

    async def _go_on(self, request: Request, guest: Guest, submission: Submission) -> Response:
        if submission.one("back") == OPENING:
            return draw_opening(guest, submission)
        outcome = _turn(guest, submission)
        if isinstance(outcome, Page):
            return draw_page(guest, submission, outcome)
        return await self._send(request, guest, submission, outcome)

    async def _send(
        self, request: Request, guest: Guest, submission: Submission, answers: Answers
    ) -> Response:
        place = place_of(request)
        typed = submission.pick(guest.form.owns)

        def stay(trouble: str) -> Response:
            page = page_at(guest.form, typed, submission.press.at, None, guest.today)
            return draw_page(guest, submission, page, trouble=trouble)

        if self._rush.is_over(guest.opened.code.id, place):
            return stay(TOO_MANY)
        is_unusual = self._rush.count(guest.opened.code.id, place)
        marks = marks_of(guest, submission, is_rushed=is_unusual)

        def keep(session: Session) -> object:
            code, tag, zone = guest.opened.code, guest.wrote_in or guest.tag, guest.site.house.identity.zone
            kept = take_for_code(
                session, code.code, submission.id, answers, tag, marks, guest.today, zone, was_begun=True
            )
            if isinstance(kept, Kept) and kept.has_new_words:
                alert_those_on_duty(session, AlertKind.WORDS, code.board_id, guest.today, guest.now)
            return kept

        try:
            kept = await guest.site.house.database.write(keep, urgent=True)
        except StoreError as error:
            log.error("an open answer was not kept: %s", error)
            return stay(NOT_KEPT)
        if not isinstance(kept, Kept):
            return draw_too_late(guest, submission) or refuse(request)
        self._ended.note(submission.id, SENT)
        return RedirectResponse(f"{guest.above}/{SENT}{guest.shell.query}", SEE_OTHER)


def marks_of(guest: Guest, submission: Submission, *, is_rushed: bool) -> dict[str, object]:
    """What is kept beside the answers: who helped, how they were entered, that many came at once."""
    marks: dict[str, object] = {}
    if submission.one(HELPER) in HELPERS:
        marks["helper"] = submission.one(HELPER)
    if guest.shell.entered:
        marks["entered"] = guest.shell.entered
    if is_rushed:
        marks["rushed"] = True
    return marks


def draw_opening(guest: Guest, submission: Submission, *, told: str = "") -> Response:
    """The opening; what was typed already is carried along, and `told` says what is new about it."""
    tag, form = guest.tag, guest.form
    typed = submission.pick(form.owns)
    asks_for_help = form.is_for_families
    return draw(
        guest.site,
        "opening",
        guest.shell,
        opened=guest.opened,
        form=form,
        here=guest.address,
        carried=[(name, text) for name, texts in typed.items() for text in texts],
        helper=submission.one(HELPER),
        helpers=[(role, say(tag, words)) for role, words in HELPERS.items()] if asks_for_help else [],
        permissions=[say(tag, words) for words in _permissions(form)],
        is_boxless=guest.chosen.is_boxless,
        has_choice=guest.has_choice,
        offers_contact=guest.offers_contact,
        # Whoever goes back to it can give up what was typed; only whoever comes new has no word yet.
        submission=submission.id if typed else submission.word,
        # Only where something is carried along: whoever comes new begins with Start.
        begun=guest.prove_begun(submission.one(BEGUN)) if typed else "",
        wrote_in=_name_language(guest, submission),
        told=told,
        has_help_below=True,
    )


def draw_interrupted(guest: Guest, submission: Submission) -> Response | None:
    """The page again, with what changed round about it since it was shown; None where nothing did.

    A language may have closed: what was typed goes on in another one. Or nobody can read a language any more:
    what was written there is not sent, since nobody would read it, and whoever wrote it is told so before
    Send, with those who help; kept unread, it would look to them as if it had been heard.
    """
    is_unread = guest.chosen.is_boxless or not guest.wrote_in
    lost = find_words(guest.chosen.version.form, submission) if is_unread else {}
    if not (lost or guest.is_moved):
        return None
    told = say(guest.tag, LOST if lost else MOVED)
    submission = leave_out(submission, lost)
    if not submission.press.at:
        return draw_opening(guest, submission, told=told)
    page = page_at(guest.form, submission.pick(guest.form.owns), submission.press.at, None, guest.today)
    return draw_page(guest, submission, page, told=told, has_help=bool(lost))


def draw_page(
    guest: Guest,
    submission: Submission,
    page: Page,
    *,
    trouble: str = "",
    told: str = "",
    has_help: bool = False,
) -> Response:
    """One page of questions; `trouble` says why it could not be sent now, `told` what is new about it."""
    errors = page.summary(say(guest.tag, trouble) if trouble else "")
    status = 503 if trouble else 422 if errors else 200
    response = draw(
        guest.site,
        "question",
        guest.shell,
        status,
        here=guest.address,
        page=page,
        before=page.before or OPENING,
        offers_contact=guest.offers_contact,
        errors=errors,
        helper=submission.one(HELPER),
        # A fresh opening carries none, so a tablet that is handed on starts with a word of its own.
        submission=submission.id,
        begun=guest.prove_begun(submission.one(BEGUN)),
        wrote_in=_name_language(guest, submission),
        # Whether the page comes from the form that does not speak of contact.
        is_quiet=guest.form is not guest.chosen.form,
        told=told,
        told_with_help=has_help,
    )
    if trouble:
        response.headers["Retry-After"] = "60"
    return response


def _name_language(guest: Guest, submission: Submission) -> str:
    """The language of words that came from pages in another one; empty where there are none."""
    is_other = guest.wrote_in not in ("", guest.tag)
    return guest.wrote_in if is_other and find_words(guest.chosen.version.form, submission) else ""


def _turn(guest: Guest, submission: Submission) -> Page | Answers:
    """The page that a button leads to, or the answers where all of them are there.

    Where contact has ceased to be offered meanwhile, or is offered again, the button still does what it said.
    """
    form, raw = guest.form, submission.pick(guest.form.owns)
    if submission.one(START):
        return open_first(form, raw, None, guest.today)
    if not (submission.press.at or submission.press.back):
        raise HTTPException(400)  # no page of ours, or one that lost something on its way
    shown = guest.chosen.quiet if submission.one(QUIET) else guest.chosen.form
    turn = take_turn(shown, raw, submission.press, None, guest.today)
    if turn.page and shown is not form:
        # What is drawn now is the form of today, and its next button is read against that.
        again = take_turn(form, raw, submission.press, None, guest.today) if turn.page.errors else None
        if again and again.page and again.page.errors:
            return again.page
        return page_at(form, turn.raw, turn.page.name, None, guest.today)
    return turn.page or turn.answers or open_first(form, turn.raw, None, guest.today)


def _permissions(form: Form) -> tuple[str, ...]:
    if form.audience != "child" or form.ages is None:
        return ()
    if form.ages.highest < 8:
        return (READ_ALOUD,)
    return (BELOW_13,) if form.ages.highest < 13 else (BELOW_13, FROM_13, FROM_16)
