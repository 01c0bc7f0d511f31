"""Whole form: the page on which somebody with the short form before them says that it is too short."""

from collections.abc import Mapping
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.asks.door import Visit
from bot.web.asks.errand import Errand, draw, take
from bot.web.site import Site, site_of
from bot.web.submission import Submission
from store.database import Session
from surveys.answering.crossing import Crossing
from surveys.answering.exchange import Exchanged, exchange_form, left_behind
from surveys.answering.intake import form_version
from surveys.forms.form import Form

SEE_OTHER = 303
SAID = "they say that they have fifty staff or more; the directory {listed}"


async def show_whole_form(request: Request) -> Response:
    """What the whole form is, what goes over to it of what is saved, and the two digits."""
    site = site_of(request)
    visit, now = await site.own_visit(request)
    if visit is None:
        return await site.lost(request)
    if not visit.may_take_whole:
        return RedirectResponse(visit.address, SEE_OTHER)
    return await draw(site, visit, now, PAGE)


async def take_whole_form(request: Request) -> Response:
    """Put the whole form in the place of the short one."""
    return await take(request, PAGE)


async def show_exchanged(request: Request) -> Response:
    """That the whole form is open now, and what was on the short one and has no place in it."""
    site = site_of(request)
    visit, _ = await site.own_visit(request)
    if visit is None:
        return await site.lost(request)
    short = visit.step.small_form_version_id
    if short is None or visit.ask.form_version_id is not None or not visit.may_exchange:
        return RedirectResponse(visit.address, SEE_OTHER)
    before = await site.house.database.read(lambda session: form_version(session, short))
    crossing = _cross(visit, before, visit.form)
    return site.drawing.draw("whole_form_done", board=visit.board, visit=visit, crossing=crossing)


def _cross(visit: Visit, form: Form, other: Form) -> Crossing:
    return left_behind(form, other, {name: draft.raw for name, draft in visit.drafts.items()})


def _keep(_site: Site, session: Session, visit: Visit, _sent: Submission, now: datetime) -> str:
    if not visit.may_take_whole:
        return ""  # it is done already: this is the second press
    staff = visit.agency.staff
    why = SAID.format(listed="does not say" if staff is None else f"says {staff}")
    by, who = "the representative", visit.person.id
    done = exchange_form(session, visit.ask.id, why, by, now, whole=True, person_id=who)
    return "" if isinstance(done, Exchanged) else done.reason


def _look_up(session: Session, visit: Visit) -> Mapping[str, object]:
    whole = form_version(session, visit.step.form_version_id)
    return {"whole": whole, "crossing": _cross(visit, visit.form, whole)}


PAGE = Errand("whole-form", "digits", lambda _: [], _keep, look_up=_look_up)
