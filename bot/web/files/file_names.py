"""File names: the files of an ask as its pages tell them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from store.database import Session
from store.surveying import attachment
from store.surveying.attachment import Attachment, Scan
from surveys.files.allowance import spell_size

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file as a page shows it: `words` are its name, its size, and whether it was looked through."""

    id: str
    name: str
    words: str


def list_files(session: Session, ask_id: UUID) -> tuple[KeptFile, ...]:
    """Every file of an ask, oldest first, whether an answer holds it or not."""
    return tuple(
        KeptFile(str(file.id), file.name, _words(file, size))
        for file, size in attachment.of_ask(session, ask_id)
    )


def name_files(session: Session, ask_id: UUID, earlier: Mapping[str, object]) -> dict[str, str]:
    """What files are called on the pages of an ask, by identifier; those of earlier answers among them."""
    before = (session.get(Attachment, UUID(text)) for text in sorted(set(_ID.findall(str(earlier)))))
    named = {str(file.id): file.name for file in before if file is not None}
    return named | {file.id: file.words for file in list_files(session, ask_id)}


def read_id(text: str) -> UUID | None:
    """An identifier as a page carries it; None for anything else."""
    return UUID(text) if _ID.fullmatch(text) else None


def _words(file: Attachment, size: int) -> str:
    doubt = ", not scanned for viruses" if file.scan is Scan.UNSCANNED else ""
    return f"{file.name} ({spell_size(size)}{doubt})"
