"""History: everything written down about a person and the asks around them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from store.answers.inbound import Inbound, Source
from store.answers.response import Response
from store.asking.ask import Ask
from store.asking.campaign import Campaign, Step, WordsVersion
from store.decision import Decision
from store.letters.delivery import Delivery
from store.letters.touch import Touch
from store.people.agency import Agency
from store.people.person import Address, Person
from store.people.seat import Holding, Seat, SeatRole


@dataclass(frozen=True, slots=True)
class Noted:
    """A decision, with the campaign and the number of the ask it is about, where it is about one."""

    decision: Decision
    slug: str | None
    number: int | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class Touched:
    """A touch with what it belongs to, whom it was for, and the message that carried it."""

    touch: Touch
    slug: str
    number: int
    agency: str
    person: str | None
    words_version: int | None
    delivery: Delivery | None
    address: str | None
    #: How many touches its message carried; in a shared message the words are those of a digest.
    carried: int
    #: Whether it is about an ask put to a person by name.
    is_personal: bool
    #: The seat that is asked, and the colleague who has it in its place today.
    asked_role: SeatRole
    delegate_id: UUID | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A response with its author and the door it came through."""

    response: Response
    slug: str
    number: int
    author: str | None
    source: Source


def asks_around(session: Session, person_id: UUID, campaign_id: UUID | None = None) -> set[UUID]:
    """The asks that a person was ever asked, handed, written to about, or answered."""
    held = (
        select(Ask.id)
        .join(Holding, Holding.seat_id == Ask.seat_id)
        .where(Holding.person_id == person_id)
        .where(or_(Holding.until.is_(None), Ask.asked_at.is_(None), Holding.until >= Ask.asked_at))
        .where(or_(Ask.closed_at.is_(None), Holding.since <= Ask.closed_at))
    )
    named = select(Ask.id).where(or_(Ask.person_id == person_id, Ask.delegate_id == person_id))
    touched = select(Touch.ask_id).where(Touch.person_id == person_id)
    answered = select(Response.ask_id).where(Response.author_id == person_id)
    noted = select(Decision.ask_id).where(Decision.person_id == person_id, Decision.ask_id.is_not(None))
    found: set[UUID] = set()
    for query in (held, named, touched, answered):
        found |= set(session.execute(query).scalars())
    found |= {ask_id for ask_id in session.execute(noted).scalars() if ask_id is not None}
    if campaign_id is None:
        return found
    within = select(Ask.id).where(Ask.id.in_(found), Ask.campaign_id == campaign_id)
    return set(session.execute(within).scalars())


def decisions(
    session: Session,
    person_id: UUID,
    ask_ids: Collection[UUID],
    agency_ids: Collection[UUID],
    campaign_id: UUID | None = None,
) -> list[Noted]:
    """What was decided about a person, some asks, whole agencies, and the campaigns of all these."""
    campaigns = set(session.execute(select(Ask.campaign_id).where(Ask.id.in_(ask_ids))).scalars())
    whole = and_(Decision.ask_id.is_(None), Decision.person_id.is_(None))
    query = (
        select(Decision, Campaign.slug, Ask.number, Agency.name)
        .outerjoin(Campaign, Campaign.id == Decision.campaign_id)
        .outerjoin(Ask, Ask.id == Decision.ask_id)
        .outerjoin(Agency, Agency.id == Decision.agency_id)
        .where(
            or_(
                Decision.person_id == person_id,
                Decision.ask_id.in_(ask_ids),
                and_(whole, Decision.agency_id.in_(agency_ids)),
                and_(whole, Decision.agency_id.is_(None), Decision.campaign_id.in_(campaigns)),
            )
        )
        .order_by(Decision.at, Decision.id)
    )
    if campaign_id is not None:
        query = query.where(or_(Decision.campaign_id.is_(None), Decision.campaign_id == campaign_id))
    return [Noted(*row) for row in session.execute(query)]


def touches(session: Session, ask_ids: Collection[UUID]) -> list[Touched]:
    """Every touch of some asks in the order of the climb."""
    beside = aliased(Touch)
    carried = (
        select(func.count(beside.id))
        .where(beside.delivery_id == Touch.delivery_id, beside.state == Touch.state)
        .scalar_subquery()
    )
    query = (
        select(Touch, Campaign.slug, Ask.number, Agency.name, Person.name, WordsVersion.version, Delivery,
               Address.value, carried, Ask.person_id.is_not(None), Step.role,
               Ask.delegate_id)
        .join(Ask, Ask.id == Touch.ask_id)
        .join(Step, Step.id == Ask.step_id)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .outerjoin(Person, Person.id == Touch.person_id)
        .outerjoin(WordsVersion, WordsVersion.id == Touch.words_id)
        .outerjoin(Delivery, Delivery.id == Touch.delivery_id)
        .outerjoin(Address, Address.id == Delivery.address_id)
        .where(Touch.ask_id.in_(ask_ids))
        .order_by(Touch.climbed_at, Touch.id)
    )  # fmt: skip
    return [Touched(*row) for row in session.execute(query)]


def responses(session: Session, ask_ids: Collection[UUID]) -> list[Answered]:
    """Every response to some asks, superseded ones with them."""
    query = (
        select(Response, Campaign.slug, Ask.number, Person.name, Inbound.source)
        .join(Ask, Ask.id == Response.ask_id)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .join(Inbound, Inbound.id == Response.inbound_id)
        .outerjoin(Person, Person.id == Response.author_id)
        .where(Response.ask_id.in_(ask_ids))
        .order_by(Response.at, Response.id)
    )
    return [Answered(*row) for row in session.execute(query)]


def seats_of(session: Session, person_id: UUID, board_id: UUID) -> list[tuple[Seat, Agency]]:
    """The seats with a board that a person holds today."""
    query = (
        select(Seat, Agency)
        .join(Holding, and_(Holding.seat_id == Seat.id, Holding.until.is_(None)))
        .join(Agency, Agency.id == Seat.agency_id)
        .where(Holding.person_id == person_id, Seat.board_id == board_id)
        .order_by(Agency.folded, Seat.role)
    )
    return [(seat, agency) for seat, agency in session.execute(query)]


def asks_of_agency(session: Session, campaign_id: UUID, agency_id: UUID) -> list[tuple[Ask, Step]]:
    """What a campaign asks of an agency, first step first."""
    query = (
        select(Ask, Step)
        .join(Step, Step.id == Ask.step_id)
        .where(Ask.campaign_id == campaign_id, Ask.agency_id == agency_id)
        .order_by(Step.position, Ask.number)
    )
    return [(ask, step) for ask, step in session.execute(query)]
