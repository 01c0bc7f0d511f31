"""Upload: the files that come with a page, looked at, scanned and kept before the page goes on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Scope

from bot.web.asks.door import ENTERED, Visit
from bot.web.files.arriving_file import keep_file
from bot.web.files.file_names import read_id
from bot.web.files.kept_files import forget_file, look_up_files
from bot.web.guards import Uploads
from bot.web.site import Site, site_of
from bot.web.submission import Submission, read_submission
from bot.wiring import House
from messages.letters.counted import counted
from messages.proof.links import Purpose, read_link
from surveys.files.allowance import spell_size
from surveys.files.media import spell_media
from surveys.files.name import show_name
from surveys.forms.form import Form
from surveys.kinds.file import File
from surveys.kinds.table import Gridded
from surveys.paging.field import Field
from surveys.paging.keystrokes import Raw
from surveys.paging.pages import Page, pages

#: Seconds in which a page with files has to come: some people have slow lines.
PATIENCE = 300.0
#: Files that one page may send, the boxes in which nothing was chosen among them.
MOST_SENT = 100
#: So many times what one file may have comes in before a body is cut: its page is shown again, with all that
#: was typed on it, and says which file is too large.
LEEWAY = 5
_ANSWERS = re.compile(r"/a/([^/]+)(?:/.*)?")

GONE = "A file that you chose before is not here any more: the page stood open for long. Choose it again."


@dataclass(frozen=True, slots=True)
class Taken:
    """A submission whose file fields hold the identifiers of what is kept, and what went wrong, by field."""

    submission: Submission
    errors: Mapping[str, str]


def find_uploads(house: House) -> Uploads:
    """Where files may come: with a page of an ask, and only where its link is one of ours."""
    largest = LEEWAY * house.settings.files.largest_file + house.settings.web.largest_body
    keyring = house.identity.keyring

    def may_bring(scope: Scope) -> bool:
        found = _ANSWERS.fullmatch(scope["path"])
        if not found or not Headers(scope=scope).get("content-type", "").startswith("multipart/form-data"):
            return False
        claim = read_link(keyring, found[1])
        return claim is not None and (claim.purpose is Purpose.ANSWER or claim.purpose in ENTERED)

    return Uploads(largest, PATIENCE, may_bring, spell_size(house.settings.files.largest_file))


async def read_with_files(request: Request) -> Submission:
    """Read a page that may bring files; together they may have what one may, and more is not looked at."""
    most = site_of(request).house.settings.files.largest_file
    return await read_submission(request, most_files=MOST_SENT, most_bytes=most)


async def take_files(site: Site, submission: Submission, visit: Visit, now: datetime) -> Taken:
    """Keep the files that came with a page, and put their identifiers into its fields.

    What was kept before is looked up, and a file that a button removes is forgotten where no answer has it.
    Whatever is not kept is told in `errors`. Raises HTTPException: 400 for files that no question asks for,
    413 where the texts alone are longer than a page without files may be.
    """
    if sum(len(text) for _, text in submission.pairs) > site.house.settings.web.largest_body:
        raise HTTPException(413)
    boxes = {name: box for name in (*submission.fields, *submission.files) if (box := _box(visit.form, name))}
    if any(name not in boxes for name in submission.files):
        raise HTTPException(400)
    fields, errors = dict(submission.fields), dict[str, str]()
    away_from, away = _removed(submission)
    for name, box in boxes.items():
        texts = [text.strip() for text in fields.get(name, ()) if (name, text) != (away_from, away)]
        given = list(dict.fromkeys(text for text in texts if text))
        held = await look_up_files(site, visit, given, now)
        told = [] if len(held) == len(given) else [GONE]
        for sent in submission.files.get(name, ()):
            kept = await keep_file(site, visit, box, sent, len(held), now)
            if isinstance(kept, UUID):
                held = list(dict.fromkeys((*held, str(kept))))
            else:
                told.append(f"“{show_name(sent.name)}” was not kept: {kept}")
        fields[name] = held
        if told:
            errors[name] = " ".join(told)
    if away_from in boxes and (file_id := read_id(away)):
        await forget_file(site, visit, file_id)
    return Taken(replace(submission, fields=fields, files={}), errors)


def _removed(submission: Submission) -> tuple[str, str]:
    """The field and the identifier of the file whose Remove was pressed; empty where none was."""
    verb, _, rest = submission.one("act").partition(":")
    field, _, text = rest.partition(":")
    return (field, text) if verb == "drop" else ("", "")


def page_to_mend(visit: Visit, taken: Taken, raw: Raw, today: date) -> Page:
    """The page that was sent, or the first that holds a field with an error, with the errors in it.

    `raw` is the whole form as it is typed now.
    """
    laid_out = pages(visit.form, raw, (), visit.earlier, today)
    wrong = [page for page in laid_out if any(field.name in taken.errors for field in _fields(page))]
    at = taken.submission.one("page")
    page = next((page for page in wrong if page.name == at), (wrong or laid_out)[0])
    return replace(page, fields=tuple(_mark(field, taken.errors) for field in page.fields))


def say_limits(site: Site, form: Form, page: Page) -> Page:
    """The page with what may be chosen said at each question for files, before anything is."""
    return replace(page, fields=tuple(_limit(site, form, field) for field in page.fields))


def _limit(site: Site, form: Form, field: Field) -> Field:
    lines = tuple(
        replace(line, fields=tuple(_limit(site, form, cell) for cell in line.fields)) for line in field.lines
    )
    box = _box(form, field.name) if field.kind == "file" else None
    if box is None:
        return replace(field, lines=lines)
    files = site.house.settings.files
    allowance, types = files.allowance(), [each for each in box.types if each in files.types]
    told = (
        f"Up to {counted(box.most, 'file', 'files')}, each of at most {spell_size(allowance.largest_file)}: "
        f"{spell_media(types)}. Choose those of more than {spell_size(allowance.largest_file)} together one "
        "after the other."
    )
    return replace(field, lines=lines, hint=f"{field.hint} {told}".strip())


def _fields(page: Page) -> list[Field]:
    cells = [cell for field in page.fields for line in field.lines for cell in line.fields]
    return [*page.fields, *cells]


def _mark(field: Field, errors: Mapping[str, str]) -> Field:
    lines = tuple(
        replace(line, fields=tuple(_mark(cell, errors) for cell in line.fields)) for line in field.lines
    )
    return replace(field, lines=lines, error=errors.get(field.name, field.error))


def _box(form: Form, name: str) -> File | None:
    """The question for files that a field belongs to; what is anonymous takes none."""
    table, _, rest = name.partition(".")
    owner = form.questions.get(table)
    question = owner.by_name.get(rest.rpartition(".")[2]) if isinstance(owner, Gridded) else owner
    is_nameless = form.privacy == "anonymous" or form.is_for_families
    return question if isinstance(question, File) and form.owns(name) and not is_nameless else None
