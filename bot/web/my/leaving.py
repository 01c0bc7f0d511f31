"""Leaving: somebody says that they have left, or do another job now, and who comes after them."""

from starlette.requests import Request
from starlette.responses import Response

from bot.directory.addresses import BadAddress, normalise_address
from bot.web.my.reader import Reader, find_reader, forget
from bot.web.my.sign_in import ask_address, ask_again
from bot.web.site import site_of
from bot.web.submission import Submission, new_id, read_submission
from messages.changes.departing import Departure, Successor, depart
from store.database import Session
from store.people import seat
from store.people.agency import Agency
from store.people.board import Board
from store.people.person import Person
from store.people.seat import Seat

#: What the page sends for everything.
LEFT = "left"
LONGEST_NAME = 200

Error = dict[str, str]


async def show_leaving(request: Request) -> Response:
    """Which seats, and who comes after."""
    reader = await find_reader(request)
    if reader is None:
        return await ask_address(site_of(request))
    return await _draw(reader, Submission({}), [])


async def take_leaving(request: Request) -> Response:
    """Empty the seats, or give them to the successor; what they owe stays with them."""
    reader, submission = await find_reader(request), await read_submission(request)
    if reader is None or not reader.sent(submission):
        return await ask_again(request, submission)
    errors, successor = _read(submission)
    wish, chosen = submission.one("wish"), submission.fields.get("seats", [])
    if wish not in (LEFT, "job"):
        errors.insert(0, {"text": "Choose what has changed", "href": "#wish"})
    elif wish != LEFT and not chosen:
        errors.insert(0, {"text": "Choose which of these you do no longer", "href": "#seats"})
    if errors:
        return await _draw(reader, submission, errors)

    def write(session: Session) -> list[Departure] | str:
        person = session.get_one(Person, reader.person.id)
        held = [one.id for one, _ in seat.held_by(session, person.id)]
        wanted = [one for one in held if wish == LEFT or one.hex in chosen]
        return depart(session, person, wanted, successor, reader.now, is_gone=wish == LEFT)

    told = await reader.site.house.database.write(write)
    if isinstance(told, str):
        return await _draw(reader, submission, [{"text": told, "href": "#email"}])
    _, boards = await reader.site.boards()
    drawn = reader.draw("left_done", boards=boards, departures=told, is_gone=wish == LEFT)
    return forget(reader.site, drawn) if wish == LEFT else drawn


def _read(submission: Submission) -> tuple[list[Error], Successor | None]:
    """What is wrong with who comes after, and who that is; None where nobody is named."""
    name, typed = " ".join(submission.one("name").split()), submission.one("email")
    if not name and not typed:
        return [], None
    errors: list[Error] = []
    if not 1 <= len(name) <= LONGEST_NAME:
        errors.append({"text": "Give the name of whoever comes after you", "href": "#name"})
    email = normalise_address(typed)
    if isinstance(email, BadAddress):
        told = f": {email.reason}" if typed else ""
        errors.append({"text": f"Give the work email of whoever comes after you{told}", "href": "#email"})
        return errors, None
    return errors, Successor(name, email)


async def _draw(reader: Reader, typed: Submission, errors: list[Error]) -> Response:
    def look(session: Session) -> list[tuple[Seat, Agency, Board]]:
        held = seat.held_by(session, reader.person.id)
        return [(one, agency, session.get_one(Board, one.board_id)) for one, agency in held]

    held = await reader.site.house.database.read(look)
    boards = list({board.id: board for _, _, board in held}.values())
    return reader.draw(
        "left",
        422 if errors else 200,
        boards=boards,
        held=held,
        typed=typed,
        chosen=typed.fields.get("seats", []),
        errors=errors,
        wrong={error["href"].removeprefix("#"): error["text"] for error in errors},
        submission=typed.one("submission") or new_id(),
    )
