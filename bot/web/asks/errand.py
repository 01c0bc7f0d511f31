"""Errand: a page on which something is asked of the board, sent with the two digits of the letter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.asks.door import Visit
from bot.web.site import Site, site_of
from bot.web.submission import Submission, new_id, read_submission
from store.database import Session
from store.people import standing

MOVED = "This question now rests with somebody else."
NOT_THEIRS = "You were invited to help. Only whoever was asked, or stands in for them, can do this."

Error = dict[str, str]


@dataclass(frozen=True, slots=True)
class DigitsWanted:
    """Six digits went to the address on file, and have to be typed before anything is done."""

    #: What was wrong with those that were typed; empty where none were.
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Errand:
    """One such page: where it is, how it is drawn, and what comes of what was sent."""

    #: The last part of its address; with underscores it names the template.
    page: str
    #: The field beside which a refusal of the whole is shown.
    first: str
    #: What is missing or wrong in what was typed.
    complain: Callable[[Submission], list[Error]]
    #: Does what is wanted in the transaction it is given; gives back why not, in words for the person, or
    #: what they have to type first.
    keep: Callable[[Site, Session, Visit, Submission, datetime], "str | DigitsWanted"]
    #: What its template shows besides, and what of it is looked up each time.
    shown: Mapping[str, object] = field(default_factory=dict)
    look_up: Callable[[Session, Visit], Mapping[str, object]] = lambda _, __: {}


async def take(request: Request, errand: Errand) -> Response:
    """Take what was sent and, once it is done, lead on to the page that says what became of it."""
    site = site_of(request)
    submission = await read_submission(request)
    visit, now = await site.own_visit(request)
    if visit is None:
        return await site.lost(request, submission)
    if visit.is_helper:
        return await draw(site, visit, now, errand)
    errors = errand.complain(submission)
    if refused := site.refuse_digits(visit, submission):
        errors.append({"text": refused, "href": "#digits"})
    if errors:
        return await draw(site, visit, now, errand, submission, errors)

    def keep(session: Session) -> str | DigitsWanted:
        found = site.find_again(session, visit, now)
        if found and not standing.may_send(found.role):
            return NOT_THEIRS
        return errand.keep(site, session, found, submission, now) if found else MOVED

    if told := await site.house.database.write(keep):
        wants_passcode = isinstance(told, DigitsWanted)
        errors = _tell(errand, told)
        return await draw(site, visit, now, errand, submission, errors, wants_passcode=wants_passcode)
    return RedirectResponse(f"{visit.address}/{errand.page}/done", 303)


def _tell(errand: Errand, told: str | DigitsWanted) -> list[Error]:
    if isinstance(told, DigitsWanted):
        return [{"text": told.wrong, "href": "#passcode"}] if told.wrong else []
    return [{"text": told, "href": f"#{errand.first}"}]


async def draw(
    site: Site,
    visit: Visit,
    now: datetime,
    errand: Errand,
    typed: Submission | None = None,
    errors: list[Error] | None = None,
    *,
    wants_passcode: bool = False,
) -> Response:
    """Draw the form and what it looks up, with what was typed and what is wrong with it.

    Whoever was invited to help is told at once that none of this is theirs to do.
    """
    if visit.is_helper:
        return site.drawing.draw("not_theirs", 403, board=visit.board, visit=visit)
    found = await site.house.database.read(lambda session: errand.look_up(session, visit))
    typed, errors = typed or Submission({}), errors or []
    return site.drawing.draw(
        errand.page.replace("-", "_"),
        422 if errors else 200,
        board=visit.board,
        visit=visit,
        today=site.today(now),
        typed=typed,
        errors=errors,
        wrong={error["href"].removeprefix("#"): error["text"] for error in errors},
        submission=typed.one("submission") or new_id(),
        wants_passcode=wants_passcode,
        **errand.shown,
        **found,
    )
