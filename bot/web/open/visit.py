"""Visit: whoever stands before an open survey, and what every page of theirs needs to know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from bot.web.open.opened import Opened, Spoken, find_opened, speak, tongues_of
from bot.web.open.shell import Shell, asked_for, draw_not_open, draw_resting, frame
from bot.web.site import Site, site_of
from store.database import Session
from surveys.form import Form
from surveys.tongue import Tongue, find_tongue

SEE_OTHER = 303
#: Said on a page that could not be sent; what was typed is still on it.
NOT_KEPT = (
    "Something went wrong here, not with you. Your answers are still on this page. Please press Send again."
)
TOO_MANY = "Please wait a minute and press Send again. What you typed is still on this page."


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody before an open survey, in one language; before no version yet where none is named."""

    site: Site
    today: date
    opened: Opened
    spoken: list[Spoken]
    shell: Shell
    #: Every language of the survey and whether a machine's work is in it; empty where it was not asked for.
    tongues: list[tuple[Tongue, bool]]
    #: How the page ended that was sent, by the name of the one that followed; empty where it has not.
    end: str

    @property
    def tag(self) -> str:
        """The language."""
        return self.shell.tongue.tag

    @property
    def chosen(self) -> Spoken:
        """The version of the address; the first where it names none."""
        return self.spoken[0]

    @property
    def form(self) -> Form:
        """Its questions, in the language of the page."""
        return self.chosen.form

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"{self.above}/{self.chosen.version.key}"

    @property
    def above(self) -> str:
        """Where the language's pages begin."""
        return f"{self.opened.address}/{self.tag}"

    @property
    def has_choice(self) -> bool:
        """Whether there is another language."""
        return len(self.tongues) > 1

    def rest(self) -> Response:
        """The page of a survey that asks nothing for now."""
        return draw_resting(self.site, self.shell)


async def find_visit(
    request: Request,
    *,
    with_tongues: bool = False,
    find_end: Callable[[Session, Opened], str] = lambda _session, _opened: "",
) -> Visit | None:
    """Where a request stands; None where no survey, language or version of that name is open."""
    site, named = site_of(request), request.path_params
    typed, tag = asked_for(request)
    today = site.today(await site.house.clock.now())

    def read(session: Session) -> Visit | None:
        opened = find_opened(session, typed, today)
        spoken = speak(session, opened, tag) if opened else []
        if "version" in named:
            spoken = [one for one in spoken if one.version.key == named["version"]]
        if opened is None or not spoken:
            return None
        shell = frame(session, opened, find_tongue(tag), request, spoken[0] if "version" in named else None)
        tongues = tongues_of(session, opened) if with_tongues else []
        return Visit(site, today, opened, spoken, shell, tongues, find_end(session, opened))

    return await site.house.database.read(read)


def place_of(request: Request) -> str:
    """From where a request comes; no record keeps it."""
    return request.client.host if request.client else ""


def refuse(request: Request) -> Response:
    """The page for whatever is not open."""
    return draw_not_open(site_of(request), asked_for(request)[1])
