"""Signed translation: a form version's texts in another language, and who answers for them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, Uuid, bindparam, or_, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, Worded, ordered_id
from store.quick.alike import Alike, Sight
from store.quick.plain import run

#: The longest name that stands below a translation.
LONGEST_SIGNATURE = 320


class TranslationState(StrEnum):
    """How far a translation can be relied on."""

    MACHINE = "machine"  #: no person has read it
    DRAFT = "draft"  #: a person wrote or changed it
    REVIEWED = "reviewed"  #: a person who reads the language has signed it off


class SignedTranslation(Row):
    """One form version in one language, everywhere or of one board.

    What is signed stays as it is: newer texts wait beside it as a draft until somebody signs those.
    """

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
    #: Newer texts that nobody has signed yet, beside those that are signed; None where there are none.
    draft_texts: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    #: How far those can be relied on: a machine's until a person has written or changed some.
    draft_state: Mapped[TranslationState | None] = mapped_column(Worded(TranslationState))

    @property
    def is_reviewed(self) -> bool:
        """Whether a person has signed the texts off."""
        return self.state is TranslationState.REVIEWED

    @property
    def unsigned_texts(self) -> dict[str, Any] | None:
        """The texts that wait for a signature; None where all there is was signed."""
        return self.draft_texts if self.is_reviewed else self.texts

    @property
    def unsigned_state(self) -> TranslationState:
        """Whose the texts are that wait for a signature; those kept without a word of it are a person's."""
        return (self.draft_state or TranslationState.DRAFT) if self.is_reviewed else self.state


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
    """Keep a translation. The same texts again change nothing; other ones have to be signed anew.

    Until they are, texts that were signed before stay in use, and the new ones are a draft beside them.
    """
    found = find(session, board_id, form_key, form_version, language)
    digest = hash_of(texts)
    if found is not None and (found.is_reviewed or found.texts_hash == digest):
        is_same = found.texts_hash == digest
        found.draft_texts, found.draft_state = (None, None) if is_same else (dict(texts), state)
        session.flush()
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
    """Sign the newest texts of a translation off; from then on they are the ones in use."""
    if translation.draft_texts is not None:
        translation.texts, translation.texts_hash = translation.draft_texts, hash_of(translation.draft_texts)
        translation.draft_texts = translation.draft_state = None
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
_SIGHT = Sight(Alike(SignedTranslation))
_GLANCED = _OF_FORM.with_only_columns(*_SIGHT.columns)
_OUTLINE = select(
    SignedTranslation.id,
    SignedTranslation.board_id,
    SignedTranslation.language,
    SignedTranslation.state,
    SignedTranslation.texts_hash,
).where(*_USED)


def of_form(session: Session, board_id: UUID, form_key: str, form_version: int) -> list[SignedTranslation]:
    """The translations that a board uses of a form version, by language.

    What is signed stands before what is not, and of two alike the board's own before everybody's.
    """
    return _to_use(_rows_of(session, board_id, form_key, form_version))


def glance(session: Session, board_id: UUID, form_key: str, form_version: int) -> list[SignedTranslation]:
    """As `of_form`: rows that belong to no session, and may not be changed."""
    given = {"board_id": board_id, "key": form_key, "version": form_version}
    return _to_use([row for (row,) in _SIGHT.look(session, _GLANCED, given)])


def _to_use(rows: Sequence[SignedTranslation]) -> list[SignedTranslation]:
    found = {one.language: one for one in sorted(rows, key=lambda one: (one.is_reviewed, _is_own(one)))}
    return [found[language] for language in sorted(found)]


def drafts_of(session: Session, board_id: UUID, form_key: str, form_version: int) -> list[SignedTranslation]:
    """The translations with texts that wait for a signature, by language; a board's own settles it."""
    rows = _rows_of(session, board_id, form_key, form_version)
    found = {one.language: one for one in sorted(rows, key=_is_own)}
    return [found[language] for language in sorted(found) if found[language].unsigned_texts is not None]


def _rows_of(
    session: Session, board_id: UUID, form_key: str, form_version: int
) -> Sequence[SignedTranslation]:
    given = {"board_id": board_id, "key": form_key, "version": form_version}
    return session.execute(_OF_FORM, given).scalars().all()


def _is_own(one: SignedTranslation) -> bool:
    return one.board_id is not None


@dataclass(frozen=True, slots=True)
class Outline:
    """One kept translation without its texts; `board_id` is None for everybody's."""

    id: UUID
    board_id: UUID | None
    language: str
    state: TranslationState
    texts_hash: str

    @property
    def is_reviewed(self) -> bool:
        """Whether a person has signed it off."""
        return self.state is TranslationState.REVIEWED


def outlines(session: Session, board_id: UUID, form_key: str, form_version: int) -> list[Outline]:
    """Everybody's translations of a form version, and then the board's own, without their texts."""
    given = {"board_id": board_id, "key": form_key, "version": form_version}
    found = [Outline(*row) for row in run(session, _OUTLINE, given).rows]
    return sorted(found, key=lambda one: (one.board_id is not None, one.language))


def find(
    session: Session, board_id: UUID | None, form_key: str, form_version: int, language: str
) -> SignedTranslation | None:
    """The translation that is kept for exactly this board, or with None for everybody."""
    query = session.query(SignedTranslation).filter_by(
        board_id=board_id, form_key=form_key, form_version=form_version, language=language
    )
    return query.one_or_none()
