"""Lost link: a new letter for whoever says that their link no longer works."""

from starlette.requests import Request
from starlette.responses import Response

from bot.directory.addresses import BadAddress, normalise_address
from bot.web.site import Site, site_of
from bot.web.submission import read_submission
from messages.changes.new_link import write_again


async def show_new_link(request: Request) -> Response:
    """The one question: which address."""
    return await _ask(site_of(request), [], "", 200)


async def take_new_link(request: Request) -> Response:
    """Write a new letter where something is needed; the answer never tells whether one was.

    After too many wishes from one place it says so, with 429, and writes none.
    """
    site = site_of(request)
    submission = await read_submission(request)
    typed = submission.one("email")
    email = normalise_address(typed)
    if isinstance(email, BadAddress):
        text = f"Give your work email address: {email.reason}" if typed else "Give your work email address"
        return await _ask(site, [{"text": text, "href": "#email"}], typed, 422)
    place = request.client.host if request.client else ""
    only, boards = await site.boards()
    if site.letters_from.exhausted(place):
        return site.drawing.draw("new_link_later", 429, board=only, boards=boards)
    site.letters_from.count(place)
    # Nothing is told of the limit for one address: it would tell which addresses somebody has tried.
    if not site.letters_for.exhausted(email):
        site.letters_for.count(email)
        now, zone = await site.house.clock.now(), site.house.identity.zone
        await site.house.database.write(lambda session: write_again(session, email, now, zone))
    return site.drawing.draw("new_link_done", board=only, boards=boards)


async def _ask(site: Site, errors: list[dict[str, str]], typed: str, status: int) -> Response:
    only, boards = await site.boards()
    return site.drawing.draw("new_link", status, board=only, boards=boards, errors=errors, email=typed)
