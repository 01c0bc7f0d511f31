"""Checking: everything filled in so far on one page, and the button that sends it."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.asks.door import Visit
from bot.web.asks.keeping import NOT_KEPT, Meanwhile, Outcome, Replaced, Shut, is_of_another, keep_answer, log
from bot.web.asks.outcome import tell_outcome
from bot.web.asks.tasks import revisions_of, saved_of
from bot.web.site import Site, site_of
from bot.web.submission import Submission, new_id, read_submission
from store.database import Session
from store.errors import StoreError
from store.people import standing
from surveys.answering.answers import Answers, check
from surveys.answering.differences import compare_answers
from surveys.answering.reading import tell_by_section
from surveys.paging.tasks import Task, TaskState, list_tasks, put_together

SEE_OTHER = 303
CHANGED = (
    "Since you opened this page, a colleague has saved something. It is shown below and NOT sent yet: "
    "press Send again if all is right."
)


async def show_check(request: Request) -> Response:
    """Everything filled in so far, with what is still missing, before it is sent."""
    site = site_of(request)
    visit, now = await site.visit(request)
    if visit is None:
        return await site.lost(request)
    if visit.form.layout != "tasks" or visit.is_helper:
        return RedirectResponse(visit.address, SEE_OTHER)
    return _draw(site, visit, now, new_id())


async def take_check(request: Request) -> Response:
    """Send the whole form, with every section as it was last saved."""
    site = site_of(request)
    submission = await read_submission(request)
    visit, now = await site.visit(request)
    if visit is None:
        return await site.lost(request, submission)
    if visit.form.layout != "tasks" or visit.is_helper:
        return RedirectResponse(visit.address, SEE_OTHER)
    if wrong := site.refuse_digits(visit, submission):
        return _draw(site, visit, now, submission.id, wrong_digits=wrong, status=422)

    try:
        kept = await site.house.database.write(
            lambda session: _keep(site, session, visit, submission, now), urgent=True
        )
    except StoreError as error:
        log.error("an answer was not kept: %s", error)
        return _draw(site, visit, now, submission.id, trouble=NOT_KEPT)

    def redraw(seen: Visit, trouble: str) -> Response:
        return _draw(site, seen, now, submission.id, trouble=trouble, status=409)

    return await tell_outcome(request, visit, submission, kept, redraw)


def _keep(site: Site, session: Session, seen: Visit, submission: Submission, now: datetime) -> Outcome:
    """Keep the sections as they were when somebody looked at them, and nothing that was saved since."""
    fresh = site.find_again(session, seen, now)
    if fresh is None:
        return Shut()
    if is_of_another(fresh, submission) or fresh.form_version != seen.form_version:
        return Replaced(fresh)
    if revisions_of(fresh) != submission.one("revisions"):
        return Meanwhile(fresh, CHANGED)
    whole = put_together(fresh.form, saved_of(fresh), fresh.earlier)
    return keep_answer(site, session, fresh, submission, now, whole)


def _draw(
    site: Site,
    visit: Visit,
    now: datetime,
    submission: str,
    *,
    trouble: str = "",
    wrong_digits: str = "",
    status: int = 503,
) -> Response:
    """The whole form read back; sections with something missing are linked from the error summary."""
    today, saved = site.today(now), saved_of(visit)
    whole = put_together(visit.form, saved, visit.earlier)
    checked = check(visit.form, whole, today, visit.earlier)
    tasks = list_tasks(visit.form, saved, visit.earlier, today)
    missing = [] if isinstance(checked, Answers) else _missing(visit, tasks)
    errors = [{"text": trouble, "href": "#send"}] if trouble else []
    errors += [{"text": wrong_digits, "href": "#digits"}] if wrong_digits else []
    return site.drawing.draw(
        "check",
        status if errors else 422 if missing else 200,
        board=visit.board,
        visit=visit,
        tasks=tasks,
        told=tell_by_section(visit.form, checked) if isinstance(checked, Answers) else [],
        errors=errors + missing,
        may_send=standing.may_send(visit.role) and not missing,
        revisions=revisions_of(visit),
        changes=compare_answers(visit.form, visit.earlier, checked) if isinstance(checked, Answers) else [],
        today=today,
        submission=submission,
        wrong_digits=wrong_digits,
    )


def _missing(visit: Visit, tasks: list[Task]) -> list[dict[str, str]]:
    return [
        {"text": f"“{task.title}” is {task.state.value}", "href": f"{visit.address}/sections/{task.section}"}
        for task in tasks
        if task.state is not TaskState.DONE
    ]
