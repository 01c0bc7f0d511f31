"""Pages: two questions for a manager, answered once by whoever holds the link; no login and no name."""

from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.asks.keeping import NOT_KEPT, log
from bot.web.confirmation.door import Asked, find_asked
from bot.web.site import Site, site_of
from bot.web.submission import new_id, read_submission
from store.answers import confirmation
from store.asking import around
from store.database import Session
from store.errors import StoreError
from surveys.answering.answers import Answers
from surveys.paging.journey import open_first, page_at
from surveys.paging.pages import Page
from surveys.paging.turn import take_turn

SEE_OTHER = 303


async def show_confirmation(request: Request) -> Response:
    """The questions; thanks, where they were answered already."""
    site = site_of(request)
    asked, now = await _find(site, request)
    if asked is None:
        return _closed(site)
    if asked.is_given:
        return RedirectResponse(asked.thanks, SEE_OTHER)
    return _draw(site, asked, open_first(asked.form, {}, None, site.today(now)))


async def show_thanks(request: Request) -> Response:
    """That the questions are answered, and not what was said: whoever passed the link on has it too."""
    site = site_of(request)
    asked, _ = await _find(site, request)
    if asked is None:
        return _closed(site)
    if not asked.is_given:
        return RedirectResponse(asked.address, SEE_OTHER)
    return site.drawing.draw("confirmation/thanks", board=asked.board)


async def take_confirmation(request: Request) -> Response:
    """Take one page; from the last one keep the answers, and only then say thanks. Nothing is kept before."""
    site, submission = site_of(request), await read_submission(request)
    asked, now = await _find(site, request)
    if asked is None:
        return _closed(site)
    if asked.is_given:
        return RedirectResponse(asked.thanks, SEE_OTHER)
    press, raw, today = submission.press, submission.pick(asked.form.owns), site.today(now)
    if not (press.at or press.back):
        raise HTTPException(400)  # no page of ours, or one that lost something on its way: say so
    turn = take_turn(asked.form, raw, press, None, today)
    if turn.page is not None:
        return _draw(site, asked, turn.page)
    checked = turn.answers
    assert checked is not None  # noqa: S101 - where no page is left to show, the form is whole
    try:
        is_open = await site.house.database.write(
            lambda session: _keep(site, session, asked, checked, now), urgent=True
        )
    except StoreError as error:
        log.error("a manager's answer was not kept: %s", error)
        return _draw(site, asked, page_at(asked.form, turn.raw, press.at, None, today), trouble=NOT_KEPT)
    return RedirectResponse(asked.thanks, SEE_OTHER) if is_open else _closed(site)


async def _find(site: Site, request: Request) -> tuple[Asked | None, datetime]:
    now, token = await site.house.clock.now(), str(request.path_params["token"])
    identity = site.house.identity
    found = await site.house.database.read(lambda session: find_asked(session, identity, token, now))
    return found, now


def _keep(site: Site, session: Session, seen: Asked, checked: Answers, now: datetime) -> bool:
    """Keep it unless somebody was quicker; False where the link closed in the meantime."""
    around.hold(session, seen.ask_id)
    asked = find_asked(session, site.house.identity, seen.token, now)
    if asked is not None:
        day = site.today(now)
        confirmation.keep(
            session, asked.booking_id, asked.step_id, asked.form_version_id, checked.to_json(), day
        )
    return asked is not None


def _draw(site: Site, asked: Asked, page: Page, trouble: str = "") -> Response:
    errors = page.summary(trouble)
    return site.drawing.draw(
        "confirmation/questions",
        503 if trouble else 422 if errors else 200,
        board=asked.board,
        asked=asked,
        page=page,
        errors=errors,
        submission=new_id(),
    )


def _closed(site: Site) -> Response:
    """One page for every link that opens nothing: it does not tell why."""
    return site.drawing.draw("confirmation/closed", 404)
