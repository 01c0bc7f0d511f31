"""Ask: the page on which one person reads and answers one ask."""

import hashlib
import json
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.door import Visit
from bot.web.site import Site, site_of
from bot.web.submission import Submission, new_id, read_submission
from store.database import Session
from store.errors import StoreError
from store.inbound import Source
from surveys.answers import Answers, Problems, check, write_raw
from surveys.intake import Arrival, Raw, Receipt, Refusal, receive
from surveys.journey import advance, open_first
from surveys.pages import Page, pages

SEE_OTHER = 303
NOT_KEPT = (
    "Your answer was NOT kept: our records cannot be written at this moment. "
    "What you typed is still here. Please press Send again."
)


MEANWHILE = (
    "Since you opened this page, this was answered by {by}. Your answer is NOT sent yet: "
    "press Send again if yours should take its place."
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shut:
    """The link stopped holding while the answer was on its way."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Somebody else has answered since the page was opened, which its sender could not know."""

    visit: Visit


Outcome: TypeAlias = Receipt | Problems | Refusal | Answers | Meanwhile | Shut


async def show_ask(request: Request) -> Response:
    """The ask with the first page of its form, and the lesson below; what was answered stands in the form."""
    site = site_of(request)
    visit, now = await site.visit(request)
    if visit is None:
        return await site.lost(request)
    raw = write_raw(visit.form, visit.told.answers) if visit.told else {}
    page = open_first(visit.form, raw, visit.earlier)
    return _draw(site, visit, page, now, submission=new_id())


async def take_answer(request: Request) -> Response:
    """Take one page of the form; from the last one keep the answer, and only then say so."""
    site = site_of(request)
    submission = await read_submission(request)
    visit, now = await site.visit(request)
    if visit is None:
        return await site.lost(request)
    raw, at = submission.only(visit.form.names), submission.one("page")
    if not (at or submission.one("back")):
        raise HTTPException(400)  # no page of ours, or one that lost something on its way: say so
    page = _next_page(site, visit, submission, now)
    if page is not None:
        return _draw(site, visit, page, now, submission=submission.id)
    try:
        kept = await site.house.database.write(
            lambda session: keep_answer(site, session, visit, submission, now), urgent=True
        )
    except StoreError as error:
        log.error("an answer was not kept: %s", error)
        page = _page_at(visit, raw, at)
        return _draw(site, visit, page, now, submission=submission.id, trouble=NOT_KEPT)
    return await _answer(request, visit, submission, kept, now)


async def _answer(
    request: Request, visit: Visit, submission: Submission, kept: Outcome, now: datetime
) -> Response:
    """What a person is told once the database has spoken."""
    site = site_of(request)
    raw, at = submission.only(visit.form.names), submission.one("page")
    match kept:
        case Receipt() | Answers():
            return RedirectResponse(f"{visit.address}/done", SEE_OTHER)
        case Refusal(reason):
            return site.drawing.draw("refused", 409, board=visit.board, visit=visit, reason=reason)
        case Problems():
            return _draw(site, visit, _page_at(visit, raw, at), now, submission=submission.id)
        case Meanwhile(fresh):
            trouble = MEANWHILE.format(by=fresh.told.by if fresh.told else "a colleague")
            page = _page_at(fresh, raw, at)
            return _draw(site, fresh, page, now, submission=submission.id, trouble=trouble, status=409)
        case Shut():
            return await site.lost(request)


def _next_page(site: Site, visit: Visit, submission: Submission, now: datetime) -> Page | None:
    """The page to show, before or after the one that was sent; None when the answer is whole."""
    raw = submission.only(visit.form.names)
    if back := submission.one("back"):
        return _page_at(visit, raw, back)
    outcome = advance(visit.form, raw, submission.one("page"), visit.earlier, site.today(now))
    return outcome if isinstance(outcome, Page) else None


def keep_answer(site: Site, session: Session, seen: Visit, submission: Submission, now: datetime) -> Outcome:
    """Keep an answer in one transaction. Gives the answers alone when they say what is known already."""
    visit = site.find_again(session, seen, now)
    if visit is None:
        return Shut()
    raw, today = submission.only(visit.form.names), site.today(now)
    checked = check(visit.form, raw, today)
    if isinstance(checked, Answers) and visit.told and visit.told.answers.values == checked.values:
        return checked
    if isinstance(checked, Answers) and _is_overtaken(visit, submission):
        return Meanwhile(visit)
    arrival = Arrival(Source.WEB, _source_id(visit, submission.id, raw), raw, visit.person.id)
    receipt = receive(session, visit.ask.id, arrival, now, today)
    if isinstance(receipt, Receipt) and not receipt.is_new and receipt.response.superseded_by is not None:
        # The same words as once before, but given again after others: a correction back, and no repeat.
        afresh = Arrival(Source.WEB, _source_id(visit, new_id(), raw), raw, visit.person.id)
        return receive(session, visit.ask.id, afresh, now, today)
    return receipt


def _is_overtaken(visit: Visit, submission: Submission) -> bool:
    told = visit.told
    if told is None or told.by == "you" or "seen" not in submission.fields:
        return False
    return submission.one("seen") != str(told.id)


def _source_id(visit: Visit, submission: str, raw: Raw) -> str:
    """The same for a repeat of the same words from the same page; never shared by two asks or people."""
    spelled = json.dumps({name: list(raw[name]) for name in sorted(raw)}).encode()
    digest = hashlib.sha256(spelled).hexdigest()[:32]
    return f"{visit.ask.id.hex}.{visit.person.id.hex[-12:]}.{submission}.{digest}"


def _page_at(visit: Visit, raw: Raw, at: str) -> Page:
    laid_out = pages(visit.form, raw, (), visit.earlier)
    return next((page for page in laid_out if page.name == at), laid_out[-1])


def _draw(
    site: Site,
    visit: Visit,
    page: Page,
    now: datetime,
    *,
    submission: str,
    trouble: str = "",
    status: int = 503,
) -> Response:
    laid_out = pages(visit.form, {name: [text] for name, text in page.carried}, ())
    errors = [{"text": field.error, "href": f"#{field.id}"} for field in page.errors]
    if trouble:
        errors.insert(0, {"text": trouble, "href": "#send"})
    before = laid_out[page.number - 2].name if 1 < page.number <= len(laid_out) + 1 else ""
    shown = status if trouble else 422 if errors else 200
    return site.drawing.draw(
        "ask",
        shown,
        board=visit.board,
        visit=visit,
        page=page,
        before=before,
        errors=errors,
        today=site.today(now),
        submission=submission,
        again=bool(trouble),
    )
