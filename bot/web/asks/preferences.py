"""Preferences: whether a reader wants a board's bulletins; what tasks need comes all the same."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.site import Site, site_of
from bot.web.submission import read_submission
from messages.changes import subscribing
from messages.proof.links import Purpose, read_link
from store.database import Session
from store.people import person
from store.people.board import Board
from store.people.person import Person

#: What a mail program posts when its reader presses "unsubscribe" (RFC 8058).
ONE_CLICK = ("List-Unsubscribe", "One-Click")


async def show_preferences(request: Request) -> Response:
    """What is chosen now, and the choice."""
    return await _show(request, "")


async def take_preferences(request: Request) -> Response:
    """Keep a choice: a mail program's one click at once, a person's own with an answer given by hand."""
    site = site_of(request)
    submission = await read_submission(request)
    token = str(request.path_params["token"])
    found = await site.house.database.read(lambda session: _find(site, session, token))
    if found is None:
        return await site.lost(request)
    board, reader, _ = found
    now = await site.house.clock.now()
    one_click = submission.one(ONE_CLICK[0]) == ONE_CLICK[1]
    choice = "no" if one_click else submission.one("bulletins")
    if choice not in ("yes", "no"):
        return await _show(request, "Choose whether you want bulletins")
    await site.house.database.write(
        lambda session: subscribing.wish(session, board.id, reader, now, wanted=choice == "yes")
    )
    return await _show(request, "") if one_click else RedirectResponse(f"/u/{token}", 303)


async def _show(request: Request, error: str) -> Response:
    site = site_of(request)
    token = str(request.path_params["token"])
    found = await site.house.database.read(lambda session: _find(site, session, token))
    if found is None:
        return await site.lost(request)
    board, reader, unsubscribed = found
    errors = [{"text": error, "href": "#bulletins"}] if error else []
    return site.drawing.draw(
        "preferences",
        422 if errors else 200,
        board=board,
        reader=reader,
        unsubscribed=unsubscribed,
        errors=errors,
        token=token,
    )


def _find(site: Site, session: Session, token: str) -> tuple[Board, Person, bool] | None:
    """The board, the reader, and whether they get none now; None where the link does not hold."""
    claim = read_link(site.house.identity.keyring, token)
    if claim is None or claim.purpose is not Purpose.UNSUBSCRIBE or claim.generation != 0:
        return None
    # The link is about a board's mail as a whole, so the board stands where an ask would.
    board, reader = session.get(Board, claim.ask_id), session.get(Person, claim.person_id)
    if board is None or reader is None:
        return None
    return board, reader, person.is_unsubscribed(session, board.id, reader.id)
