"""Reader: the named person or interpreter who reads what people write in a language."""

from uuid import UUID

from sqlalchemy import CursorResult, ForeignKey, String, UniqueConstraint, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, ordered_id


class Reader(Row):
    """One reader of one language for one board. Without one, a language has no text boxes."""

    __tablename__ = "readers"
    __table_args__ = (UniqueConstraint("board_id", "language", "email"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    language: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))


def name_reader(session: Session, board_id: UUID, language: str, name: str, email: str) -> Reader:
    """Name a reader; the same address again only changes the name."""
    folded = email.strip().lower()
    found = session.query(Reader).filter_by(board_id=board_id, language=language, email=folded).one_or_none()
    if found is None:
        found = Reader(id=ordered_id(), board_id=board_id, language=language, email=folded)
        session.add(found)
    found.name = name
    session.flush()
    return found


def drop(session: Session, board_id: UUID, language: str, email: str) -> bool:
    """Take a reader off a language; False where there was none of that address."""
    mine = (Reader.board_id == board_id, Reader.language == language, Reader.email == email.strip().lower())
    result = session.execute(delete(Reader).where(*mine))
    assert isinstance(result, CursorResult)  # noqa: S101 - tells the type checker what a DELETE returns
    return result.rowcount == 1


def of_board(session: Session, board_id: UUID) -> list[Reader]:
    """A board's readers, by language."""
    return session.query(Reader).filter_by(board_id=board_id).order_by(Reader.language, Reader.id).all()


def languages_read(session: Session, board_id: UUID) -> set[str]:
    """The languages in which somebody reads what people write."""
    return {row.language for row in session.query(Reader.language).filter_by(board_id=board_id)}
