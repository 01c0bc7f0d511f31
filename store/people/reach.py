"""Reach: for people and the roles they fill, whether and where a letter can go."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from store.people.board import Office
from store.people.person import Address, AddressState, Person, Unsubscription
from store.people.seat import Holding, Seat


@dataclass(frozen=True, slots=True)
class Reachable:
    """One person and the best address we have for them."""

    person: Person
    address: Address | None
    unsubscribed: bool

    @property
    def barred(self) -> str:
        """Why no letter can go to them; empty when one can."""
        if self.person.left_at is not None:
            return "has left"
        if self.address is None:
            return "has no address"
        if self.address.state is AddressState.BOUNCED:
            return f"cannot be reached at {self.address.value}: {self.address.reason or 'it bounced'}"
        return ""


def people(session: Session, board_id: UUID, person_ids: Collection[UUID]) -> dict[UUID, Reachable]:
    """How each of some people can be reached by mail."""
    wanted = list(person_ids)
    addresses: dict[UUID, Address] = {}
    # Asked by person alone and sorted here: given a channel or an order as well, SQLite would walk
    # every address there is.
    known = session.execute(select(Address).where(Address.person_id.in_(wanted))).scalars()
    for address in sorted(known, key=lambda address: address.id, reverse=True):
        best = addresses.get(address.person_id)
        if address.channel != "email":
            continue
        if best is None or best.state is not AddressState.GOOD or address.state is AddressState.GOOD:
            addresses[address.person_id] = address
    left = select(Unsubscription.person_id).where(
        Unsubscription.board_id == board_id, Unsubscription.person_id.in_(wanted)
    )
    unsubscribed = set(session.execute(left).scalars())
    found = session.execute(select(Person).where(Person.id.in_(wanted))).scalars()
    return {
        person.id: Reachable(person, addresses.get(person.id), person.id in unsubscribed) for person in found
    }


def holders(session: Session, board_id: UUID, agency_ids: Collection[UUID]) -> dict[UUID, dict[str, UUID]]:
    """Who fills which role today: agency → role → person."""
    found: dict[UUID, dict[str, UUID]] = {}
    query = (
        select(Seat.agency_id, Seat.role, Holding.person_id)
        .join(Holding, and_(Holding.seat_id == Seat.id, Holding.until.is_(None)))
        .where(Seat.board_id == board_id, Seat.agency_id.in_(list(agency_ids)))
    )
    for agency_id, role, person_id in session.execute(query):
        found.setdefault(agency_id, {})[role.value] = person_id
    return found


def officers(session: Session, board_id: UUID) -> dict[str, UUID]:
    """Who holds each office of a board; the longest-serving where several do."""
    query = (
        select(Office.role, Office.person_id).where(Office.board_id == board_id).order_by(Office.id.desc())
    )
    return {role.value: person_id for role, person_id in session.execute(query)}
