"""Ledger: who has answered an anonymous step, told once a day and by nothing finer than the day."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from store.asking.ask import Ask, AskState


def is_over(session: Session, step_id: UUID) -> bool:
    """Whether a step was asked of somebody, and nobody owes it now or will."""
    query = select(Ask.state).where(Ask.step_id == step_id).distinct()
    found = set(session.execute(query).scalars())
    return bool(found) and not found & {AskState.PENDING, AskState.ASKED}


def hold_closed(session: Session, step_id: UUID) -> None:
    """Keep late answers to a step away until we commit: each of them first takes hold of its ask."""
    hold(session, step_id, AskState.LAPSED, AskState.DECLINED)


def hold(session: Session, step_id: UUID, *states: AskState) -> None:
    """Let nobody change a step's asks in some states until we commit."""
    query = session.query(Ask.id).filter(Ask.step_id == step_id, Ask.state.in_(states)).order_by(Ask.id)
    query.with_for_update().all()


def even_out(session: Session, step_id: UUID, following_id: UUID | None, midnight: datetime) -> int:
    """Give all answered asks of a step the same moment of closing; tells how many there are.

    They, and the asks of the following step that they opened, are written once more in the order of their
    identifiers: neither the transaction that wrote a row last nor its place then tells when it was answered.
    """
    answered = [{"id": one.id, "closed_at": midnight} for one in _held(session, step_id, AskState.ANSWERED)]
    if answered:
        session.execute(update(Ask), answered)
    if following_id is not None:
        opened = _held(session, following_id, AskState.ASKED)
        if opened:
            session.execute(update(Ask), [{"id": one.id, "round": one.round} for one in opened])
    return len(answered)


def _held(session: Session, step_id: UUID, state: AskState) -> list[Ask]:
    """The asks of a step in a state, as they are now and will be until we commit."""
    query = session.query(Ask).filter_by(step_id=step_id, state=state).order_by(Ask.id)
    return query.populate_existing().with_for_update().all()


def states_last_night(
    session: Session, step_ids: Collection[UUID], midnight: datetime
) -> dict[UUID, dict[AskState, int]]:
    """The asks of some anonymous steps by state, as of the last local midnight.

    What was answered since is told as still owed: a count that moved with each answer would name its giver.
    """
    found: dict[UUID, dict[AskState, int]] = {step_id: {} for step_id in step_ids}
    since = (Ask.state == AskState.ANSWERED) & (Ask.closed_at >= midnight)
    query = (
        select(Ask.step_id, Ask.state, since, func.count())
        .where(Ask.step_id.in_(list(step_ids)))
        .group_by(Ask.step_id, Ask.state, since)
    )
    for step_id, state, is_today, number in session.execute(query):
        told = AskState.ASKED if is_today else state
        found[step_id][told] = found[step_id].get(told, 0) + number
    return found
