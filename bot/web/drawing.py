"""Drawing: pages from templates, in the styles of GOV.UK Frontend but with none of its marks."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, Undefined, pass_context
from jinja2.runtime import Context
from starlette.responses import HTMLResponse

from bot.web.pieces import COMPONENTS, Pieces
from messages.letters.counted import counted
from messages.letters.press import date_in_words, distance_in_words
from messages.writing.prose import to_html
from messages.writing.twin import to_text
from store.asking.lesson import Lesson
from store.people.board import Board
from surveys.phrases import ENGLISH, say


class Drawing:
    """Draws pages. Every text is escaped; a lesson passes the same allow-list as in letters."""

    def __init__(self, zone: ZoneInfo) -> None:
        """Prepare the templates; moments are shown in this zone."""
        components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
        self._templates = Environment(
            loader=ChoiceLoader([PackageLoader("bot.web"), components]),
            autoescape=True,
            auto_reload=False,  # templates change with the installation, not under a running process
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=Undefined,  # the components ask for settings that may not be given
        )
        self._zone = zone
        self._templates.filters |= {"day": self._day, "moment": self._moment, "prose": to_html}
        self._templates.globals |= {"distance": distance_in_words, "counted": counted, "word": _word}
        pieces = Pieces(self._templates)
        self._templates.globals |= {"draw_field": pieces.draw_field, "draw_help": pieces.draw_help}
        for macro, folder in COMPONENTS.items():
            self._templates.globals[macro] = pieces.keep_component(macro, folder)

    def draw(
        self, template: str, status: int = 200, *, board: Board | None = None, **values: object
    ) -> HTMLResponse:
        """Draw a page; `board` gives it its name and the people who help."""
        page = self._templates.get_template(f"{template}.html")
        return HTMLResponse(page.render(board=board, **values), status)

    def _moment(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        return f"{date_in_words(local.date())} at {local:%H:%M}"

    def _day(self, day: date) -> str:
        return date_in_words(day)


@cache
def drawing_in(zone: ZoneInfo) -> Drawing:
    """The drawing of all pages in a zone, made once a process: its templates take long to put together."""
    return Drawing(zone)


@pass_context
def _word(context: Context, text: str, **values: object) -> str:
    """An English text in the language of the page; English where the page names none."""
    return say(context.get("language") or ENGLISH, text, **values)


def forwardable(lesson: Lesson) -> str:
    """A lesson as plain text that can be sent on: it carries no link that answers for anybody."""
    title = f"{lesson.title}\n{'=' * len(lesson.title)}"
    return "\n\n".join((title, to_text(lesson.message), to_text(lesson.body)))
