"""Guest: whoever stands before an open survey, and what every page of theirs needs to know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import Response

from bot.web.open.begun import is_begun, sign_begun
from bot.web.open.opened import Opened, Spoken, find_opened, find_staff_board, speak, tongues_of
from bot.web.open.shell import Shell, asked_for, draw_not_open, draw_resting, frame
from bot.web.site import Site, site_of
from store.asking.campaign import TAKING, CampaignState
from store.database import Session
from store.surveying import reader
from surveys.forms.form import Form
from surveys.open.opening import takes_words
from surveys.phrases import languages
from surveys.tongues.tongue import Tongue, find_tongue

SEE_OTHER = 303
#: The longest name of a language that is kept.
LONGEST_TAG = 20
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
    #: The language in which words that came along were written; empty where nobody reads it.
    wrote_in: str = ""

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
        """Its questions, in the language of the page; of contact it speaks only where that is offered."""
        return self.chosen.form if self.offers_contact else self.chosen.quiet

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

        Empty where it is shut, or over, and nothing shows that: then nothing is taken.
        """
        keyring, code = self.site.house.identity.keyring, self.opened.code.code
        if is_begun(keyring, code, carried, self.now):
            return carried
        return sign_begun(keyring, code, self.now) if self.may_begin else ""

    @property
    def may_begin(self) -> bool:
        """Whether a visit may begin now."""
        return not (self.opened.is_shut or self.opened.is_over)

    @property
    def offers_contact(self) -> bool:
        """Whether they may ask to be contacted: families, for themselves, in a language that is read."""
        is_for_them = self.opened.is_for_families and not self.shell.entered
        return is_for_them and self.may_begin and not self.chosen.is_unread

    @property
    def takes_nothing(self) -> bool:
        """Whether not even what was begun is taken: it is withdrawn, or all of its answers are told."""
        is_told = self.chosen.version.step.told_whole_on is not None
        return is_told or self.opened.campaign.state not in (*TAKING, CampaignState.CLOSED)

    def rest(self) -> Response:
        """The page of a survey that asks nothing for now, or nothing any more."""
        if self.opened.is_over or self.takes_nothing:
            staff_board = "" if self.opened.is_for_families else self.opened.board.name
            return draw_not_open(self.site, self.tag, staff_board)
        return draw_resting(self.site, self.shell)


async def find_guest(
    request: Request,
    *,
    with_tongues: bool = False,
    find_end: Callable[[Session, Opened], str] = lambda _session, _opened: "",
    midway: bool = False,
    wrote_in: str = "",
) -> Guest | None:
    """Where a request stands; None where no survey, language or version of that name is open.

    With `midway` it may have been open before: a code that has closed is no hindrance, nor is a language that
    is not offered while another one is. `wrote_in`: in which language the page says its words were written.
    """
    site, named = site_of(request), request.path_params
    typed, asked = asked_for(request)
    now = await site.house.clock.now()
    today, version = site.today(now), named.get("version", "")

    def read(session: Session) -> Guest | None:
        opened = find_opened(session, typed, today, or_over=midway)
        if opened is None:
            return None
        tag, spoken = asked, _speak(session, opened, asked, version)
        if not spoken and midway:
            tag, spoken = _move(session, opened, version)
        if not spoken:
            return None
        shell = frame(session, opened, find_tongue(tag), request, spoken[0] if version else None)
        tongues = tongues_of(session, opened) if with_tongues else []
        end = find_end(session, opened)
        wrote = _find_read(session, opened, tag, wrote_in or asked)
        is_moved = tag != asked
        return Guest(site, now, today, opened, spoken, shell, tongues, end, is_moved, wrote)

    found = await site.house.database.glance(read)
    if found is None:
        request.state.staff_board = await site.house.database.glance(
            lambda session: find_staff_board(session, typed)
        )
    return found


def _speak(session: Session, opened: Opened, tag: str, version: str) -> list[Spoken]:
    """What is offered in a language, or of that the one version that an address names."""
    return [one for one in speak(session, opened, tag) if version in ("", one.version.key)]


def _move(session: Session, opened: Opened, version: str) -> tuple[str, list[Spoken]]:
    """The first language in which an address's version is offered, and what is offered there."""
    for tongue, _ in tongues_of(session, opened):
        if spoken := _speak(session, opened, tongue.tag, version):
            return tongue.tag, spoken
    return "", []


def _find_read(session: Session, opened: Opened, tag: str, wrote_in: str) -> str:
    """The language in which words were written that come from another page; empty where nobody reads it."""
    if wrote_in == tag:
        return tag
    read = reader.languages_read(session, opened.board.id)
    is_known = len(wrote_in) <= LONGEST_TAG and takes_words(wrote_in, {*languages(), *read})
    if not opened.is_for_families:
        return wrote_in if is_known else tag
    return wrote_in if is_known and takes_words(wrote_in, read) else ""


def place_of(request: Request) -> str:
    """From where a request comes; no record keeps it."""
    return request.client.host if request.client else ""


def refuse(request: Request) -> Response:
    """The page for whatever is not open."""
    return draw_not_open(site_of(request), asked_for(request)[1], getattr(request.state, "staff_board", ""))
