"""Course: all that the same seat or person is asked by one campaign, step by step."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.asking.ask import Ask, AskState
from store.asking.campaign import Step


def of(session: Session, ask: Ask) -> list[tuple[Ask, Step]]:
    """The asks of every step for whom an ask is put to, first step first; not those called back."""
    query = (
        select(Ask, Step)
        .join(Step, Step.id == Ask.step_id)
        .where(Ask.campaign_id == ask.campaign_id, Ask.state != AskState.WITHDRAWN)
        .where(Ask.occasion == ask.occasion)
        .where(Ask.seat_id == ask.seat_id if ask.seat_id else Ask.person_id == ask.person_id)
        .order_by(Step.position)
    )
    return [(each, step) for each, step in session.execute(query)]
