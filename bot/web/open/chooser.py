"""Chooser: which language, and which version; where there is but one, nobody is asked."""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.open.guest import SEE_OTHER, find_guest, refuse
from bot.web.open.opened import Opened, find_opened, find_staff_board, tongues_of
from bot.web.open.shell import Shell, asked_for, draw, draw_not_open, draw_resting, frame
from bot.web.site import site_of
from store.database import Session
from surveys.forms.form import Form
from surveys.phrases import say
from surveys.tongues.tongue import EASY, FIRST, Tongue, find_tongue

MACHINE = "Machine translation, not yet checked by a person"


@dataclass(frozen=True, slots=True)
class Tile:
    """One version as it is offered."""

    key: str
    name: str
    ages: str


async def show_languages(request: Request) -> Response:
    """The languages, each in its own name; the address and the title say nothing of what is asked."""
    site, (typed, _) = site_of(request), asked_for(request)
    today = site.today(await site.house.clock.now())

    def read(session: Session) -> tuple[Opened, list[tuple[Tongue, bool]], Shell] | None:
        opened = find_opened(session, typed, today)
        if opened is None:
            return None
        shell = frame(session, opened, find_tongue(FIRST), request, None)
        # When somebody reads is said once there is a language to say it in.
        return opened, tongues_of(session, opened), replace(shell, unread="")

    found = await site.house.database.read(read)
    if found is None:
        board = await site.house.database.read(lambda session: find_staff_board(session, typed))
        return draw_not_open(site, staff_board=board)
    opened, tongues, shell = found
    if opened.is_shut or not tongues:
        return draw_resting(site, shell)
    if len(tongues) == 1:
        return RedirectResponse(f"{opened.address}/{tongues[0][0].tag}{shell.query}", SEE_OTHER)
    offered = [(tongue, say(tongue.tag, MACHINE) if machine else "") for tongue, machine in tongues]
    return draw(site, "languages", shell, opened=opened, offered=offered)


async def show_versions(request: Request) -> Response:
    """The versions in the chosen language, by age; Easy Read stands beside them at any age."""
    guest = await find_guest(request, with_tongues=True)
    if guest is None:
        return refuse(request)
    if guest.opened.is_shut:
        return guest.rest()
    tag, spoken = guest.tag, guest.spoken
    easy = next((tongue for tongue, _ in guest.tongues if tongue.tag == EASY and tag == FIRST), None)
    if len(spoken) == 1:
        return RedirectResponse(f"{guest.address}{guest.shell.query}", SEE_OTHER)
    tiles = [Tile(one.version.key, *_called(one.form, tag)) for one in spoken]
    return draw(
        guest.site,
        "versions",
        guest.shell,
        opened=guest.opened,
        versions=tiles,
        easy=easy,
        has_choice=guest.has_choice,
    )


def _called(form: Form, tag: str) -> tuple[str, str]:
    """What a version is called beside the others, and for whom it is."""
    if form.audience == "family":
        return say(tag, "For parents and carers"), ""
    if form.audience != "child" or form.ages is None:
        return form.title, ""
    if form.ages.highest < 8:
        return say(tag, "Pictures and short words"), say(tag, "Ages 4 to 7, with a grown-up who reads aloud")
    if form.ages.lowest >= 12:
        return say(tag, "Ages 12 and over"), ""
    return say(tag, "Ages {lowest} to {highest}", lowest=form.ages.lowest, highest=form.ages.highest), ""
