"""Presence: in one look, who reads what comes in over the coming days, and when each number was last rung."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    String,
    Uuid,
    bindparam,
    cast,
    false,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from store.people.person import Person
from store.people.term import Closure
from store.surveying.duty import Duty
from store.surveying.helpline import Helpline


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a board's pages, and when somebody last checked it."""

    audience: str
    #: Whether it is the board's own, and not one that every board shows.
    is_own: bool
    last_checked_on: date | None


@dataclass(frozen=True, slots=True)
class Presence:
    """Who and what stands by for a board in a stretch of days."""

    #: How many reviewers are on the rota of each day that has any.
    reviewers: Mapping[date, int]
    #: Days on which nobody works, besides weekends and bank holidays.
    closed: frozenset[date]
    numbers: Mapping[str, Number]


# Written once, and one statement: every page of a family's survey runs it.
_REVIEWER, _CLOSED, _NUMBER = "reviewer", "closed", "number"
_LOOK: CompoundSelect[Any] = union_all(
    select(
        literal(_REVIEWER).label("kind"),
        Duty.day.label("day"),
        literal("").label("key"),
        literal("").label("audience"),
        false().label("is_own"),
    )
    .join(Person, Person.id == Duty.person_id)
    .where(
        Duty.board_id == bindparam("board_id", type_=Uuid()),
        Duty.day.between(bindparam("first"), bindparam("last")),
        Person.left_at.is_(None),
    ),
    select(literal(_CLOSED), Closure.day, literal(""), literal(""), false()).where(
        Closure.agency_id.is_(None), Closure.day.between(bindparam("first"), bindparam("last"))
    ),
    select(
        literal(_NUMBER),
        Helpline.last_checked_on,
        Helpline.key,
        cast(Helpline.audience, String),
        Helpline.board_id.is_not(None),
    ).where(or_(Helpline.board_id.is_(None), Helpline.board_id == bindparam("board_id", type_=Uuid()))),
)


def look(session: Session, board_id: UUID, first: date, last: date) -> Presence:
    """Who and what stands by for a board from one day to another, both included."""
    reviewers: Counter[date] = Counter()
    closed, numbers = set(), dict[str, Number]()
    rows = session.execute(_LOOK, {"board_id": board_id, "first": first, "last": last})
    for kind, day, key, audience, is_own in rows:
        if kind == _REVIEWER:
            reviewers[day] += 1
        elif kind == _CLOSED:
            closed.add(day)
        elif is_own or key not in numbers:
            numbers[key] = Number(audience, bool(is_own), day)
    return Presence(reviewers, frozenset(closed), numbers)
