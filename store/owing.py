"""Owing: what one person is asked for now, seat by seat and campaign by campaign."""

from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from store.ask import Ask, AskState
from store.campaign import Campaign, CampaignState
from store.seat import Holding


def of_person(session: Session, person_id: UUID) -> list[tuple[Ask, Campaign]]:
    """The live asks of running campaigns that rest with a person, the most pressing first."""
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
            )
        )
        .order_by(Ask.due_on, Ask.id)
    )
    return [(ask, campaign) for ask, campaign in session.execute(query)]
