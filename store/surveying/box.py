"""Box: where anonymous answers wait for the night, each under a key that only its sender's page can make."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, add_unless_there
from store.quick.plain import run


class Nameless:
    """What a row of an anonymous answer holds besides its identifiers, before the night and after."""

    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    step_id: Mapped[UUID] = mapped_column(ForeignKey("steps.id"), index=True)
    #: The open code it came by; None for an ask's.
    code_id: Mapped[UUID | None] = mapped_column(ForeignKey("codes.id"), index=True)
    form_version_id: Mapped[UUID] = mapped_column(ForeignKey("form_versions.id"))
    language: Mapped[str] = mapped_column(String(20))
    answers: Mapped[dict[str, Any]]
    #: What the page knows of how it was given: a helper's role, entered for somebody, over the ceiling.
    marks: Mapped[dict[str, Any]]

    @property
    def given(self) -> "Given":
        """The answer, and what it belongs to."""
        return Given(**{one.name: getattr(self, one.name) for one in fields(Given)})


class WaitingAnswer(Nameless, Row):
    """One anonymous answer until the night: no time, no person, no ask.

    The key makes a second press of the same page harmless, and lets whoever sent it correct it the same day.
    """

    __tablename__ = "waiting_answers"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    #: SHA-256 of what only the sender's page holds, in hexadecimal.
    key: Mapped[str] = mapped_column(String(64), unique=True)


@dataclass(frozen=True, slots=True)
class Given:
    """An anonymous answer to be kept, and what it belongs to."""

    board_id: UUID
    campaign_id: UUID
    step_id: UUID
    code_id: UUID | None
    form_version_id: UUID
    language: str
    answers: dict[str, Any]
    marks: dict[str, Any]


def find(session: Session, key: str) -> WaitingAnswer | None:
    """The answer that waits under a key."""
    return session.query(WaitingAnswer).filter_by(key=key).populate_existing().one_or_none()


def put(session: Session, key: str, given: Given) -> bool:
    """Put an answer into the box; False where one lies under its key already, which then stays as it is."""
    row = {"id": uuid4(), "key": key, **asdict(given)}
    return run(session, add_unless_there(session, WaitingAnswer), row).first() is not None


def change(session: Session, waiting: WaitingAnswer, given: Given) -> None:
    """Let a later answer take the place of the one that waits under the same key."""
    waiting.language, waiting.answers, waiting.marks = given.language, given.answers, given.marks
    waiting.form_version_id = given.form_version_id
    session.flush()


def campaigns(session: Session) -> list[UUID]:
    """The campaigns for which answers wait."""
    query = select(WaitingAnswer.campaign_id).distinct().order_by(WaitingAnswer.campaign_id)
    return list(session.execute(query).scalars())


def count(session: Session, step_id: UUID) -> int:
    """How many answers of a step wait."""
    query = select(func.count()).select_from(WaitingAnswer).where(WaitingAnswer.step_id == step_id)
    return session.execute(query).scalar_one()


def of_step(session: Session, step_id: UUID) -> list[Given]:
    """What waits of a step's answers, without their keys, in the order of their random identifiers."""
    query = session.query(WaitingAnswer).filter_by(step_id=step_id).order_by(WaitingAnswer.id)
    return [one.given for one in query]


def lock(session: Session, step_id: UUID) -> Sequence[WaitingAnswer]:
    """Every answer of a step that waits, held until we commit; what comes meanwhile is not among them."""
    query = session.query(WaitingAnswer).filter_by(step_id=step_id).with_for_update()
    return query.populate_existing().all()


def take_out(session: Session, waiting: Sequence[WaitingAnswer]) -> None:
    """Take answers out of the box."""
    for one in waiting:
        session.expunge(one)
    ids = [one.id for one in waiting]
    for start in range(0, len(ids), 500):
        session.execute(delete(WaitingAnswer).where(WaitingAnswer.id.in_(ids[start : start + 500])))
