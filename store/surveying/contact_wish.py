"""Contact wish: somebody asks to be reached; kept apart from every answer, with no key to one."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, delete, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, Worded, insert_unless_there
from store.quick.plain import columns_of


class Outcome(StrEnum):
    """What came of a wish: a word from a list, since what was said belongs into no record of ours."""

    REACHED = "reached"  #: somebody spoke with them
    NOT_REACHED = "not_reached"  #: tried as they wished, and in vain
    PASSED_ON = "passed_on"  #: handed to those whose work it is, such as children's social care


class ContactWish(Row):
    """A first name, and how and when it is safe to reach them; of the time only the day.

    Once it is closed nothing is left of it but day, campaign, and what was done by whom.
    """

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
    #: The three are None until it is closed.
    outcome: Mapped[Outcome | None] = mapped_column(Worded(Outcome))
    closed_by: Mapped[str | None] = mapped_column(String(320))
    closed_on: Mapped[date | None]

    @property
    def reference(self) -> str:
        """What people call it by: the end of its identifier, which never changes."""
        return self.id.hex[-6:]


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
    """Keep a wish. The same `wish_id`, as from a double press, is kept once, closed or not."""
    row = {
        "id": wish_id or uuid4(),
        "board_id": board_id,
        "campaign_id": campaign_id,
        "language": language,
        "first_name": first_name[:100],
        "safe_way": safe_way[:300],
        "safe_time": safe_time[:200],
        "may_leave_message": may_leave_message,
        "day": day,
    }
    session.execute(insert_unless_there(session, ContactWish), [row])
    return session.get_one(ContactWish, row["id"])


def is_there(session: Session, wish_id: UUID) -> bool:
    """Whether a wish of this identifier was kept."""
    return session.execute(select(ContactWish.day).where(ContactWish.id == wish_id)).first() is not None


def of_board(session: Session, board_id: UUID) -> list[ContactWish]:
    """The wishes of a board, by day, those that are closed with them."""
    query = session.query(ContactWish).filter_by(board_id=board_id)
    return query.order_by(ContactWish.day, ContactWish.id).all()


def waiting(session: Session, board_id: UUID) -> list[ContactWish]:
    """The wishes of a board that wait for somebody, the oldest day first."""
    return [one for one in of_board(session, board_id) if one.closed_on is None]


def count_waiting(session: Session, board_id: UUID) -> int:
    """How many wishes of a board wait."""
    query = select(func.count()).select_from(ContactWish)
    return session.execute(
        query.where(ContactWish.board_id == board_id, ContactWish.closed_on.is_(None))
    ).scalar_one()


def close(session: Session, wish: ContactWish, outcome: Outcome, by: str, day: date) -> None:
    """Note what was done, and forget at once who asked, and how they are to be reached."""
    wish.outcome, wish.closed_by, wish.closed_on = outcome, by, day
    wish.first_name = wish.safe_way = wish.safe_time = wish.language = ""
    wish.may_leave_message = False
    session.flush()


def take_since(session: Session, day: date | None) -> list[dict[str, Any]]:
    """Take the wishes after a day out, of every board, to be written anew; they keep their identifiers.

    None takes every wish there is.
    """
    query = session.query(ContactWish).populate_existing().with_for_update()
    found = (query if day is None else query.filter(ContactWish.day > day)).all()
    kept = [columns_of(one) for one in found]
    for one in found:
        session.expunge(one)
    ids = [row["id"] for row in kept]
    for start in range(0, len(ids), 500):
        session.execute(delete(ContactWish).where(ContactWish.id.in_(ids[start : start + 500])))
    return kept


def write(session: Session, kept: Sequence[dict[str, Any]]) -> None:
    """Write wishes down in the order given."""
    if kept:
        session.execute(insert(ContactWish), list(kept))
