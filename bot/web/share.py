"""Share: the page on which a colleague is asked to fill in a section."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.directory.addresses import BadAddress, normalise_address
from bot.web.door import Visit
from bot.web.errand import Errand, Error, draw, take
from bot.web.hand_over import complain_of_colleague
from bot.web.site import Site, site_of
from bot.web.submission import Submission
from messages import contributing
from store import standing
from store.database import Session
from store.person import Person
from store.surveying import contributor
from store.surveying.contributor import Contributor

#: What the page sends for the whole form.
EVERYTHING = "everything"


async def show_share(request: Request) -> Response:
    """Which section, and whom to ask."""
    site = site_of(request)
    visit, now = await site.own_visit(request)
    if visit is None:
        return await site.lost(request)
    if visit.form.layout != "tasks" or not standing.may_send(visit.role):
        return RedirectResponse(visit.address, 303)
    return draw(site, visit, now, PAGE)


async def take_share(request: Request) -> Response:
    """Invite the colleague, who gets a letter with a link of their own."""
    return await take(request, PAGE)


async def show_shared(request: Request) -> Response:
    """Who was invited to what, read from the rows."""
    site = site_of(request)
    visit, _ = await site.own_visit(request)
    if visit is None:
        return await site.lost(request)
    invited = await site.house.database.read(lambda session: _invited(session, visit))
    if not invited:
        return RedirectResponse(f"{visit.address}/share", 303)
    titles = {section.name: section.title for section in visit.form.sections}
    told = [(taker.name, titles.get(one.section or "", "the whole form")) for one, taker in invited]
    return site.drawing.draw("share_done", board=visit.board, visit=visit, told=told)


def _invited(session: Session, visit: Visit) -> list[tuple[Contributor, Person]]:
    return [
        (one, session.get_one(Person, one.person_id)) for one in contributor.of_ask(session, visit.ask.id)
    ]


def _keep(site: Site, session: Session, visit: Visit, submission: Submission, now: datetime) -> str:
    email = normalise_address(submission.one("email"))
    if isinstance(email, BadAddress):
        return email.reason
    wanted = submission.one("section")
    section = wanted if any(each.name == wanted for each in visit.form.sections) else None
    name = " ".join(submission.one("name").split())
    outcome = contributing.invite(session, visit.ask, visit.person, name, email, section, now)
    return "" if isinstance(outcome, Person) else outcome


def _complain(submission: Submission) -> list[Error]:
    errors = complain_of_colleague(submission)
    if not submission.one("section"):
        errors.insert(0, {"text": "Choose what your colleague is to fill in", "href": "#section"})
    return errors


PAGE = Errand("share", "email", _complain, _keep)
