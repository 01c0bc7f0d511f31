"""Board: the partnership that asks; its name, its words, the people who run it."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, Worded, ordered_id


class Board(Row):
    """A safeguarding children board. One installation may serve several that share agencies."""

    __tablename__ = "boards"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    #: The named human on every message, and how to reach them.
    contact_name: Mapped[str] = mapped_column(String(200))
    contact_email: Mapped[str] = mapped_column(String(320))
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    #: The terminology pack: the board's own words by key.
    terms: Mapped[dict[str, Any]] = mapped_column(default=dict)


class OfficeRole(StrEnum):
    """What somebody may do for a board, or is on it."""

    COORDINATOR = "coordinator"  #: runs campaigns
    MANAGER = "manager"  #: approves letters; may call a lesson urgent
    SUBGROUP_CHAIR = "subgroup_chair"  #: addressed from the upper rungs
    INDEPENDENT_CHAIR = "independent_chair"  #: the last addressee
    EDUCATION_LEAD = "education_lead"  #: a school's upper rung, in place of another school's head

    @property
    def may_act(self) -> bool:
        """Whether acting commands are open to this role."""
        return self in (OfficeRole.COORDINATOR, OfficeRole.MANAGER)

    @property
    def may_judge(self) -> bool:
        """Whether this role may accept what came, or send it back."""
        return self.may_act or self in (OfficeRole.SUBGROUP_CHAIR, OfficeRole.INDEPENDENT_CHAIR)


class Office(Row):
    """One person's office with one board."""

    __tablename__ = "offices"
    __table_args__ = (UniqueConstraint("board_id", "person_id", "role"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    role: Mapped[OfficeRole] = mapped_column(Worded(OfficeRole))


def by_slug(session: Session, slug: str) -> Board | None:
    """The board with this short name, if there is one."""
    return session.query(Board).filter_by(slug=slug).one_or_none()


def every(session: Session) -> list[Board]:
    """All boards, by name."""
    return session.query(Board).order_by(Board.name).all()


def slug_to_say(session: Session, board_id: UUID) -> str:
    """What commands call a board where there are several; empty where there is no other."""
    slugs = session.execute(select(Board.id, Board.slug)).all()
    return next((slug for known, slug in slugs if known == board_id and slugs[1:]), "")


def officers(session: Session, board_id: UUID, role: OfficeRole) -> list[UUID]:
    """The ids of the people who hold an office, longest-serving first."""
    query = session.query(Office.person_id).filter_by(board_id=board_id, role=role)
    return [row.person_id for row in query.order_by(Office.id)]


def roles_of(session: Session, board_id: UUID, person_id: UUID) -> set[OfficeRole]:
    """Every office that a person holds with a board."""
    query = session.query(Office.role).filter_by(board_id=board_id, person_id=person_id)
    return {row.role for row in query}
