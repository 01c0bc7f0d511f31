"""The ask of one agency in one campaign, found by their names."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, Step
from store.people.agency import Agency


def by_agency(session: Session, slug: str, folded: str, key: str = "") -> Ask | None:
    """An agency's ask in a campaign; of several the one owed now, else the first. `key` names its step."""
    query = (
        select(Ask)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .join(Step, Step.id == Ask.step_id)
        .where(Campaign.slug == slug, Agency.folded == folded)
        .order_by(Ask.state != AskState.ASKED, Step.position, Ask.number)
    )
    return session.scalars(query.where(Step.key == key) if key else query).first()
