"""Occasion: an ask that an agency begins of its own accord, as often as it has something to tell."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from store.asking import making
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, CampaignState, Step, steps
from store.base import ordered_id
from store.people.seat import Seat

#: What such campaigns are called beside the playbooks; one for each board, live for ever.
TELL_US = "tell_us"


def step_of(session: Session, board_id: UUID) -> Step | None:
    """What a board is told by; None while it has never been told anything. Nobody else begins meanwhile."""
    query = session.query(Campaign).filter_by(board_id=board_id, playbook=TELL_US, state=CampaignState.LIVE)
    found = query.order_by(Campaign.id).with_for_update().first()
    return steps(session, found.id)[0] if found else None


def begin(session: Session, step: Step, place: Seat, occasion: str, today: date) -> tuple[Ask, bool]:
    """Make an ask that nobody owes and nothing chases; the same occasion twice is one. Tells if it is new.

    `step_of` holds the campaign, so that two who begin at once get numbers of their own.
    """
    known = session.query(Ask).filter_by(step_id=step.id, seat_id=place.id, occasion=occasion).one_or_none()
    if known is not None:
        return known, False
    made = Ask(
        id=ordered_id(),
        board_id=place.board_id,
        campaign_id=step.campaign_id,
        step_id=step.id,
        number=making.last_number(session, step.campaign_id) + 1,
        seat_id=place.id,
        agency_id=place.agency_id,
        occasion=occasion,
        state=AskState.BEGUN,
        original_due_on=today,
        due_on=today,
    )
    session.add(made)
    session.flush()
    return made, True


def begun_by(session: Session, board_id: UUID, agency_id: UUID) -> list[tuple[Ask, Step]]:
    """What an agency began to tell a board and has not sent yet, the newest first."""
    query = (
        session.query(Ask, Step)
        .join(Step, Step.id == Ask.step_id)
        .filter(Ask.board_id == board_id, Ask.agency_id == agency_id, Ask.state == AskState.BEGUN)
        .order_by(Ask.number.desc())
    )
    return [(asked, step) for asked, step in query]
