"""Shell: what stands around the words of every open page: its name, its language, help, and the way out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from bot.web.drawing import Drawing
from bot.web.open.help import HelpLine, find_help, list_shipped
from bot.web.open.opened import Opened, Spoken
from bot.web.site import Site, site_of
from store.database import Session
from store.surveying.helpline import Audience
from surveys.forms.form import Form
from surveys.phrases import ENGLISH, say
from surveys.tongues.passage import sentences
from surveys.tongues.tongue import Tongue, find_tongue

#: What is typed in for somebody else, by the word that its address ends with.
ENTERED = {
    "paper": "You are typing in answers that somebody gave on paper.",
    "telephone": "You are typing in answers that somebody gives by telephone.",
}
OWN_WORDS = (
    "Please use the person's own words and add nothing. "
    "These answers are marked as entered for somebody else."
)
NOT_OPEN = "This survey is not open"
NOT_OPEN_WHY = (
    "The address may be mistyped, or the survey may have ended. Please ask the person who gave it to you."
)
RESTING = "This survey is not open just now"
RESTING_WHY = "We can't take care of answers today, so we are not asking anything."
RESTING_UNTIL = "Please try again another day. If you need help now, the numbers are on this page."
#: Whole sentences, since in other languages a day does not fit every one; by weekday, from Monday.
UNREAD_UNTIL = (
    "Nobody reads this today. It is read on Monday.",
    "Nobody reads this today. It is read on Tuesday.",
    "Nobody reads this today. It is read on Wednesday.",
    "Nobody reads this today. It is read on Thursday.",
    "Nobody reads this today. It is read on Friday.",
    "Nobody reads this today. It is read on Saturday.",
    "Nobody reads this today. It is read on Sunday.",
)
UNREAD_LONG = "Nobody reads this today. It is read on {day}."
A_WEEK = timedelta(days=7)
#: Up to this age letters are large and sentences stand alone.
YOUNG = 11


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page; nothing in it tells who looks at it, nor a child's page what it is about."""

    tongue: Tongue
    name: str
    #: The board's name on pages for staff, whose own pages may say it aloud.
    board: str
    #: Where somebody begins afresh; empty where there is nothing to begin.
    home: str
    is_for_families: bool
    is_large: bool
    is_machine: bool
    help: Sequence[HelpLine]
    #: Empty on pages for staff.
    exit_to: str
    #: Said where nobody reads today what families write: when somebody does; else empty.
    unread: str = ""
    #: "paper", "telephone", or empty where people answer for themselves.
    entered: str = ""

    @property
    def query(self) -> str:
        """What every address of this visit ends with."""
        return f"?{urlencode({'entered': self.entered})}" if self.entered else ""

    @property
    def entered_words(self) -> str:
        """What the page says to whoever types for somebody else."""
        if not self.entered:
            return ""
        return f"{say(self.tongue.tag, ENTERED[self.entered])} {say(self.tongue.tag, OWN_WORDS)}"


def frame(session: Session, opened: Opened, tongue: Tongue, request: Request, spoken: Spoken | None) -> Shell:
    """The frame of a page of an open survey, `spoken` where one of its versions is chosen."""
    form = spoken.form if spoken else None
    audience = _audience(opened, form)
    for_families = opened.is_for_families
    title = form.title if form else opened.campaign.title
    entered = request.query_params.get("entered", "")
    return Shell(
        tongue=tongue,
        name=say(tongue.tag, "What you think") if for_families else title,
        board=opened.board.name,
        home=opened.address,
        is_for_families=for_families,
        is_large=tongue.is_easy or (form is not None and _is_for_the_young(form)),
        is_machine=spoken is not None and spoken.is_machine,
        help=find_help(session, opened.board.id, audience, tongue.tag),
        exit_to=site_of(request).house.settings.web.exit_to if for_families else "",
        unread=_say_unread(opened, tongue.tag),
        entered=entered if entered in ENTERED else "",
    )


def _say_unread(opened: Opened, tag: str) -> str:
    """When somebody reads what families write, where nobody does today: by weekday while that is clear."""
    today, read_on = opened.today, opened.read_on
    if today is None or read_on is None or read_on == today:
        return ""
    if read_on - today < A_WEEK:
        return say(tag, UNREAD_UNTIL[read_on.weekday()])
    return say(tag, UNREAD_LONG, day=f"{read_on:%d/%m/%Y}")


def draw(site: Site, template: str, shell: Shell, status: int = 200, **values: object) -> Response:
    """Draw an open page in its frame."""
    return draw_framed(site.drawing, template, shell, status, **values)


def draw_framed(
    drawing: Drawing, template: str, shell: Shell, status: int = 200, **values: object
) -> Response:
    """The same where there is no site yet, as before a page is reached."""
    frame = {"shell": shell, "language": shell.tongue.tag, "sentences": sentences}
    return drawing.draw(f"open/{template}", status, board=None, **frame, **values)


def draw_not_open(site: Site, tag: str = ENGLISH, staff_board: str = "") -> Response:
    """The one page for every code that does not hold: it does not tell why, and shows who helps.

    `staff_board` is the name of the board where a code is known to ask staff alone.
    """
    shell = frame_apart(tag, site.house.settings.web.exit_to)
    if staff_board:
        lines = list_shipped(Audience.STAFF, tag)
        name = say(tag, NOT_OPEN)
        shell = replace(
            shell, name=name, board=staff_board, home="/", is_for_families=False, help=lines, exit_to=""
        )
    passages = [say(tag, NOT_OPEN_WHY)]
    return draw(site, "ended", shell, 404, heading=say(tag, NOT_OPEN), passages=passages, ways=[])


def draw_resting(site: Site, shell: Shell) -> Response:
    """The page of a survey that asks nothing for now, since nobody would read it."""
    tag = shell.tongue.tag
    passages = [say(tag, RESTING_WHY), say(tag, RESTING_UNTIL)]
    heading = say(tag, RESTING)
    return draw(site, "ended", shell, heading=heading, passages=passages, ways=[], has_help_in_full=True)


def frame_apart(tag: str, exit_to: str) -> Shell:
    """The frame of a page that belongs to no survey and no board, as where an address leads nowhere."""
    tongue = find_tongue(tag)
    lines = {
        line.number: line for who in (Audience.CHILD, Audience.FAMILY) for line in list_shipped(who, tag)
    }
    return Shell(
        tongue=tongue,
        name=say(tag, "What you think"),
        board="",
        home="",
        is_for_families=True,
        is_large=tongue.is_easy,
        is_machine=False,
        help=list(lines.values()),
        exit_to=exit_to,
    )


def asked_for(request: Request) -> tuple[str, str]:
    """The code and the language that an address names."""
    named = request.path_params
    return str(named["code"]), str(named.get("language", ENGLISH))


def _audience(opened: Opened, form: Form | None) -> Audience:
    asked = {version.form.audience for version in opened.versions} if form is None else {form.audience}
    if asked == {"staff"}:
        return Audience.STAFF
    return Audience.CHILD if "child" in asked else Audience.FAMILY


def _is_for_the_young(form: Form) -> bool:
    return form.audience == "child" and form.ages is not None and form.ages.highest <= YOUNG
