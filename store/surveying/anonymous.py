"""Anonymous answers: what a night has made of the box, with no key, no order and no time but the day."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Uuid, bindparam, delete, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row
from store.quick.plain import run
from store.surveying.box import Given, Nameless, WaitingAnswer


class AnonymousAnswer(Nameless, Row):
    """One answer that nobody can tell the giver of. Rows are only ever made by the nightly rewrite."""

    __tablename__ = "anonymous_answers"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    #: The day of the night that wrote it, not the day it came on.
    day: Mapped[date]


def take_back(session: Session, step_id: UUID) -> list[tuple[UUID, Given]]:
    """Take a step's answers out again, to be written anew among others; they keep their identifiers."""
    found = session.query(AnonymousAnswer).filter_by(step_id=step_id).all()
    for one in found:
        session.expunge(one)
    session.execute(delete(AnonymousAnswer).where(AnonymousAnswer.step_id == step_id))
    return [(one.id, one.given) for one in found]


def write(session: Session, answers: Sequence[tuple[UUID, Given]], day: date) -> None:
    """Write answers down in the order given, each with its own identifier and all with one day."""
    rows = [
        {
            **asdict(given),
            "id": identifier,
            "answers": in_one_order(given.answers),
            "marks": in_one_order(given.marks),
            "day": day,
        }
        for identifier, given in answers
    ]
    if rows:
        session.execute(insert(AnonymousAnswer), rows)


def in_one_order(values: dict[str, Any]) -> dict[str, Any]:
    """The same values with their names sorted on every level: a page's order of questions tells nothing."""
    read: dict[str, Any] = json.loads(json.dumps(values, sort_keys=True))
    return read


def of_campaign(session: Session, campaign_id: UUID) -> list[AnonymousAnswer]:
    """The anonymous answers of a campaign, in the order of their random identifiers."""
    query = session.query(AnonymousAnswer).filter_by(campaign_id=campaign_id)
    return query.order_by(AnonymousAnswer.id).all()


def of_step(session: Session, step_id: UUID) -> list[AnonymousAnswer]:
    """The anonymous answers of a step, in the order of their random identifiers."""
    return session.query(AnonymousAnswer).filter_by(step_id=step_id).order_by(AnonymousAnswer.id).all()


def count(session: Session, step_id: UUID) -> int:
    """How many anonymous answers a step has, as of its last night."""
    query = select(func.count()).select_from(AnonymousAnswer).where(AnonymousAnswer.step_id == step_id)
    return session.execute(query).scalar_one()


_BY_CODE = select(
    *(
        select(func.count())
        .select_from(kind)
        .where(kind.code_id == bindparam("code_id", type_=Uuid()))
        .scalar_subquery()
        for kind in (AnonymousAnswer, WaitingAnswer)
    )
)


def count_of_code(session: Session, code_id: UUID) -> int:
    """How many answers came by an open code, those of today with them."""
    return sum(sum(line) for line in run(session, _BY_CODE, {"code_id": code_id}).all())
