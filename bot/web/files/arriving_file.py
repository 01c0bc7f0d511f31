"""Arriving file: looked at, scanned and kept, or refused with the reason."""

import asyncio
import hashlib
import logging
from datetime import datetime
from uuid import UUID

from bot.filing import Files
from bot.scan import Infected, Unavailable
from bot.web.asks.door import Visit
from bot.web.files.kept_files import add_file, find_same
from bot.web.site import Site
from bot.web.submission import Sent
from store.database import Session
from store.errors import StoreError
from store.surveying import attachment
from store.surveying.attachment import Scan
from surveys.files.allowance import spell_size
from surveys.files.examination import examine
from surveys.files.outcome import Accepted, Refused
from surveys.kinds.file import File

NOT_KEPT = "our records cannot be written at this moment. Choose it again in a while."
NOT_SCANNED = (
    "it could not be checked for viruses just now. Choose it again in a while, or go on without it and add "
    "it later."
)
TOGETHER = "with those chosen beside it, it is more than the {most} that come at once. Choose it again now."
INFECTED = "the virus scanner found {name} in it. Show it to your IT team before you open it again."
LINK_OVER = "the link that you used does not hold any more."

log = logging.getLogger(__name__)


async def keep_file(site: Site, visit: Visit, box: File, sent: Sent, count: int, now: datetime) -> UUID | str:
    """Look at one file beside `count` others of its question, and keep it; or say why it was not kept."""
    files = site.house.settings.files
    if count >= box.most:
        return f"{box.most} may be given here. Remove one first."
    if refusal := files.allowance().refuse_size(sent.size):
        return f"it {refusal}"
    content = sent.content
    if content is None:
        return TOGETHER.format(most=spell_size(files.largest_file))
    allowed = [each for each in box.types if each in files.types]
    examined = await asyncio.to_thread(examine, sent.name, content, allowed)
    if isinstance(examined, Refused):
        return f"it {examined.reason}"
    scan = await _scan(files, content)
    if isinstance(scan, Refused):
        return scan.reason
    try:
        return await site.house.database.write(
            lambda session: _keep(site, session, visit, examined, content, scan, now), urgent=True
        )
    except StoreError as error:
        log.error("a file was not kept: %s", error)
        return NOT_KEPT


async def _scan(files: Files, content: bytes) -> Scan | Refused:
    """What the scanner makes of it; where there is none, that it was not scanned."""
    scanner = files.scanner()
    if scanner is None:
        return Scan.UNSCANNED
    match await scanner.scan(content):
        case Infected(name):
            return Refused(INFECTED.format(name=name))
        case Unavailable():
            return Refused(NOT_SCANNED)
        case _:
            return Scan.CLEAN


def _keep(
    site: Site, session: Session, seen: Visit, file: Accepted, content: bytes, scan: Scan, now: datetime
) -> UUID | str:
    visit = site.find_again(session, seen, now)
    if visit is None:
        return LINK_OVER
    same = find_same(session, visit, hashlib.sha256(content).hexdigest(), file.name, scan)
    if same is not None:
        return same  # the second of two presses
    count = len(attachment.of_ask(session, visit.ask.id))
    total = attachment.size_of_ask(session, visit.ask.id)
    refusal = site.house.settings.files.allowance().refuse_another(len(content), count, total)
    if refusal:
        return f"it {refusal}"
    return add_file(session, visit, file.name, file.media_type, content, scan, now)
