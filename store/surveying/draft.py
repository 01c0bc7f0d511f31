"""Draft: what colleagues have typed into one section of an ask and not sent yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, ForeignKey, String, UniqueConstraint, Uuid, bindparam, delete, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, insert_unless_there, ordered_id
from store.quick.plain import run, table_of


class Draft(Row):
    """One section of one ask as it was last saved; `revision` grows by one with each save."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("ask_id", "section"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("asks.id"))
    section: Mapped[str] = mapped_column(String(40))
    #: Field name → the texts typed under it, unchecked.
    raw: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(default=1)
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    saved_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A save that was refused because a colleague saved since: their version, untouched.

    `standing` is None where the draft was dropped in the meantime, as by sending the whole form.
    """

    standing: Draft | None


def save(
    session: Session,
    ask_id: UUID,
    section: str,
    raw: Mapping[str, Sequence[str]],
    seen_revision: int,
    person_id: UUID,
    now: datetime,
) -> Draft | Overtaken:
    """Save a section over the revision that its page was made from; 0 where there was none yet.

    What a colleague saved since is never overwritten. The same again from the same person changes nothing.
    """
    typed = {name: list(texts) for name, texts in raw.items()}
    if seen_revision == 0:
        saved = _add(session, ask_id, section, typed, person_id, now)
    else:
        saved = _change(session, ask_id, section, typed, seen_revision, person_id, now)
    found = find(session, ask_id, section)
    if found is None:
        return Overtaken(None)
    again = (found.saved_by, found.raw, found.revision) == (person_id, typed, seen_revision + 1)
    return found if saved or again else Overtaken(found)


def find(session: Session, ask_id: UUID, section: str) -> Draft | None:
    """The draft of one section, as the database has it now."""
    query = session.query(Draft).filter_by(ask_id=ask_id, section=section)
    return query.populate_existing().one_or_none()


def of_ask(session: Session, ask_id: UUID) -> list[Draft]:
    """The saved sections of an ask, by name."""
    return session.query(Draft).filter_by(ask_id=ask_id).order_by(Draft.section).all()


def drop(session: Session, ask_id: UUID) -> int:
    """Forget every section of an ask, as once it is answered; gives back how many there were."""
    return run(session, _DROP, {"whose": ask_id}).rowcount


_DROP = delete(table_of(Draft)).where(table_of(Draft).c.ask_id == bindparam("whose", type_=Uuid()))


def _add(
    session: Session, ask_id: UUID, section: str, typed: dict[str, Any], person_id: UUID, now: datetime
) -> bool:
    row = {
        "id": ordered_id(),
        "ask_id": ask_id,
        "section": section,
        "raw": typed,
        "revision": 1,
        "saved_by": person_id,
        "saved_at": now,
    }
    statement = insert_unless_there(session, Draft).values(row).returning(Draft.id)
    return session.execute(statement).first() is not None


def _change(
    session: Session,
    ask_id: UUID,
    section: str,
    typed: dict[str, Any],
    seen_revision: int,
    person_id: UUID,
    now: datetime,
) -> bool:
    statement = (
        update(Draft)
        .where(Draft.ask_id == ask_id, Draft.section == section, Draft.revision == seen_revision)
        .values(raw=typed, revision=seen_revision + 1, saved_by=person_id, saved_at=now)
        .execution_options(synchronize_session=False)
    )
    result = session.execute(statement)
    assert isinstance(result, CursorResult)  # noqa: S101 - tells the type checker what an UPDATE returns
    return result.rowcount == 1
