"""Page: everything one person is asked for, the way to each of it, and the day of their weekly letter."""

from collections.abc import Sequence
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.my.reader import ABOVE, Reader, find_reader, keep
from bot.web.my.sign_in import SEE_OTHER, ask_address, ask_again
from bot.web.site import site_of
from bot.web.submission import new_id, read_submission
from messages.changes.telling import Tellable, tellable
from messages.proof.links import two_digits
from messages.standing.mine import Place, list_mine
from store.asking.ask import Ask
from store.database import Session
from store.decision import note
from store.letters import gathering
from store.people import standing
from store.people.person import Person

#: Where a question's own pages lead, as the buttons name it.
WAYS = {
    "answer": "",
    "receipt": "/done",
    "more-time": "/more-time",
    "hand-over": "/hand-over",
    "share": "/share",
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
ANY_DAY = "any"


async def show_my(request: Request) -> Response:
    """All that is needed of them and around them; or, signed in no more, the question who they are."""
    reader = await find_reader(request)
    if reader is None:
        return await ask_address(site_of(request))
    zone = reader.site.house.identity.zone

    def look(session: Session) -> tuple[list[Place], list[Tellable]]:
        person = session.get_one(Person, reader.person.id)
        return list_mine(session, person, reader.now, zone), tellable(session, person)

    places, tells = await reader.site.house.database.read(look)
    boards = list({place.board.id: place.board for place in places}.values())
    return reader.draw(
        "page",
        boards=boards,
        places=places,
        tells=tells,
        days=DAYS,
        submission=new_id(),
        digits=_digits(reader, places),
        waits=sum(one.is_theirs for place in places for one in place.wanted),
        minutes=sum(one.minutes for place in places for one in place.wanted if one.is_theirs),
    )


def _digits(reader: Reader, places: Sequence[Place]) -> dict[UUID, str]:
    """The two digits of each question that they may answer, as its letter shows them."""
    keyring = reader.site.house.identity.keyring
    answerable = [one for place in places for one in place.wanted if standing.may_send(one.role)]
    return {
        one.ask_id: two_digits(keyring, one.ask_id, reader.person.id, one.generation) for one in answerable
    }


async def open_ask(request: Request) -> Response:
    """Lead on to one question's own pages, with a fresh link; 404 for what is not theirs to answer."""
    reader, submission = await find_reader(request), await read_submission(request)
    if reader is None or not reader.sent(submission):
        return await ask_again(request, submission)
    way = WAYS.get(submission.one("way"))
    try:
        wanted = UUID(submission.one("ask"))
    except ValueError:
        raise HTTPException(404) from None

    def find(session: Session) -> str | None:
        asked = session.get(Ask, wanted)
        if asked is None or standing.of(session, asked, reader.person.id) is None:
            return None
        identity = reader.site.house.identity
        link = identity.answer_link(asked.id, reader.person.id, asked.generation)
        return link.removeprefix(identity.base_url)

    path = await reader.site.house.database.read(find)
    if path is None or way is None:
        raise HTTPException(404)
    response = RedirectResponse(f"{path}{way}", SEE_OTHER)
    return keep(reader.site, response, reader.person, reader.now)


async def take_day(request: Request) -> Response:
    """Keep the day of the week on which somebody likes to hear of everything."""
    reader, submission = await find_reader(request), await read_submission(request)
    if reader is None or not reader.sent(submission):
        return await ask_again(request, submission)
    chosen = submission.one("day")
    day = DAYS.index(chosen) if chosen in DAYS else None
    if day is None and chosen != ANY_DAY:
        raise HTTPException(400)

    def write(session: Session) -> None:
        person = session.get_one(Person, reader.person.id)
        if person.digest_day == day:
            return
        person.digest_day = day
        gathering.wake(session, person.id, reader.now)
        told = f"likes to hear of everything on a {chosen}" if day is not None else "has chosen no day"
        note(
            session, reader.now, "day chosen", f"{person.name} {told}", "their own page", person_id=person.id
        )

    await reader.site.house.database.write(write)
    return keep(reader.site, RedirectResponse(f"{ABOVE}#day", SEE_OTHER), reader.person, reader.now)
