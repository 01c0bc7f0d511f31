"""Signed translation: a form version's texts in another language, and who answers for them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, Uuid, bindparam, or_, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, Worded, ordered_id

#: The longest name that stands below a translation.
LONGEST_SIGNATURE = 320


class TranslationState(StrEnum):
    """How far a translation can be relied on."""

    MACHINE = "machine"  #: no person has read it
    DRAFT = "draft"  #: a person wrote or changed it
    REVIEWED = "reviewed"  #: a person who reads the language has signed it off


class SignedTranslation(Row):
    """One form version in one language, everywhere or of one board. Any change of its texts ends a review."""

    __tablename__ = "signed_translations"
    __table_args__ = (
        UniqueConstraint("board_id", "form_key", "form_version", "language"),
        Index(
            "uq_signed_translations_everywhere",
            "form_key",
            "form_version",
            "language",
            unique=True,
            sqlite_where=text("board_id IS NULL"),
            postgresql_where=text("board_id IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID | None] = mapped_column(ForeignKey("boards.id"))
    form_key: Mapped[str] = mapped_column(String(60))
    form_version: Mapped[int]
    language: Mapped[str] = mapped_column(String(20))
    state: Mapped[TranslationState] = mapped_column(Worded(TranslationState))
    #: Who read it and, where they are not the same, who signed for the board.
    reviewed_by: Mapped[str | None] = mapped_column(String(LONGEST_SIGNATURE))
    reviewed_at: Mapped[datetime | None]
    #: English text → translated text.
    texts: Mapped[dict[str, Any]]
    #: SHA-256 of the texts, in hexadecimal: what exactly was signed.
    texts_hash: Mapped[str] = mapped_column(String(64))


def hash_of(texts: Mapping[str, str]) -> str:
    """What texts are recognised by, in whatever order they come."""
    told = json.dumps(dict(texts), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def keep(
    session: Session,
    board_id: UUID | None,
    form_key: str,
    form_version: int,
    language: str,
    texts: Mapping[str, str],
    state: TranslationState = TranslationState.DRAFT,
) -> SignedTranslation:
    """Keep a translation. The same texts again change nothing; other ones have to be signed anew."""
    found = find(session, board_id, form_key, form_version, language)
    digest = hash_of(texts)
    if found is not None and found.texts_hash == digest:
        return found
    if found is None:
        found = SignedTranslation(
            id=ordered_id(),
            board_id=board_id,
            form_key=form_key,
            form_version=form_version,
            language=language,
        )
        session.add(found)
    found.texts, found.texts_hash = dict(texts), digest
    found.state, found.reviewed_by, found.reviewed_at = state, None, None
    session.flush()
    return found


def sign(session: Session, translation: SignedTranslation, by: str, now: datetime) -> None:
    """Sign a translation off as it stands."""
    translation.state = TranslationState.REVIEWED
    translation.reviewed_by, translation.reviewed_at = by, now
    session.flush()


# Written once: every page of a survey runs them.
_USED = (
    SignedTranslation.form_key == bindparam("key"),
    SignedTranslation.form_version == bindparam("version"),
    or_(
        SignedTranslation.board_id.is_(None),
        SignedTranslation.board_id == bindparam("board_id", type_=Uuid()),
    ),
)
_OF_FORM = select(SignedTranslation).where(*_USED)
_STANDING = select(
    SignedTranslation.id,
    SignedTranslation.board_id,
    SignedTranslation.language,
    SignedTranslation.state,
    SignedTranslation.texts_hash,
).where(*_USED)


def of_form(session: Session, board_id: UUID, form_key: str, form_version: int) -> list[SignedTranslation]:
    """The translations that a board uses of a form version, by language; its own before everybody's."""
    found: dict[str, SignedTranslation] = {}
    given = {"board_id": board_id, "key": form_key, "version": form_version}
    for one in sorted(session.execute(_OF_FORM, given).scalars(), key=lambda one: one.board_id is not None):
        found[one.language] = one
    return [found[language] for language in sorted(found)]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one kept translation stands, its texts left where they are; `board_id` is None for everybody's."""

    id: UUID
    board_id: UUID | None
    language: str
    state: TranslationState
    texts_hash: str

    @property
    def is_reviewed(self) -> bool:
        """Whether a person has signed it off."""
        return self.state is TranslationState.REVIEWED


def standings(session: Session, board_id: UUID, form_key: str, form_version: int) -> list[Standing]:
    """How everybody's translations of a form version stand, and then the board's own."""
    given = {"board_id": board_id, "key": form_key, "version": form_version}
    found = [Standing(*row) for row in session.execute(_STANDING, given)]
    return sorted(found, key=lambda one: (one.board_id is not None, one.language))


def find(
    session: Session, board_id: UUID | None, form_key: str, form_version: int, language: str
) -> SignedTranslation | None:
    """The translation that is kept for exactly this board, or with None for everybody."""
    query = session.query(SignedTranslation).filter_by(
        board_id=board_id, form_key=form_key, form_version=form_version, language=language
    )
    return query.one_or_none()


def is_signed(
    session: Session,
    board_id: UUID,
    form_key: str,
    form_version: int,
    language: str,
    texts: Mapping[str, str],
) -> bool:
    """Whether exactly these texts were signed off, for the board or for everybody."""
    query = session.query(SignedTranslation.id).filter_by(
        form_key=form_key,
        form_version=form_version,
        language=language,
        state=TranslationState.REVIEWED,
        texts_hash=hash_of(texts),
    )
    mine = or_(SignedTranslation.board_id.is_(None), SignedTranslation.board_id == board_id)
    return query.filter(mine).first() is not None
