"""Tasks: a long form on a page of sections, which several colleagues fill and one of them sends."""

from dataclasses import replace
from datetime import date, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.asks.door import Visit
from bot.web.asks.invited import find_invited
from bot.web.asks.judged import links_of, put_points
from bot.web.asks.keeping import Replaced, is_of_another, save_draft
from bot.web.asks.replaced import draw_replaced
from bot.web.asks.rival import Rival, tell_rival
from bot.web.files.upload import page_to_mend, read_with_files, say_limits, take_files
from bot.web.site import Site, site_of
from bot.web.submission import Submission
from store.people import standing
from surveys.answering.answers import write_raw
from surveys.forms.section import Section
from surveys.paging.journey import open_first, page_at
from surveys.paging.keystrokes import Raw
from surveys.paging.pages import Page
from surveys.paging.tasks import TaskState, list_tasks, part_of, put_together
from surveys.paging.turn import take_turn

SEE_OTHER = 303


async def show_tasks(site: Site, visit: Visit, now: datetime) -> Response:
    """The sections of the form and how far each is, with the way to send it once all are filled.

    A colleague who was invited sees those alone that they may fill in; who they are stands beside these.
    """
    today, saved = site.today(now), saved_of(visit)
    tasks = [
        one for one in list_tasks(visit.form, saved, visit.earlier, today) if visit.may_fill(one.section)
    ]
    invited: dict[str, str] = {}
    if standing.may_send(visit.role):
        found = await site.house.database.read(lambda session: find_invited(session, visit))
        for section in {one.section for one in found}:
            names = dict.fromkeys(one.name for one in found if one.section == section)
            invited[section] = f"{', '.join(names)}, invited"
    return site.drawing.draw(
        "tasks",
        board=visit.board,
        visit=visit,
        tasks=tasks,
        points=links_of(visit.form, visit.judged.asked if visit.judged else (), visit.address),
        done=sum(task.state is TaskState.DONE for task in tasks),
        may_send=standing.may_send(visit.role),
        invited=invited,
        today=today,
    )


async def show_section(request: Request) -> Response:
    """The first page of one section, as it was last saved."""
    site = site_of(request)
    visit, now = await site.visit(request)
    if visit is None:
        return await site.lost(request)
    section = find_section(visit, request)
    raw = put_together(visit.form, saved_of(visit), visit.earlier)
    page = open_first(visit.form, raw, visit.earlier, site.today(now), section.name)
    if page.section != section.name:
        return RedirectResponse(visit.address, SEE_OTHER)  # it does not apply, as the answers stand
    draft = visit.drafts.get(section.name)
    return _draw(site, visit, section, page, now, revision=draft.revision if draft else 0)


async def take_section(request: Request) -> Response:
    """Take one page of a section and save it; after its last page, back to the list."""
    site = site_of(request)
    submission = await read_with_files(request)
    visit, now = await site.visit(request)
    if visit is None:
        return await site.lost(request, submission)
    if _is_replaced(visit, submission):
        return await draw_replaced(site, visit, submission)
    section = find_section(visit, request)
    taken = await take_files(site, _cut(visit, section, submission), visit, now)
    submission, today = taken.submission, site.today(now)
    revision, typed = submission.number("revision"), part_of(section, submission.pick(visit.form.owns))
    others = {name: raw for name, raw in saved_of(visit).items() if name != section.name}
    raw = put_together(visit.form, {**others, section.name: typed}, visit.earlier)
    if taken.errors:
        to_mend = page_to_mend(visit, taken, raw, today)
        return _draw(site, visit, section, to_mend, now, revision=revision)
    turn = take_turn(visit.form, raw, submission.press, visit.earlier, today, section.name)
    page = turn.page and _within(visit, section, raw, turn.page, today)
    if page is not None and page.errors:
        return _draw(site, visit, section, page, now, revision=revision)
    saved = await save_draft(site, visit, section.name, part_of(section, turn.raw), revision, now)
    if isinstance(saved, Replaced):
        return await draw_replaced(site, visit, submission)
    if saved.trouble:
        here = page_at(visit.form, raw, submission.one("page"), visit.earlier, today)
        here = _within(visit, section, raw, here, today)
        rival = tell_rival(visit, saved.theirs, saved.by, (section,), raw, today)
        return _draw(
            site, visit, section, here, now, revision=saved.revision, trouble=saved.trouble, rival=rival
        )
    if page is None:
        return RedirectResponse(visit.address, SEE_OTHER)
    return _draw(site, visit, section, page, now, revision=saved.revision)


def saved_of(visit: Visit) -> dict[str, Raw]:
    """Each saved section by its name; what was sent before where nothing has been saved since."""
    told: dict[str, Raw] = {}
    if visit.told:
        raw = write_raw(visit.form, visit.told.answers)
        ticks = {section.tick: ["yes"] for section in visit.form.sections if visit.form.carries}
        told = {section.name: part_of(section, {**raw, **ticks}) for section in visit.form.sections}
    return told | {name: draft.raw for name, draft in visit.drafts.items()}


def revisions_of(visit: Visit) -> str:
    """Which state of the sections somebody has looked at."""
    return " ".join(f"{name}:{draft.revision}" for name, draft in sorted(visit.drafts.items()))


def _is_replaced(visit: Visit, submission: Submission) -> bool:
    """Whether a section was sent of a form that is not asked any more."""
    is_short = visit.form.layout != "tasks" and visit.step.small_form_version_id is not None
    return is_short or is_of_another(visit, submission)


def _cut(visit: Visit, section: Section, submission: Submission) -> Submission:
    """What was sent for this section alone; 400 where it holds a file of another, or is no page of ours."""
    is_whole = submission.one("page") or submission.one("back")  # else it lost something on its way
    if not is_whole or not all(section.owns(name) for name in submission.files):
        raise HTTPException(400)
    fields = submission.pick(lambda name: section.owns(name) or not visit.form.owns(name))
    return replace(submission, fields=fields)


def _within(visit: Visit, section: Section, raw: Raw, page: Page, today: date) -> Page:
    """A page of this section: whatever else was asked for leads to its first."""
    if page.section == section.name:
        return page
    return open_first(visit.form, raw, visit.earlier, today, section.name)


def find_section(visit: Visit, request: Request) -> Section:
    """The section of an address; 404 where there is none, or where it is not for this colleague."""
    name = str(request.path_params["section"])
    found = next((section for section in visit.form.sections if section.name == name), None)
    if found is None or visit.form.layout != "tasks" or not visit.may_fill(name):
        raise HTTPException(404)
    return found


def _draw(
    site: Site,
    visit: Visit,
    section: Section,
    page: Page,
    now: datetime,
    *,
    revision: int,
    trouble: str = "",
    rival: Rival | None = None,
) -> Response:
    # The other sections are saved: they neither travel with this page nor show to whoever fills this one.
    own = {question.name for question in section.questions}
    page = replace(page, carried=tuple(pair for pair in page.carried if section.owns(pair[0])))
    asked = visit.judged.asked if visit.judged else ()
    page = put_points(say_limits(site, visit.form, page), asked)
    errors = page.summary(trouble)
    return site.drawing.draw(
        "section",
        409 if trouble else 422 if errors else 200,
        board=visit.board,
        visit=visit,
        section=section,
        points=[{"text": point.text} for point in asked if point.about == section.name],
        page=page,
        before=page.before if page.before.partition(".")[0] in own else "",
        errors=errors,
        today=site.today(now),
        revision=revision,
        rival=rival,
    )
