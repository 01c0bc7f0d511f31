"""Ask: the page on which one person reads and answers one ask."""

from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.web.asks.door import Visit
from bot.web.asks.first_page import is_first
from bot.web.asks.judged import links_of, put_points
from bot.web.asks.keeping import NOT_KEPT, Replaced, is_of_another, keep_answer, log, save_draft
from bot.web.asks.outcome import tell_outcome
from bot.web.asks.replaced import draw_left_out, draw_replaced
from bot.web.asks.rival import Rival, tell_rival
from bot.web.asks.tasks import show_tasks
from bot.web.asks.whole_form import PAGE
from bot.web.ended import draw_ended
from bot.web.files.upload import page_to_mend, read_with_files, say_limits, take_files
from bot.web.site import Site, site_of
from bot.web.submission import Submission, new_id
from store.errors import StoreError
from surveys.answering.answers import write_raw
from surveys.paging.journey import open_first, page_at
from surveys.paging.keystrokes import Raw
from surveys.paging.pages import Page
from surveys.paging.turn import Turn, take_turn

SEE_OTHER = 303
#: The draft of a form that one person fills page by page.
WHOLE = ""
#: How the word of a page begins that was taken up from a draft: sent as it stands it could be whole already,
#: so that only the digits tell a person from a program.
RESUMED = "resumed-"


async def show_ask(request: Request) -> Response:
    """The ask with the first page of its form, and the lesson below; what was answered stands in the form."""
    site = site_of(request)
    visit, now = await site.visit(request)
    if visit is None:
        return await site.lost(request)
    if visit.is_given:
        return RedirectResponse(f"{visit.address}/done", SEE_OTHER)
    if visit.has_ended:
        return draw_ended(site, visit)
    if visit.form.layout == "tasks":
        return await show_tasks(site, visit, now)
    if visit.is_left_out:
        return await draw_left_out(site, visit)
    draft, word, today = visit.drafts.get(WHOLE), new_id(), site.today(now)
    if is_first(visit):
        return site.first_pages.draw(visit, today, word, lambda seen, own: _draw_first(site, seen, own, now))
    if draft is None or (visit.told and not visit.is_sent_back):
        raw: Raw = write_raw(visit.form, visit.told.answers) if visit.told else {}
        page = open_first(visit.form, raw, visit.earlier, today)
    else:
        page = page_at(visit.form, draft.raw, "".join(draft.raw.get("page", ())), visit.earlier, today)
        word = RESUMED + word
    return _draw(site, visit, page, now, submission=word, revision=draft.revision if draft else 0)


def _draw_first(site: Site, visit: Visit, word: str, now: datetime) -> HTMLResponse:
    return _draw(site, visit, open_first(visit.form, {}, {}, site.today(now)), now, submission=word)


async def take_answer(request: Request) -> Response:
    """Take one page of the form; from the last one keep the answer, and only then say so."""
    site = site_of(request)
    submission = await read_with_files(request)
    visit, now = await site.visit(request)
    if visit is None:
        return await site.lost(request, submission)
    refused = await _refuse(site, visit, submission)
    if refused is not None:
        return refused
    taken = await take_files(site, submission, visit, now)
    submission = taken.submission
    if taken.errors:
        page = page_to_mend(visit, taken, submission.pick(visit.form.owns), site.today(now))
        revision = submission.number("revision")
        return _draw(site, visit, page, now, submission=submission.id, revision=revision)
    raw = submission.pick(visit.form.owns)
    turn = take_turn(visit.form, raw, submission.press, visit.earlier, site.today(now))
    if turn.page is not None:
        return await _show_next(site, visit, submission, turn, now)
    wrong = site.refuse_digits(visit, submission) if _wants_digits(visit, submission.id) else ""
    if wrong:
        page = _page_at(site, visit, submission, now)
        return _draw(site, visit, page, now, submission=submission.id, wrong_digits=wrong)
    try:
        kept = await site.house.database.write(
            lambda session: keep_answer(site, session, visit, submission, now, checked=turn.answers),
            urgent=True,
        )
    except StoreError as error:
        log.error("an answer was not kept: %s", error)
        page = _page_at(site, visit, submission, now)
        return _draw(site, visit, page, now, submission=submission.id, trouble=NOT_KEPT)

    def redraw(seen: Visit, trouble: str) -> Response:
        page = _page_at(site, seen, submission, now)
        return _draw(site, seen, page, now, submission=submission.id, trouble=trouble, status=409)

    return await tell_outcome(request, visit, submission, kept, redraw)


async def _refuse(site: Site, visit: Visit, submission: Submission) -> Response | None:
    """Say that a page is of a form that another has replaced, or for others to send, or none of ours."""
    if visit.has_ended:
        return draw_ended(site, visit, submission)
    if visit.is_left_out:
        return await draw_left_out(site, visit, submission)
    is_old = visit.form.layout == "tasks" and visit.step.small_form_version_id is not None
    if is_old or is_of_another(visit, submission):
        return await draw_replaced(site, visit, submission)
    if visit.form.layout == "tasks" or not (submission.one("page") or submission.one("back")):
        raise HTTPException(400)  # or one that lost something on its way
    return None


async def _show_next(site: Site, visit: Visit, submission: Submission, turn: Turn, now: datetime) -> Response:
    """Show a page that follows, once what was typed so far is saved; an anonymous form saves nothing."""
    page, revision, trouble = turn.page, submission.number("revision"), ""
    rival: Rival | None = None
    assert page is not None  # noqa: S101 - its caller has a page to show
    if visit.keeps_drafts and not page.errors and _is_new(visit, turn.raw):
        typed = {**turn.raw, "page": [page.name]}
        saved = await save_draft(site, visit, WHOLE, typed, revision, now)
        if isinstance(saved, Replaced):
            return await draw_replaced(site, visit, submission)
        revision, trouble = saved.revision, saved.trouble
        if trouble:
            page, today = _page_at(site, visit, submission, now), site.today(now)
            rival = tell_rival(visit, saved.theirs, saved.by, visit.form.sections, turn.raw, today)
    if submission.press.act == PAGE.page and visit.may_take_whole and not trouble:
        return RedirectResponse(f"{visit.address}/{PAGE.page}", SEE_OTHER)
    return _draw(
        site, visit, page, now, submission=submission.id, revision=revision, trouble=trouble, rival=rival
    )


def _wants_digits(visit: Visit, word: str) -> bool:
    return visit.wants_digits or word.startswith(RESUMED)


def _is_new(visit: Visit, raw: Raw) -> bool:
    """Whether something was typed that is not saved yet: who only turns pages leaves no trace."""
    saved = visit.drafts[WHOLE].raw if WHOLE in visit.drafts else _told(visit)
    return _filled(raw) != _filled({name: texts for name, texts in saved.items() if name != "page"})


def _told(visit: Visit) -> Raw:
    """What was answered already, as a page of it would send it again: without what the board says itself."""
    raw: Raw = write_raw(visit.form, visit.told.answers) if visit.told else {}
    settled = {name for name, question in visit.form.every.items() if question.is_settled}
    return {name: texts for name, texts in raw.items() if name not in settled}


def _filled(raw: Raw) -> dict[str, list[str]]:
    return {name: list(texts) for name, texts in raw.items() if any(texts)}


def _page_at(site: Site, visit: Visit, submission: Submission, now: datetime) -> Page:
    raw = submission.pick(visit.form.owns)
    return page_at(visit.form, raw, submission.one("page"), visit.earlier, site.today(now))


def _draw(
    site: Site,
    visit: Visit,
    page: Page,
    now: datetime,
    *,
    submission: str,
    revision: int = 0,
    trouble: str = "",
    status: int = 503,
    wrong_digits: str = "",
    rival: Rival | None = None,
) -> HTMLResponse:
    asked = visit.judged.asked if visit.judged else ()
    page = put_points(say_limits(site, visit.form, page), asked)
    errors = page.summary(trouble)
    if wrong_digits:
        errors.append({"text": wrong_digits, "href": "#digits"})
    shown = status if trouble else 422 if errors else 200
    return site.drawing.draw(
        "ask",
        shown,
        board=visit.board,
        visit=visit,
        page=page,
        points=links_of(visit.form, asked, visit.address, page),
        errors=errors,
        today=site.today(now),
        submission=submission,
        revision=revision,
        again=bool(trouble),
        wants_digits=_wants_digits(visit, submission) and page.is_last,
        wrong_digits=wrong_digits,
        rival=rival,
    )
