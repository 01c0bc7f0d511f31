"""Reader: who is signed in to the pages of their own, by a cookie that holds for an hour of rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import Response

from bot.web.site import Site, site_of
from bot.web.submission import Submission
from messages.proof.passes import REST, match_stamp, read_pass, sign_pass, stamp
from store.database import Session
from store.people.board import Board
from store.people.person import Person

COOKIE = "cascade_my"
#: Where the cookie goes, and nowhere else.
ABOVE = "/my"
#: What every form of theirs carries, so that no page of another site can press a button for them.
STAMP = "stamp"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is signed in, at one moment."""

    site: Site
    person: Person
    now: datetime

    @property
    def today(self) -> date:
        """The local day."""
        return self.site.today(self.now)

    @property
    def stamp(self) -> str:
        """What the forms on their pages carry."""
        return stamp(self.site.house.identity.keyring, self.person.id)

    def sent(self, submission: Submission) -> bool:
        """Whether what was posted comes from a page of theirs."""
        keyring = self.site.house.identity.keyring
        return match_stamp(keyring, self.person.id, submission.one(STAMP))

    def draw(
        self, page: str, status: int = 200, *, boards: Sequence[Board] = (), **values: object
    ) -> Response:
        """Draw one of their pages, named after the board where there is but one."""
        only = boards[0] if len(boards) == 1 else None
        drawn = self.site.drawing.draw(
            f"my/{page}", status, board=only, boards=boards, reader=self, today=self.today, **values
        )
        return keep(self.site, drawn, self.person, self.now)


async def find_reader(request: Request) -> Reader | None:
    """Who is signed in; None where nobody is, or no more, or they have left."""
    site = site_of(request)
    now = await site.house.clock.now()
    held = read_pass(site.house.identity.keyring, request.cookies.get(COOKIE, ""), now)
    if held is None:
        return None

    def find(session: Session) -> Person | None:
        found = session.get(Person, held.person_id)
        return found if found is not None and found.left_at is None else None

    found = await site.house.database.read(find)
    return Reader(site, found, now) if found else None


def keep(site: Site, response: Response, person: Person, now: datetime) -> Response:
    """Let the hour of rest begin anew."""
    identity = site.house.identity
    response.set_cookie(
        COOKIE,
        sign_pass(identity.keyring, person.id, now),
        max_age=int(REST.total_seconds()),
        path=ABOVE,
        secure=identity.base_url.startswith("https://"),
        httponly=True,
        samesite="lax",
    )
    return response


def forget(site: Site, response: Response) -> Response:
    """Sign out: the browser keeps nothing."""
    secure = site.house.identity.base_url.startswith("https://")
    response.delete_cookie(COOKIE, path=ABOVE, secure=secure, httponly=True, samesite="lax")
    return response
