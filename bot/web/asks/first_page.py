"""First page: an ask before anybody has typed, drawn once for all who see the same and spliced for each."""

import re
import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from markupsafe import escape
from starlette.responses import HTMLResponse

from bot.web.asks.door import Visit
from store.asking.ask import Ask
from store.people.agency import Agency
from store.people.person import Person
from surveys.phrases import ENGLISH
from surveys.phrases.learned import digest_of

#: Pages kept; beyond it the one unused for longest goes.
MOST = 128
NOBODY = UUID(int=0)

#: Where each person's own words go: random, so that nobody can write one into a lesson.
TOKEN, AGENCY, SUBMISSION = (secrets.token_hex(16) for _ in range(3))
#: What a page tells of an ask, which many share.
_SHOWN = ("state", "form_version_id", "minutes", "due_on", "original_due_on")
_PLACES = re.compile(f"({TOKEN}|{AGENCY}|{SUBMISSION})")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A page in pieces, every second one a place; `drawn_of` keeps alive what the page is known by."""

    pieces: list[str]
    drawn_of: Visit


class FirstPages:
    """Pages by all that stands on them besides a token, an agency's name and a random word.

    They are drawn for nobody in particular: of a person, of an answer or of the ask's own identifiers
    nothing is there that a page could show, so nothing of one visitor can reach another.
    """

    def __init__(self, most: int = MOST) -> None:
        """Keep up to `most` pages."""
        self._most = most
        self._pages: dict[Hashable, _Drawn] = {}

    def __len__(self) -> int:
        """How many pages are kept."""
        return len(self._pages)

    def draw(
        self, visit: Visit, today: date, submission: str, draw: Callable[[Visit, str], HTMLResponse]
    ) -> HTMLResponse:
        """The page of a visit; `draw` draws one for a visit and a submission word."""
        key = _key(visit, today)
        drawn = self._pages.pop(key, None)
        if drawn is None:
            text = bytes(draw(_anybody(visit), SUBMISSION).body).decode()
            drawn = _Drawn(_PLACES.split(text), visit)
        self._pages[key] = drawn
        while len(self._pages) > self._most:
            self._pages.pop(next(iter(self._pages)), None)
        own = {TOKEN: visit.token, AGENCY: str(escape(visit.agency.name)), SUBMISSION: submission}
        return HTMLResponse("".join(own.get(piece, piece) for piece in drawn.pieces))


def is_first(visit: Visit) -> bool:
    """Whether nothing was typed, answered or handed in yet, by this person or for them."""
    known = (visit.told, visit.entered, visit.drafts, visit.earlier, visit.files, visit.invited_to)
    return not any(known)


def _key(visit: Visit, today: date) -> Hashable:
    # Rows and forms that say the same are the same object, see `store.quick.alike` and `bot.web.shelf`.
    same = (visit.form, visit.step, visit.campaign, visit.board, visit.lesson)
    shown = (visit.role, visit.ask.is_personal, *(getattr(visit.ask, name) for name in _SHOWN))
    return (*map(id, same), *shown, today, digest_of(ENGLISH))


def _anybody(visit: Visit) -> Visit:
    asked = Ask(person_id=NOBODY if visit.ask.is_personal else None)
    for name in _SHOWN:
        setattr(asked, name, getattr(visit.ask, name))
    return replace(visit, token=TOKEN, ask=asked, agency=Agency(name=AGENCY), person=Person(name=""))
