"""Replaced: pages that say why nothing was kept, with all that was typed to be copied."""

from starlette.responses import Response

from bot.web.asks.door import Visit
from bot.web.asks.filled import fill_for
from bot.web.asks.keeping import FORM_VERSION
from bot.web.site import Site
from bot.web.submission import Submission
from store.database import Session
from surveys.answering.differences import Beside
from surveys.answering.intake import form_version
from surveys.files.name import show_name
from surveys.forms.form import Form


async def draw_replaced(site: Site, visit: Visit, sent: Submission) -> Response:
    """Say that the page that was sent is of another form than the one that is asked now."""
    typed = await find_typed(site, visit, sent)
    return site.drawing.draw("form_replaced", 409, board=visit.board, visit=visit, typed=typed)


async def draw_left_out(site: Site, visit: Visit, sent: Submission | None = None) -> Response:
    """Say that nothing is needed of a colleague who was invited to sections: the short form has none."""
    typed = [] if sent is None else await find_typed(site, visit, sent)
    status, is_sent = (200, False) if sent is None else (409, True)
    return site.drawing.draw("left_out", status, board=visit.board, visit=visit, is_sent=is_sent, typed=typed)


async def draw_refused(site: Site, visit: Visit, sent: Submission, reason: str) -> Response:
    """Say why what was sent is not taken."""
    typed = await find_typed(site, visit, sent)
    return site.drawing.draw("refused", 409, board=visit.board, visit=visit, reason=reason, typed=typed)


async def find_typed(site: Site, visit: Visit, sent: Submission) -> list[tuple[str, str]]:
    """What was typed on a page that is not kept: each question, as the page put it, and what stood in it."""
    form = await site.house.database.read(lambda session: _form_of(session, visit, sent))
    beside = Beside(form, form.sections, visit.earlier, None, visit.files)
    chosen = [
        (form.every[own].title, f"{show_name(one.name)} (a file: please choose it again)")
        for name, files in sent.files.items()
        if (own := name.rpartition(".")[2]) in form.every
        for one in files
    ]
    return [*beside.tell(sent.pick(form.owns)), *chosen]


def _form_of(session: Session, visit: Visit, sent: Submission) -> Form:
    """The form that a page says it is of; where it says none, the one that its step asks beside today's."""
    step = visit.step
    asked = [form_version(session, one) for one in (step.form_version_id, step.small_form_version_id) if one]
    named = sent.one(FORM_VERSION)
    others = [form for form in asked if _name_of(form) != visit.form_version]
    form = next((form for form in asked if _name_of(form) == named), (others or asked)[0])
    return fill_for(session, form, visit.board, visit.campaign, visit.agency, visit.lesson)


def _name_of(form: Form) -> str:
    return f"{form.key}-{form.version}"
