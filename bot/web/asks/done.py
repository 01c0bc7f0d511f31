"""Done: what somebody told us, and what happens next."""

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.asks.door import Visit
from bot.web.confirmation.door import find_passed_on
from bot.web.drawing import forwardable
from bot.web.site import site_of
from messages.chasing.withholding import why_withheld
from messages.launching.opening import day_for
from store.asking import ask, owing
from store.asking.ask import AskState
from store.asking.campaign import Step
from store.database import Session
from store.letters.alarm import DueAsk
from store.people.agency import Agency
from surveys.answering.differences import compare_answers
from surveys.answering.reading import tell
from surveys.judging.points import Moderated, name_scores, read_scores


@dataclass(frozen=True, slots=True)
class Later:
    """What the same person will be asked next: from a day of its own, or, where it is open, until a day."""

    title: str
    on: date
    is_open: bool
    is_last: bool


def find_later(session: Session, visit: Visit) -> Later | None:
    """The next step as things stand; None where there is none, or where they asked not to be asked."""
    after = ask.following(session, visit.ask)
    while after is not None and after.state not in (AskState.PENDING, AskState.ASKED):
        after = ask.following(session, after)
    if after is None:
        return None
    agency, step = session.get_one(Agency, after.agency_id), session.get_one(Step, after.step_id)
    is_last = ask.following(session, after) is None
    if after.state is AskState.ASKED:
        return Later(step.title, after.due_on, True, is_last)
    if step.opens_on is None or why_withheld(session, DueAsk(after, step, visit.campaign, agency)):
        return None
    return Later(step.title, day_for(step.opens_on, agency), False, is_last)


async def show_done(request: Request) -> Response:
    """The answer that counts, told back in words; the text to forward; when the next ask is due."""
    site = site_of(request)
    visit, now = await site.visit(request)
    if visit is None:
        return await site.lost(request)
    if visit.is_given:
        return site.drawing.draw("given", board=visit.board, visit=visit, today=site.today(now))
    if visit.told is None or visit.is_helper:  # who helped sees the sections that are theirs
        return RedirectResponse(visit.address, 303)
    may_ask, passed_on, later = await site.house.database.read(
        lambda session: (
            _may_ask(session, visit),
            find_passed_on(session, site.house.identity, visit, site.today(now)),
            find_later(session, visit),
        )
    )
    return site.drawing.draw(
        "done",
        board=visit.board,
        visit=visit,
        told=tell(visit.told.form, visit.told.answers),
        moderated=_moderated(visit),
        changes=compare_answers(visit.told.form, visit.earlier, visit.told.answers),
        today=site.today(now),
        may_ask=may_ask,
        later=later,
        passed_on=passed_on,
        forward=forwardable(visit.lesson) if visit.lesson else "",
    )


def _moderated(visit: Visit) -> list[Moderated]:
    """The board's values beside those that were answered, once it has judged them."""
    judged = visit.judged.judgement if visit.judged and visit.is_judged else None
    if judged is None or visit.told is None:
        return []
    return name_scores(visit.told.form, visit.told.answers.values, read_scores(judged.scores))


def _may_ask(session: Session, visit: Visit) -> bool:
    """Whether a new link to the next ask would be written to this person: a stand-in gets none unasked.

    A link answers one ask for one person, so this page cannot hold that of the next.
    """
    after = visit.following
    return after is not None and any(
        ask.id == after.id for ask, _ in owing.of_person(session, visit.person.id)
    )
