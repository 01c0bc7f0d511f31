"""Coded answers: what was answered under a code, as it was at any moment, corrections and all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.answers.response import Response
from store.asking.ask import Ask


@dataclass(frozen=True, slots=True)
class CodedHistory:
    """Everything that one person answered to one step, the first answer first; never empty."""

    #: By whom, the same in every step of a campaign; it says nothing to anybody else.
    whose: UUID
    given: Sequence[Response]

    @property
    def began_at(self) -> datetime:
        """When they first answered."""
        return self.given[0].at

    def as_at(self, moment: datetime) -> Response | None:
        """The answer that counted at a moment; None before the first."""
        return next((one for one in reversed(self.given) if one.at <= moment), None)


def of_step(session: Session, step_id: UUID) -> list[CodedHistory]:
    """The history of each person who has answered a step, in the order of their first answers."""
    query = (
        select(Response, Ask.id, Ask.person_id, Ask.seat_id)
        .join(Ask, Ask.id == Response.ask_id)
        .where(Ask.step_id == step_id)
        .order_by(Response.at, Response.id)
    )
    found: dict[UUID, list[Response]] = {}
    for given, ask_id, person_id, seat_id in session.execute(query):
        found.setdefault(person_id or seat_id or ask_id, []).append(given)
    return [CodedHistory(whose, given) for whose, given in found.items()]
