"""Filling: somebody goes through a return as its list of sections shows it, and sends it."""

import re
from collections.abc import Mapping

from starlette.types import ASGIApp

from bot.demo.people.visitor import VisitError, fill_in, open_page

#: What the list says above its sections once the return was sent.
SENT = "This was answered by"
#: One line of the list: the section's name in its address, and how far the section is.
_LINE = re.compile(r'/sections/(\w+)".*?govuk-task-list__status[^>]*>(.*?)</(?:div|li)>', re.DOTALL)


async def fill_sections(app: ASGIApp, path: str, names: list[str], values: Mapping[str, str]) -> None:
    """Go through sections of the return at a path: type what is known, and confirm what stands there.

    Raises VisitError where somebody has sent it already.
    """
    await find_left(app, path)
    for name in names:
        typed = {field: [text] for field, text in values.items()} | {f"still_true.{name}": ["yes"]}
        await fill_in(app, f"{path}/sections/{name}", typed, ends=path)


async def sign(app: ASGIApp, path: str, digits: str, values: Mapping[str, str]) -> None:
    """Go through every section that is not done, as often as one brings up another; then check and send."""
    for _ in range(3):
        left = await find_left(app, path)
        await fill_sections(app, path, left, values)
        if not left:
            break
    await fill_in(app, f"{path}/check", {"digits": [digits]})


async def find_left(app: ASGIApp, path: str) -> list[str]:
    """The sections that the list does not call done. Raises VisitError where there is no list to fill in."""
    page = await open_page(app, path)
    lines = _LINE.findall(page.text)
    if SENT in page.text:
        raise VisitError(f"{path} was answered by somebody else")
    if not lines:
        raise VisitError(f"{path} shows no list of sections")
    return [name for name, status in lines if re.sub(r"<[^>]+>", "", status).strip() != "Done"]
