"""Done: what somebody told us, and what happens next."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.confirmation.door import find_passed_on
from bot.web.door import Visit
from bot.web.drawing import forwardable
from bot.web.site import site_of
from store import owing
from store.database import Session
from surveys.differences import compare_answers
from surveys.reading import tell


async def show_done(request: Request) -> Response:
    """The answer that counts, told back in words; the text to forward; when the next ask is due."""
    site = site_of(request)
    visit, now = await site.visit(request)
    if visit is None:
        return await site.lost(request)
    if visit.is_given:
        return site.drawing.draw("given", board=visit.board, visit=visit, today=site.today(now))
    if visit.told is None or visit.is_left_out:
        return RedirectResponse(visit.address, 303)
    may_ask, passed_on = await site.house.database.read(
        lambda session: (
            _may_ask(session, visit),
            find_passed_on(session, site.house.identity, visit, site.today(now)),
        )
    )
    return site.drawing.draw(
        "done",
        board=visit.board,
        visit=visit,
        told=tell(visit.told.form, visit.told.answers),
        changes=compare_answers(visit.told.form, visit.earlier, visit.told.answers),
        today=site.today(now),
        may_ask=may_ask,
        passed_on=passed_on,
        forward=forwardable(visit.lesson) if visit.lesson else "",
    )


def _may_ask(session: Session, visit: Visit) -> bool:
    """Whether a new link to the next ask would be written to this person: a stand-in gets none unasked.

    A link answers one ask for one person, so this page cannot hold that of the next.
    """
    after = visit.following
    return after is not None and any(
        ask.id == after.id for ask, _ in owing.of_person(session, visit.person.id)
    )
