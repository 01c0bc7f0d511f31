"""The demonstration's own pages: the inbox of everybody, and the clock with its buttons."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.demo.doors import Front, find_doors
from bot.demo.people.asides import SAMUEL
from bot.demo.postbox import Letter
from bot.demo.scenery.lesson import wren
from bot.demo.stage import Stage
from bot.demo.story import SILENT
from bot.hearing.progress import read_progress
from bot.web.site import site_of
from messages.days.calendar import office_calendar
from messages.days.hours import morning_of
from store import chore
from store.asking import campaign
from store.asking.ask import AskState
from store.database import Session
from store.letters import touch
from store.people import board

#: The letter is shown as a mail program would show it: its own styles, and nothing from elsewhere.
FRAMED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
FRAMING = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter as the list shows it."""

    letter: Letter
    zone: ZoneInfo

    @property
    def day(self) -> str:
        """Its day, for sorting."""
        return f"{self.letter.at.astimezone(self.zone):%Y-%m-%d}"

    @property
    def clock(self) -> str:
        """Its time of day."""
        return f"{self.letter.at.astimezone(self.zone):%H:%M}"

    def __getattr__(self, name: str) -> object:
        return getattr(self.letter, name)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of plain text, or a link in it."""

    text: str
    link: str = ""


def routes(stage: Stage) -> list[BaseRoute]:
    """The demonstration's pages for a stage."""

    async def show_inbox(request: Request) -> Response:
        return await _show_inbox(stage, request)

    async def show_letter(request: Request) -> Response:
        return _show_letter(stage, request)

    async def show_body(request: Request) -> Response:
        letter = _letter(stage, request)
        if letter is None:
            return RedirectResponse("/inbox", SEE_OTHER)
        page = letter.body("html").replace("<head>", '<head><base target="_top">', 1)
        return HTMLResponse(page, headers=FRAMED)

    async def move_clock(request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=4)
        now = await stage.clock.now()
        await stage.advance(next_stop(now, str(form.get("step")), stage.house.identity.zone))
        return RedirectResponse("/inbox", SEE_OTHER)

    return [
        Route("/inbox", show_inbox),
        Route("/inbox/{number:int}", show_letter),
        Route("/inbox/{number:int}/html", show_body),
        Route("/clock", move_clock, methods=["POST"]),
    ]


def next_stop(now: datetime, step: str, zone: ZoneInfo) -> datetime:
    """Where a button takes the clock: late in the morning of the next working day, or a week on."""
    calendar = office_calendar()
    days = 7 if step == "week" else 1
    day = calendar.next_working(now.astimezone(zone).date() + timedelta(days=days))
    return morning_of(day, calendar, zone) + timedelta(hours=3)


async def _show_inbox(stage: Stage, request: Request) -> Response:
    zone = stage.house.identity.zone
    to = request.query_params.get("to", "")
    letters = [Shown(letter, zone) for letter in stage.postbox.letters if to in ("", letter.address)]
    now = await stage.clock.now()
    only, figures, chores = await stage.house.database.read(lambda session: _figures(session, now, zone))
    doors = await stage.house.database.read(
        lambda session: find_doors(Front(session, stage.house.identity, stage.postbox, now))
    )
    return site_of(request).drawing.draw(
        "demo/inbox",
        board=only,
        now=now,
        asked=dict(figures)["Agencies asked"],
        silent=SILENT,
        signs=SAMUEL,
        figures=figures,
        chores=chores,
        doors=doors,
        letters=letters,
        to=to,
    )


def _figures(
    session: Session, now: datetime, zone: ZoneInfo
) -> tuple[board.Board, list[tuple[str, str]], list[str]]:
    progress = read_progress(session, wren(session), now.astimezone(zone).date(), zone)
    confirmed = progress.steps[-1].of(AskState.ANSWERED)
    waiting = sum(len(touch.drafted(session, one.id)) for one in campaign.every(session))
    told = [
        ("Agencies asked", str(progress.asked)),
        ("Acknowledged", str(progress.acknowledged)),
        ("Confirmed the cascade", f"{confirmed} of {progress.asked}"),
        ("Staff reached, of staff in scope", str(progress.reach.all) if progress.reach else "not known"),
        ("Letters waiting for a yes", str(waiting)),
    ]
    return board.every(session)[0], told, [one.text for one in chore.waiting(session)]


def _show_letter(stage: Stage, request: Request) -> Response:
    letter = _letter(stage, request)
    if letter is None:
        return RedirectResponse("/inbox", SEE_OTHER)
    pieces = _linked(letter.body("plain"), stage.house.identity.base_url)
    response = site_of(request).drawing.draw("demo/letter", letter=letter, parts=pieces)
    response.headers["Content-Security-Policy"] = FRAMING
    return response


def _linked(text: str, base_url: str) -> list[Piece]:
    """Plain text with our own links made live."""
    parts = re.split(rf"({re.escape(base_url)}/\S+)", text)
    return [Piece(part, part if place % 2 else "") for place, part in enumerate(parts)]


def _letter(stage: Stage, request: Request) -> Letter | None:
    number = int(request.path_params["number"])
    return stage.postbox.letters[number - 1] if 0 < number <= len(stage.postbox.letters) else None
