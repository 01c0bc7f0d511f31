"""Form: the questions as they were when first asked; a version is never edited after use."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, ordered_id

#: What the keys of forms begin with that are made for one agency, to ask about its actions.
OF_ACTIONS = "actions_of_"


class FormVersion(Row):
    """One version of one form. Shipped forms belong to no board, a board's own to it."""

    __tablename__ = "form_versions"
    __table_args__ = (UniqueConstraint("board_id", "key", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID | None] = mapped_column(ForeignKey("boards.id"))
    key: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    body: Mapped[dict[str, Any]]


def keep(
    session: Session, key: str, version: int, body: dict[str, Any], board_id: UUID | None = None
) -> FormVersion:
    """Find the version, or add it. A different body under a version already kept is refused."""
    query = session.query(FormVersion).filter_by(board_id=board_id, key=key, version=version)
    known = query.one_or_none()
    if known is not None:
        if known.body != body:
            raise ValueError(
                f"form {key} version {version} is in use and cannot change: give it a new version"
            )
        return known
    kept = FormVersion(id=ordered_id(), board_id=board_id, key=key, version=version, body=body)
    session.add(kept)
    session.flush()
    return kept


def versions(session: Session, key: str, board_id: UUID) -> list[FormVersion]:
    """The versions of a form that a board keeps as its own, the oldest first."""
    query = session.query(FormVersion).filter_by(board_id=board_id, key=key)
    return query.order_by(FormVersion.version).all()


def newest(session: Session, key: str, board_id: UUID) -> FormVersion | None:
    """The newest version of a form that a board keeps as its own; None where it keeps none of this key."""
    query = session.query(FormVersion).filter_by(board_id=board_id, key=key)
    return query.order_by(FormVersion.version.desc()).limit(1).one_or_none()


def of_board(session: Session, board_id: UUID) -> list[FormVersion]:
    """The newest version of every form that a board keeps as its own, by key; no agency's own among them."""
    query = session.query(FormVersion).filter_by(board_id=board_id)
    query = query.filter(~FormVersion.key.startswith(OF_ACTIONS, autoescape=True))
    newest = {one.key: one for one in query.order_by(FormVersion.key, FormVersion.version)}
    return list(newest.values())
