"""Share: the page on which a colleague is asked to fill in a section."""

from collections.abc import Mapping
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.directory.addresses import BadAddress, normalise_address
from bot.web.asks.door import Visit
from bot.web.asks.errand import Errand, Error, draw, take
from bot.web.asks.hand_over import complain_of_colleague
from bot.web.asks.invited import find_invited
from bot.web.site import Site, site_of
from bot.web.submission import Submission
from messages.changes import contributing
from store.database import Session
from store.people.person import Person
from surveys.forms.section import SIGN_OFF

#: What the page sends for the whole form.
EVERYTHING = "everything"
NOT_SHARED = "Whoever sends the form signs it: choose another section for your colleague."


async def show_share(request: Request) -> Response:
    """Which section, and whom to ask."""
    site = site_of(request)
    visit, now = await site.own_visit(request)
    if visit is None:
        return await site.lost(request)
    if visit.form.layout != "tasks":
        return RedirectResponse(visit.address, 303)
    return await draw(site, visit, now, PAGE)


async def take_share(request: Request) -> Response:
    """Invite the colleague, who gets a letter with a link of their own."""
    return await take(request, PAGE)


async def show_shared(request: Request) -> Response:
    """Who was invited to what, read from the rows."""
    site = site_of(request)
    visit, now = await site.own_visit(request)
    if visit is None:
        return await site.lost(request)
    if visit.is_helper:
        return await draw(site, visit, now, PAGE)
    invited = await site.house.database.read(lambda session: find_invited(session, visit))
    if not invited:
        return RedirectResponse(f"{visit.address}/share", 303)
    return site.drawing.draw("share_done", board=visit.board, visit=visit, invited=invited)


def _keep(site: Site, session: Session, visit: Visit, submission: Submission, now: datetime) -> str:
    email = normalise_address(submission.one("email"))
    if isinstance(email, BadAddress):
        return email.reason
    wanted = submission.one("section")
    section = wanted if any(each.name == wanted for each in visit.form.sections) else None
    if section == SIGN_OFF:
        return NOT_SHARED
    name = " ".join(submission.one("name").split())
    outcome = contributing.invite(session, visit.ask, visit.person, name, email, section, now)
    return "" if isinstance(outcome, Person) else outcome


def _complain(submission: Submission) -> list[Error]:
    errors = complain_of_colleague(submission)
    if not submission.one("section"):
        errors.insert(0, {"text": "Choose what your colleague is to fill in", "href": "#section"})
    return errors


def _look_up(session: Session, visit: Visit) -> Mapping[str, object]:
    return {"invited": find_invited(session, visit)}


PAGE = Errand("share", "email", _complain, _keep, look_up=_look_up)
