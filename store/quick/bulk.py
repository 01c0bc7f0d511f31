"""Bulk: rows added by the thousand, for benches and drills that need a crowd."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from store.asking.ask import Ask, AskState
from store.base import ordered_id
from store.letters.outbox import PLAIN
from store.people.agency import Agency, CalendarKind, Membership
from store.people.person import Address, AddressState, Person
from store.people.seat import Holding, Seat, SeatRole


def add_agencies(session: Session, board_id: UUID, first: int, count: int, now: datetime) -> None:
    """Add agencies numbered from `first`, each with a representative of its own."""
    rows: dict[type, list[dict[str, Any]]] = {
        kind: [] for kind in (Agency, Membership, Person, Address, Seat, Holding)
    }
    for number in range(first, first + count):
        agency, person, seat = ordered_id(), ordered_id(), ordered_id()
        name = f"Agency {number:07}"
        rows[Agency].append(
            {
                "id": agency,
                "name": name,
                "folded": name.lower(),
                "sector": "health",
                "calendar": CalendarKind.OFFICE,
                "domains": [f"a{number:07}.example"],
            }
        )
        rows[Membership].append({"id": ordered_id(), "board_id": board_id, "agency_id": agency})
        rows[Person].append(
            {"id": person, "name": f"Rowan Number{number:07}", "language": "en", "audience": ""}
        )
        rows[Address].append(
            {
                "id": ordered_id(),
                "person_id": person,
                "channel": "email",
                "value": f"rowan@a{number:07}.example",
                "state": AddressState.GOOD,
            }
        )
        rows[Seat].append(
            {"id": seat, "board_id": board_id, "agency_id": agency, "role": SeatRole.REPRESENTATIVE}
        )
        rows[Holding].append({"id": ordered_id(), "seat_id": seat, "person_id": person, "since": now})
    for kind, some in rows.items():
        session.execute(insert(kind), some)


def quieten(session: Session, campaign_id: UUID, until: datetime) -> None:
    """Set every alarm of a campaign far off, as those of a crowd between two rungs are."""
    statement = update(Ask).where(Ask.campaign_id == campaign_id, Ask.state == AskState.ASKED)
    session.execute(statement.values(next_touch_at=until), execution_options=PLAIN)


def ring_some(session: Session, campaign_id: UUID, after: int, count: int, now: datetime) -> int:
    """Let the alarms of `count` asks ring, those numbered from after `after`; tells how many did."""
    chosen = select(Ask.id).where(
        Ask.campaign_id == campaign_id,
        Ask.number > after,
        Ask.number <= after + count,
        Ask.state == AskState.ASKED,
    )
    statement = update(Ask).where(Ask.id.in_(chosen.scalar_subquery()))
    found = session.execute(
        statement.values(next_touch_at=now - timedelta(seconds=1)).returning(Ask.id), execution_options=PLAIN
    )
    return len(found.all())
