"""Guest: whoever stands before an open survey, and what every page of theirs needs to know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import Response

from bot.web.open.begun import is_begun, sign_begun
from bot.web.open.opened import Opened, Spoken, find_opened, speak, tongues_of
from bot.web.open.shell import Shell, asked_for, draw_not_open, draw_resting, frame
from bot.web.site import Site, site_of
from store.database import Session
from surveys.form import Form
from surveys.tongue import Tongue, find_tongue

SEE_OTHER = 303
#: Said where the language in which somebody began has closed meanwhile.
MOVED = "The other language is closed for now. What you typed is still here. Please go on in this one."
#: Said on a page that could not be sent; what was typed is still on it.
NOT_KEPT = (
    "Something went wrong here, not with you. Your answers are still on this page. Please press Send again."
)
TOO_MANY = "Please wait a minute and press Send again. What you typed is still on this page."


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody before an open survey, in one language; before no version yet where none is named."""

    site: Site
    now: datetime
    today: date
    opened: Opened
    spoken: list[Spoken]
    shell: Shell
    #: Every language of the survey and whether a machine's work is in it; empty where it was not asked for.
    tongues: list[tuple[Tongue, bool]]
    #: How the page ended that was sent, by the name of the one that followed; empty where it has not.
    end: str
    #: Whether the language of the address is not offered, and this is the one offered instead.
    is_moved: bool = False

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

    def prove_begun(self, carried: str) -> str:
        """What a page is to carry that shows that the visit began while the survey was open.

        Empty where it is shut and nothing shows that: then nothing is taken.
        """
        keyring, code = self.site.house.identity.keyring, self.opened.code.code
        if is_begun(keyring, code, carried, self.now):
            return carried
        return sign_begun(keyring, code, self.now) if not self.opened.is_shut else ""

    def rest(self) -> Response:
        """The page of a survey that asks nothing for now."""
        return draw_resting(self.site, self.shell)


async def find_guest(
    request: Request,
    *,
    with_tongues: bool = False,
    find_end: Callable[[Session, Opened], str] = lambda _session, _opened: "",
    or_moved: bool = False,
) -> Guest | None:
    """Where a request stands; None where no survey, language or version of that name is open.

    With `or_moved` a language that is not offered is no hindrance while another one is.
    """
    site, named = site_of(request), request.path_params
    typed, asked = asked_for(request)
    now = await site.house.clock.now()
    today, version = site.today(now), named.get("version", "")

    def read(session: Session) -> Guest | None:
        opened = find_opened(session, typed, today)
        if opened is None:
            return None
        tag, spoken = asked, _speak(session, opened, asked, version)
        if not spoken and or_moved:
            tag, spoken = _move(session, opened, version)
        if not spoken:
            return None
        shell = frame(session, opened, find_tongue(tag), request, spoken[0] if version else None)
        tongues = tongues_of(session, opened) if with_tongues else []
        end = find_end(session, opened)
        return Guest(site, now, today, opened, spoken, shell, tongues, end, is_moved=tag != asked)

    return await site.house.database.glance(read)


def _speak(session: Session, opened: Opened, tag: str, version: str) -> list[Spoken]:
    """What is offered in a language, or of that the one version that an address names."""
    return [one for one in speak(session, opened, tag) if version in ("", one.version.key)]


def _move(session: Session, opened: Opened, version: str) -> tuple[str, list[Spoken]]:
    """The first language in which an address's version is offered, and what is offered there."""
    for tongue, _ in tongues_of(session, opened):
        if spoken := _speak(session, opened, tongue.tag, version):
            return tongue.tag, spoken
    return "", []


def place_of(request: Request) -> str:
    """From where a request comes; no record keeps it."""
    return request.client.host if request.client else ""


def refuse(request: Request) -> Response:
    """The page for whatever is not open."""
    return draw_not_open(site_of(request), asked_for(request)[1])
