"""Contact wish: somebody asks to be rung; kept apart from every answer, with no key to one."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row


class ContactWish(Row):
    """A first name, and how and when it is safe to reach them; of the time only the day."""

    __tablename__ = "contact_wishes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    language: Mapped[str] = mapped_column(String(20))
    first_name: Mapped[str] = mapped_column(String(100))
    safe_way: Mapped[str] = mapped_column(String(300))
    safe_time: Mapped[str] = mapped_column(String(200))
    may_leave_message: Mapped[bool]
    day: Mapped[date]


def keep(
    session: Session,
    board_id: UUID,
    campaign_id: UUID | None,
    language: str,
    first_name: str,
    safe_way: str,
    safe_time: str,
    day: date,
    *,
    may_leave_message: bool,
    wish_id: UUID | None = None,
) -> ContactWish:
    """Keep a wish. The same `wish_id`, as from a double press, is kept once."""
    known = session.get(ContactWish, wish_id) if wish_id is not None else None
    if known is not None:
        return known
    kept = ContactWish(
        id=wish_id or uuid4(),
        board_id=board_id,
        campaign_id=campaign_id,
        language=language,
        first_name=first_name[:100],
        safe_way=safe_way[:300],
        safe_time=safe_time[:200],
        may_leave_message=may_leave_message,
        day=day,
    )
    session.add(kept)
    session.flush()
    return kept


def of_board(session: Session, board_id: UUID) -> list[ContactWish]:
    """The wishes of a board, by day."""
    return session.query(ContactWish).filter_by(board_id=board_id).order_by(ContactWish.day).all()
