"""Site: what every page needs, made once for an application."""

from dataclasses import dataclass, field
from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import Response

from bot.web.asks.called_back import find_called_back
from bot.web.asks.door import Look, Visit, find_visit, knows_digits
from bot.web.asks.first_page import FirstPages
from bot.web.drawing import Drawing
from bot.web.submission import Submission
from bot.web.tries import Tries
from bot.wiring import House
from store.asking import around
from store.database import Session
from store.people import board
from store.people.board import Board

#: Wrong digits that one person may type for one ask within ten minutes.
WRONG_DIGITS = 5
#: New links that may be asked for from one place, and for one address, within ten minutes. A whole
#: hospital or council may stand behind one place.
LETTERS_FROM_A_PLACE = 200
LETTERS_FOR_AN_ADDRESS = 3
TEN_MINUTES = 600.0
#: Fewer than new links: they open more.
CODES_FROM_A_PLACE = 40
CODE_PACE = 0.6

DIGITS = "Type the two digits shown in your letter, beside “Your two digits”"
DIGITS_LATER = "That was too many tries. Wait ten minutes, or reply to the letter instead"


@dataclass(frozen=True, slots=True)
class Site:
    """The house, and what pages are drawn with."""

    house: House
    drawing: Drawing
    first_pages: FirstPages = field(default_factory=FirstPages)
    wrong_digits: Tries = field(default_factory=lambda: Tries(WRONG_DIGITS, TEN_MINUTES))
    letters_from: Tries = field(default_factory=lambda: Tries(LETTERS_FROM_A_PLACE, TEN_MINUTES))
    #: Letters with six digits that may be asked for from one place, and wrong digits typed there, likewise.
    codes_from: Tries = field(default_factory=lambda: Tries(CODES_FROM_A_PLACE, TEN_MINUTES))
    wrong_codes: Tries = field(default_factory=lambda: Tries(CODES_FROM_A_PLACE, TEN_MINUTES))
    #: Seconds that it takes to ask for digits or to look at them, whether or not the address is known.
    code_pace: float = CODE_PACE
    letters_for: Tries = field(default_factory=lambda: Tries(LETTERS_FOR_AN_ADDRESS, TEN_MINUTES))

    def today(self, now: datetime) -> date:
        """The local day."""
        return now.astimezone(self.house.identity.zone).date()

    async def boards(self) -> tuple[Board | None, list[Board]]:
        """The board that a page is named after where there is but one, and every board."""
        boards = await self.house.database.read(board.every)
        return boards[0] if len(boards) == 1 else None, boards

    def find(self, session: Session, token: str, now: datetime) -> Visit | None:
        """What a token opens now, to be looked at."""
        return find_visit(session, self.house.identity.keyring, token, now, around.glance)

    def find_again(
        self, session: Session, seen: Visit, now: datetime, look: Look = around.visited
    ) -> Visit | None:
        """What a token opens once nobody else is at its ask: a second press waits here for the first."""
        around.hold(session, seen.ask.id)
        return find_visit(session, self.house.identity.keyring, seen.token, now, look)

    async def visit(self, request: Request) -> tuple[Visit | None, datetime]:
        """Who stands at the door of this request, and the moment by which everything is judged."""
        now = await self.house.clock.now()
        token = str(request.path_params["token"])
        return await self.house.database.glance(lambda session: self.find(session, token, now)), now

    async def own_visit(self, request: Request) -> tuple[Visit | None, datetime]:
        """The same for pages of those who answer themselves: nobody decides there for somebody else."""
        visit, now = await self.visit(request)
        return None if visit is not None and visit.entered else visit, now

    def refuse_digits(self, visit: Visit, submission: Submission) -> str:
        """What is wrong with the typed digits; empty when they are right. A wrong try is counted."""
        key = (visit.ask.id, visit.person.id)
        if self.wrong_digits.exhausted(key):
            return DIGITS_LATER
        typed = submission.one("digits")
        if typed and knows_digits(self.house.identity.keyring, visit, typed):
            return ""
        if typed:
            self.wrong_digits.count(key)
        return DIGITS

    async def lost(self, request: Request, sent: Submission | None = None) -> Response:
        """The one page for every link that does not hold: it does not tell why.

        A link to what was called back still holds for whoever had it: it says that nothing is needed. What
        was written on a page that was `sent` stands on either, to be copied.
        """
        written = [] if sent is None else sent.sentences
        now, token = await self.house.clock.now(), str(request.path_params["token"])
        keyring = self.house.identity.keyring
        over = await self.house.database.read(lambda session: find_called_back(session, keyring, token, now))
        if over is not None:
            return self.drawing.draw("called_back", board=over.board, over=over, written=written)
        only, boards = await self.boards()
        return self.drawing.draw(
            "lost_link",
            404,
            board=only,
            boards=boards,
            errors=[],
            email="",
            written=written,
            is_sent=sent is not None,
        )


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site: Site = request.app.state.site
    return site
