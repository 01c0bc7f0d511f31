"""Telling: an agency's own return, begun by a press; the form's own pages do the rest."""

from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.hearing.telling import begin_telling
from bot.web.my.reader import find_reader, keep
from bot.web.my.sign_in import SEE_OTHER, ask_again
from bot.web.submission import read_submission
from messages.changes.telling import tellable
from store.database import Session
from store.people import standing
from store.people.person import Person


async def take_telling(request: Request) -> Response:
    """Begin it once, however often it is pressed, and lead on to its form; 404 for an agency not theirs."""
    reader, submission = await find_reader(request), await read_submission(request)
    if reader is None or not reader.sent(submission):
        return await ask_again(request, submission)
    try:
        wanted = UUID(submission.one("board")), UUID(submission.one("agency"))
    except ValueError:
        raise HTTPException(404) from None
    identity = reader.site.house.identity

    def begin(session: Session) -> str | None:
        person = session.get_one(Person, reader.person.id)
        may = {(one.board.id, one.agency.id) for one in tellable(session, person)}
        if wanted not in may or not submission.id:
            return None
        begun = begin_telling(
            session, *wanted, submission.id[:40], reader.now, reader.today, person.name, person.id
        )
        if standing.of(session, begun, person.id) is None:
            begun.delegate_id = person.id  # another seat's holder tells it, and keeps it
            session.flush()
        link = identity.answer_link(begun.id, person.id, begun.generation)
        return link.removeprefix(identity.base_url)

    path = await reader.site.house.database.write(begin)
    if path is None:
        raise HTTPException(404)
    return keep(reader.site, RedirectResponse(path, SEE_OTHER), reader.person, reader.now)
