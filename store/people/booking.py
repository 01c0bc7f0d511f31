"""Booking: a person's place on what a campaign is about, by which they are asked in their own name."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.base import Row, ordered_id


class Booking(Row):
    """One person booked on a course, and the agency they come from."""

    __tablename__ = "bookings"
    __table_args__ = (
        UniqueConstraint("campaign_id", "person_id"),
        # For the launch, which goes through a campaign's bookings chunk by chunk.
        Index("ix_bookings_campaign", "campaign_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agencies.id"))


def of_person(session: Session, campaign_id: UUID, person_id: UUID) -> Booking | None:
    """A person's booking in a campaign, if there is one."""
    return session.query(Booking).filter_by(campaign_id=campaign_id, person_id=person_id).one_or_none()


def add(session: Session, campaign_id: UUID, person_id: UUID, agency_id: UUID) -> bool:
    """Keep a booking; False where the person has one in this campaign already, which stays as it is."""
    if of_person(session, campaign_id, person_id) is not None:
        return False
    session.add(Booking(id=ordered_id(), campaign_id=campaign_id, person_id=person_id, agency_id=agency_id))
    session.flush()
    return True


def count(session: Session, campaign_id: UUID) -> int:
    """How many people are booked in a campaign."""
    return session.query(Booking).filter_by(campaign_id=campaign_id).count()
