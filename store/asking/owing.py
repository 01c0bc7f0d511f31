"""Owing: what one person is asked for now, seat by seat and campaign by campaign."""

from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, CampaignState
from store.letters.touch import Touch, TouchState
from store.people import standing
from store.people.seat import Holding
from store.surveying.contributor import Contributor


def of_person(session: Session, person_id: UUID) -> list[tuple[Ask, Campaign]]:
    """The live asks of running campaigns that rest with a person, or that they were written to about
    and may answer in another's place; the most pressing first.
    """
    query = (
        select(Ask, Campaign)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .outerjoin(Holding, and_(Holding.seat_id == Ask.seat_id, Holding.until.is_(None)))
        .where(Ask.state == AskState.ASKED, Campaign.state == CampaignState.LIVE)
        .where(
            or_(
                Ask.delegate_id == person_id,
                and_(
                    Ask.delegate_id.is_(None), or_(Ask.person_id == person_id, Holding.person_id == person_id)
                ),
                Ask.id.in_(_written_to(person_id)),
                Ask.id.in_(select(Contributor.ask_id).where(Contributor.person_id == person_id)),
            )
        )
        .order_by(Ask.due_on, Ask.id)
    )
    found = [(ask, campaign) for ask, campaign in session.execute(query)]
    return [(ask, campaign) for ask, campaign in found if _concerns(session, ask, person_id)]


def _written_to(person_id: UUID) -> Select[UUID]:
    """The asks that a person had a letter about."""
    states = (TouchState.SENT, TouchState.DOUBTFUL)
    return select(Touch.ask_id).where(Touch.person_id == person_id, Touch.state.in_(states))


def _concerns(session: Session, ask: Ask, person_id: UUID) -> bool:
    """Whether a person may answer today; whoever gave an ask to a colleague is written to no more."""
    role = standing.of(session, ask, person_id)
    return role is not None and (role != "asked" or ask.delegate_id in (None, person_id))
