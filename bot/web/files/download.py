"""Download: a file of an ask, given to those who stand for it, and never opened by the browser itself."""

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.web.files.file_names import read_id
from bot.web.site import site_of
from store.surveying import attachment

#: Should it be shown after all: nothing in it runs, nothing is loaded, and it is nobody's page.
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


async def send_file(request: Request) -> Response:
    """The file as it came, under its tidy name; 404 for another ask's and for what is not there."""
    site = site_of(request)
    visit, _ = await site.visit(request)
    if visit is None:
        return await site.lost(request)
    file_id = read_id(str(request.path_params["file"]))
    if file_id is None:
        raise HTTPException(404)
    found = await site.house.database.read(lambda session: attachment.find(session, file_id, visit.ask.id))
    # An invited colleague sees a part of the form, and of its files those that they sent themselves.
    if found is None or (visit.invited_to is not None and found[0].kept_by != visit.person.id):
        raise HTTPException(404)
    file, content = found
    headers = {"Content-Disposition": _spell_disposition(file.name), "Content-Security-Policy": POLICY}
    return Response(content, media_type=file.media_type, headers=headers)


def _spell_disposition(name: str) -> str:
    """To be saved, under a name in ASCII for old programs and in full for all others (RFC 6266)."""
    plain = "".join(letter if letter.isascii() and letter not in '"\\%;' else "_" for letter in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
