"""Delivery: one message to one person on one channel, and what became of it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Row, Worded, ordered_id


class DeliveryState(StrEnum):
    """What became of a message."""

    WAITING = "waiting"  #: unsent; goes when its time comes
    SENDING = "sending"  #: claimed by a worker, which holds a lease
    SENT = "sent"
    DOUBTFUL = "doubtful"  #: the lease ended, or the line was lost, with no word from the server
    REFUSED = "refused"  #: refused for good
    DROPPED = "dropped"  #: nothing in it was owed any more when it was about to go


class Delivery(Row):
    """One message; carries one or more touches. Leases use real time, all else the rules' clock."""

    __tablename__ = "deliveries"
    __table_args__ = (
        # For the sender: what waits, in order, and nothing else.
        Index(
            "ix_deliveries_waiting",
            "next_try_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        # For repair: whose lease has ended.
        Index(
            "ix_deliveries_leased",
            "lease_until",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index("ix_deliveries_person_day", "person_id", "local_day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    #: What makes it the only one of its kind: a person's local day for chasers, a step for first messages.
    key: Mapped[str] = mapped_column(String(160), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    address_id: Mapped[UUID] = mapped_column(ForeignKey("addresses.id"))
    channel: Mapped[str] = mapped_column(String(20))
    is_first: Mapped[bool] = mapped_column(default=False)
    #: Urgent: waits for no office hour.
    any_hour: Mapped[bool] = mapped_column(default=False)
    local_day: Mapped[date]
    state: Mapped[DeliveryState] = mapped_column(Worded(DeliveryState), default=DeliveryState.WAITING)
    made_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    #: How often it was in doubt.
    doubts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(String(60))
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    #: The server's own words on taking it.
    reference: Mapped[str | None] = mapped_column(String(300))
    #: The last thing that went wrong, in words.
    error: Mapped[str | None] = mapped_column(String(500))
    #: When it was last in doubt; kept for ever, so that doubt stays visible.
    doubted_at: Mapped[datetime | None]
