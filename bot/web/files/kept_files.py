"""Kept files: looked up, taken over from an earlier ask, added and forgotten."""

import logging
from datetime import datetime
from uuid import UUID

from bot.web.asks.door import Visit
from bot.web.files.file_names import read_id
from bot.web.site import Site
from store.answers.response import Response
from store.database import Session
from store.errors import StoreError
from store.surveying import attachment, draft
from store.surveying.attachment import Attachment, Scan

log = logging.getLogger(__name__)


def was_given_before(visit: Visit, file_id: UUID) -> bool:
    """Whether it stands in the earlier answers from which this form starts."""
    return str(file_id) in str(visit.earlier)


def is_used(session: Session, visit: Visit, file_id: UUID) -> bool:
    """Whether an answer to the ask holds it, a superseded one too, or anything that a colleague saved."""
    answers = session.query(Response).filter_by(ask_id=visit.ask.id)
    told = [str(one.answers) for one in answers]
    told += [str(one.raw) for one in draft.of_ask(session, visit.ask.id)]
    return any(str(file_id) in one for one in told)


async def look_up_files(site: Site, visit: Visit, given: list[str], now: datetime) -> list[str]:
    """Those of some identifiers that are files of this ask; what was given for one before is taken over."""
    ids = [known for text in given if (known := read_id(text))]
    if not ids:
        return []
    database = site.house.database
    here = await database.read(lambda session: attachment.named(session, visit.ask.id, ids))
    before = [each for each in ids if each not in here and was_given_before(visit, each)]
    adopted: dict[UUID, UUID] = {}
    if before:
        adopted = await database.write(lambda session: _adopt(session, visit, before, now), urgent=True)
    return [str(adopted.get(each, each)) for each in ids if each in here or each in adopted]


def _adopt(session: Session, visit: Visit, ids: list[UUID], now: datetime) -> dict[UUID, UUID]:
    """Make files of an earlier ask of the same seat those of this one too; the bytes stay where they are."""
    taken: dict[UUID, UUID] = {}
    for each in ids:
        old = session.get(Attachment, each)
        found = attachment.find(session, each, old.ask_id) if old is not None and old.ask_id else None
        if found is not None:
            file, content = found
            taken[each] = find_same(session, visit, file.sha256, file.name, file.scan) or add_file(
                session, visit, file.name, file.media_type, content, file.scan, now
            )
    return taken


def find_same(session: Session, visit: Visit, digest: str, name: str, scan: Scan) -> UUID | None:
    """The very same file, where the ask has it already: the second of two presses."""
    for file, _ in attachment.of_ask(session, visit.ask.id):
        if (file.sha256, file.name, file.scan) == (digest, name, scan):
            return file.id
    return None


def add_file(
    session: Session, visit: Visit, name: str, media_type: str, content: bytes, scan: Scan, now: datetime
) -> UUID:
    """Keep a file that was looked at, for the ask and by the person of a visit."""
    kept = attachment.keep(
        session,
        visit.board.id,
        visit.ask.id,
        name,
        media_type,
        content,
        now,
        scan=scan,
        kept_by=visit.person.id,
    )
    return kept.id


async def forget_file(site: Site, visit: Visit, file_id: UUID) -> None:
    """Drop a file that somebody has just removed from a page, unless an answer or a draft still has it."""

    def forget(session: Session) -> None:
        if not is_used(session, visit, file_id):
            attachment.remove(session, file_id, visit.ask.id)

    try:
        await site.house.database.write(forget, urgent=True)
    except StoreError as error:
        log.error("a removed file stays until it is swept: %s", error)
