"""Sign in: an address, six digits that come to it, and out; no page tells whether we know the address."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.directory.addresses import BadAddress, normalise_address
from bot.web.my.reader import ABOVE, STAMP, Reader, find_reader, forget, keep
from bot.web.site import Site, site_of
from bot.web.submission import Submission, read_submission
from messages.proof import passcodes
from store.database import Session
from store.letters.passcode import PasscodePurpose
from store.people.person import Person

SEE_OTHER = 303
#: How what was typed on a page whose reader is signed in no more is called, until they are again.
KEPT = "kept-"
#: Which page it was typed on; no field of ours is called so.
WHERE = "kept-/"
RESENT = tuple(f"{ABOVE}/{page}" for page in ("open", "day", "left", "tell"))
WRONG = (
    "Those are not the six digits of a letter that still holds. Look at the newest one, or ask for another."
)
TOO_MANY = "That was too many tries from your network. Wait ten minutes."


async def ask_address(
    site: Site,
    *,
    errors: list[dict[str, str]] | None = None,
    typed: str = "",
    carried: Sequence[tuple[str, str]] = (),
) -> Response:
    """The one question: which address. What was typed on another page waits in this one."""
    only, boards = await site.boards()
    return site.drawing.draw(
        "my/address",
        422 if errors else 200,
        board=only,
        boards=boards,
        errors=errors or [],
        email=typed,
        carried=carried,
    )


async def take_address(request: Request) -> Response:
    """Write the digits where the address is known, and say the same in the same time where it is not."""
    site, submission = site_of(request), await read_submission(request)
    typed = submission.one("email")
    email = normalise_address(typed)
    if isinstance(email, BadAddress):
        text = f"Give your work email address: {email.reason}" if typed else "Give your work email address"
        errors = [{"text": text, "href": "#email"}]
        return await ask_address(site, errors=errors, typed=typed, carried=carried_in(submission))
    place = request.client.host if request.client else ""
    if site.codes_from.exhausted(place):
        return await _ask_digits(site, email, submission, TOO_MANY, 429)
    site.codes_from.count(place)
    now, zone = await site.house.clock.now(), site.house.identity.zone
    async with at_one_pace(site):
        await site.house.database.write(
            lambda session: passcodes.ask_for(session, email, PasscodePurpose.MY, now, zone)
        )
    return await _ask_digits(site, email, submission)


async def take_digits(request: Request) -> Response:
    """Sign in whoever typed the digits of their letter; they open it once."""
    site, submission = site_of(request), await read_submission(request)
    email = normalise_address(submission.one("email"))
    if isinstance(email, BadAddress):
        return await ask_address(site, carried=carried_in(submission))
    place = request.client.host if request.client else ""
    if site.wrong_codes.exhausted(place):
        return await _ask_digits(site, email, submission, TOO_MANY, 429)
    now, keyring = await site.house.clock.now(), site.house.identity.keyring
    digits = submission.one("digits")

    def prove(session: Session) -> Person | None:
        found = passcodes.prove(session, keyring, email, PasscodePurpose.MY, digits, now)
        return session.get(Person, found) if found else None

    async with at_one_pace(site):
        who = await site.house.database.write(prove) if digits else None
    if who is None:
        site.wrong_codes.count(place)
        told = WRONG if digits else "Type the six digits of the letter"
        return await _ask_digits(site, email, submission, told)
    carried = carried_in(submission)
    if not carried:
        return keep(site, RedirectResponse(ABOVE, SEE_OTHER), who, now)
    return _send_again(site, Reader(site, who, now), carried)


async def sign_out(request: Request) -> Response:
    """Let the browser forget who is there."""
    await read_submission(request)
    return forget(site_of(request), RedirectResponse(ABOVE, SEE_OTHER))


async def ask_again(request: Request, submission: Submission) -> Response:
    """Ask who is there once more, with all that was typed on a page whose reader is signed in no more."""
    site = site_of(request)
    reader = await find_reader(request)
    if reader is None:
        carried = [(f"{KEPT}{name}", text) for name, text in submission.pairs if text and name != STAMP]
        return await ask_address(site, carried=[*carried, (WHERE, request.url.path)])
    return reader.draw("pressed", 403)


def carried_in(submission: Submission) -> list[tuple[str, str]]:
    """What waits in a page to be sent after signing in, under the names it waits by."""
    return [(name, text) for name, text in submission.pairs if name.startswith(KEPT)]


def _send_again(site: Site, reader: Reader, carried: Sequence[tuple[str, str]]) -> Response:
    """The page on which one press sends what was typed before; what is no page of ours is dropped."""
    where = next((text for name, text in carried if name == WHERE), "")
    if where not in RESENT:
        return keep(site, RedirectResponse(ABOVE, SEE_OTHER), reader.person, reader.now)
    pairs = [(name.removeprefix(KEPT), text) for name, text in carried if name != WHERE]
    return reader.draw("again", where=where, pairs=pairs)


@asynccontextmanager
async def at_one_pace(site: Site) -> AsyncIterator[None]:
    """Let what is done take at least as long as the longer of its ways, so that the time tells nothing."""
    since = time.monotonic()
    yield
    await asyncio.sleep(max(0.0, since + site.code_pace - time.monotonic()))


async def _ask_digits(
    site: Site, email: str, submission: Submission, told: str = "", status: int = 422
) -> Response:
    only, boards = await site.boards()
    return site.drawing.draw(
        "my/digits",
        status if told else 200,
        board=only,
        boards=boards,
        email=email,
        carried=carried_in(submission),
        errors=[{"text": told, "href": "#digits"}] if told else [],
    )
