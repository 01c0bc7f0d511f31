"""Attachment: a file that came with an answer; its bytes are kept once, by their hash."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.answers.response import Response
from store.base import Row, Worded, insert_unless_there
from store.surveying.draft import Draft

#: Characters of a file's name that are kept.
LONGEST_NAME = 120
#: A file that no answer uses after this time is dropped.
SPARE = timedelta(days=1)


class Scan(StrEnum):
    """What the virus scanner made of a file; an infected one is never kept."""

    UNSCANNED = "unscanned"  #: no scanner is configured
    CLEAN = "clean"


class Blob(Row):
    """The bytes of a file, whoever sent it under whatever name."""

    __tablename__ = "blobs"

    #: SHA-256 of the bytes, in hexadecimal.
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: Bytes.
    size: Mapped[int]
    content: Mapped[bytes]


class Attachment(Row):
    """One file of one ask. Its identifier is random, since pages carry it."""

    __tablename__ = "attachments"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    ask_id: Mapped[UUID | None] = mapped_column(ForeignKey("asks.id"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    media_type: Mapped[str] = mapped_column(String(100))
    scan: Mapped[Scan] = mapped_column(Worded(Scan), default=Scan.UNSCANNED)
    kept_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(index=True)


def keep(
    session: Session,
    board_id: UUID,
    ask_id: UUID | None,
    name: str,
    media_type: str,
    content: bytes,
    now: datetime,
    *,
    scan: Scan = Scan.UNSCANNED,
    kept_by: UUID | None = None,
) -> Attachment:
    """Keep a checked file; bytes that are here already are not kept a second time."""
    digest = hashlib.sha256(content).hexdigest()
    blob = {"sha256": digest, "size": len(content), "content": content}
    # Held until we commit, so that nobody sweeps the bytes away as spare meanwhile.
    held = select(Blob.sha256).where(Blob.sha256 == digest).with_for_update()
    while session.execute(held).first() is None:
        session.execute(insert_unless_there(session, Blob).values(blob))
    kept = Attachment(
        id=uuid4(),
        board_id=board_id,
        ask_id=ask_id,
        sha256=digest,
        name=name[:LONGEST_NAME],
        media_type=media_type,
        scan=scan,
        kept_by=kept_by,
        at=now,
    )
    session.add(kept)
    session.flush()
    return kept


def find(session: Session, attachment_id: UUID, ask_id: UUID) -> tuple[Attachment, bytes] | None:
    """A file of an ask with its bytes; None where it is another ask's, or none."""
    query = (
        select(Attachment, Blob.content)
        .join(Blob, Blob.sha256 == Attachment.sha256)
        .where(Attachment.id == attachment_id, Attachment.ask_id == ask_id)
    )
    found = session.execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def named(session: Session, ask_id: UUID, ids: Collection[UUID]) -> dict[UUID, Attachment]:
    """Those of some files that belong to an ask, without their bytes."""
    query = session.query(Attachment).filter(Attachment.ask_id == ask_id, Attachment.id.in_(list(ids)))
    return {one.id: one for one in query}


def of_ask(session: Session, ask_id: UUID) -> list[tuple[Attachment, int]]:
    """The files of an ask with their sizes in bytes, oldest first."""
    query = (
        select(Attachment, Blob.size)
        .join(Blob, Blob.sha256 == Attachment.sha256)
        .where(Attachment.ask_id == ask_id)
        .order_by(Attachment.at, Attachment.id)
    )
    return [(kept, size) for kept, size in session.execute(query)]


def size_of_ask(session: Session, ask_id: UUID) -> int:
    """Bytes that an ask's files take, each counted as often as it was attached."""
    query = select(func.coalesce(func.sum(Blob.size), 0)).join(Attachment, Attachment.sha256 == Blob.sha256)
    return int(session.execute(query.where(Attachment.ask_id == ask_id)).scalar_one())


def remove(session: Session, attachment_id: UUID, ask_id: UUID) -> bool:
    """Take one file of an ask away; False where it has no such file. Its bytes go with `drop_spare`."""
    kept = session.query(Attachment).filter_by(id=attachment_id, ask_id=ask_id).one_or_none()
    if kept is None:
        return False
    session.delete(kept)
    session.flush()
    return True


def drop_spare(session: Session, now: datetime) -> int:
    """Drop the files older than a day that no answer and no draft uses; gives back how many."""
    old = session.query(Attachment.id, Attachment.ask_id).filter(Attachment.at < now - SPARE).all()
    used = _used_by(session, {row.ask_id for row in old if row.ask_id is not None})
    spare = [row.id for row in old if row.ask_id is None or str(row.id) not in used.get(row.ask_id, "")]
    for start in range(0, len(spare), 500):
        session.execute(delete(Attachment).where(Attachment.id.in_(spare[start : start + 500])))
    _drop_spare_bytes(session)
    return len(spare)


def _drop_spare_bytes(session: Session) -> None:
    unused = Blob.sha256.not_in(select(Attachment.sha256))
    # Bytes that somebody is attaching at this moment are locked, and stay.
    free = session.execute(select(Blob.sha256).where(unused).with_for_update(skip_locked=True)).scalars()
    for digest in sorted(free):
        session.execute(delete(Blob).where(Blob.sha256 == digest, unused))


def _used_by(session: Session, ask_ids: Collection[UUID]) -> dict[UUID, str]:
    """All that was answered or saved for some asks, as one text each, in which identifiers can be found."""
    told: dict[UUID, list[str]] = {}
    asks = sorted(ask_ids)
    for start in range(0, len(asks), 500):
        some = asks[start : start + 500]
        answered = session.query(Response.ask_id, Response.answers).filter(Response.ask_id.in_(some))
        saved = session.query(Draft.ask_id, Draft.raw).filter(Draft.ask_id.in_(some))
        for ask_id, values in [*map(tuple, answered), *map(tuple, saved)]:
            told.setdefault(ask_id, []).append(str(values))
    return {ask_id: " ".join(texts) for ask_id, texts in told.items()}
