"""Tallies: how many asks, answers and letters a campaign has, counted in the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import Session

from store.answers.response import Response
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, Step
from store.asking.form import FormVersion
from store.asking.hold import Hold
from store.chore import Chore
from store.letters.delivery import Delivery, DeliveryState
from store.letters.touch import Touch, TouchState
from store.people.agency import Agency
from store.people.person import Address, Person
from store.surveying import anonymous, ledger


@dataclass(slots=True)
class StepTally:
    """One step of a campaign: its asks by state."""

    step: Step
    #: The key of its form.
    form: str
    states: dict[AskState, int] = field(default_factory=dict)
    #: Answers given by code as of last night; None where it is put to people by name.
    given: int | None = None

    def of(self, *states: AskState) -> int:
        """How many asks are in some states."""
        return sum(self.states.get(state, 0) for state in states)

    @property
    def asked(self) -> int:
        """Asks that were made live and not called back."""
        return self.of(AskState.ASKED, AskState.ANSWERED, AskState.DECLINED, AskState.LAPSED)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One message that may have gone twice, or not at all."""

    person: str
    address: str
    at: datetime
    #: What became of it since.
    state: DeliveryState
    said: str


@dataclass(frozen=True, slots=True)
class Carried:
    """One ask's part of one message."""

    rung: str
    role: str
    slug: str
    number: int
    agency: str
    #: Whether the ask is put to a person by name.
    is_personal: bool = False


@dataclass(frozen=True, slots=True)
class Drafted:
    """One letter that waits for a yes, since when, and for whom."""

    at: datetime
    part: Carried
    person: str


@dataclass(slots=True)
class LetterTally:
    """The messages of a campaign by state, and letters that are in none: a refused one counts as refused."""

    states: dict[DeliveryState, int] = field(default_factory=dict)
    #: Touches that wait to be put into a message.
    ungathered: int = 0
    #: Letters that wait for a person's yes.
    drafted: int = 0
    #: Letters held back by a pause or a hold.
    held: int = 0
    doubts: list[Doubt] = field(default_factory=list)


def steps(session: Session, campaign_id: UUID, midnight: datetime) -> list[StepTally]:
    """The asks of each step of a campaign that names whom it asks, in the order of the steps.

    `midnight` began the local day: what was answered anonymously since is told as still owed, and the answers
    given by code are those of the last night, or not told while they are few.
    """
    order = (
        select(Step, FormVersion.key, FormVersion.body)
        .join(FormVersion, FormVersion.id == Step.form_version_id)
        .where(Step.campaign_id == campaign_id)
        .order_by(Step.position)
    )
    rows = session.execute(order).all()
    found = {step.id: StepTally(step, key) for step, key, _ in rows}
    counted = (
        select(Ask.step_id, Ask.state, func.count())
        .where(Ask.campaign_id == campaign_id)
        .group_by(Ask.step_id, Ask.state)
    )
    for step_id, state, number in session.execute(counted):
        found[step_id].states[state] = number
    unnamed = [step.id for step, _, body in rows if body.get("privacy") == "anonymous"]
    for step_id, states in ledger.states_last_night(session, unnamed, midnight).items():
        found[step_id].states = states
    for step in (one.step for one in found.values() if one.step.is_open):
        found[step.id].given = anonymous.count(session, step.id)
    return list(found.values())


def letters(session: Session, campaign_id: UUID) -> LetterTally:
    """The messages that carry something of a campaign. One that carries several counts in each."""
    tally = LetterTally()
    carried = (
        select(Delivery.state, func.count(distinct(Delivery.id)))
        .join(Touch, Touch.delivery_id == Delivery.id)
        .join(Ask, Ask.id == Touch.ask_id)
        .where(Ask.campaign_id == campaign_id, Touch.state != TouchState.HELD)
        .group_by(Delivery.state)
    )
    tally.states = dict(session.execute(carried).all())
    loose = (
        select(Touch.state, func.count())
        .join(Ask, Ask.id == Touch.ask_id)
        .where(Ask.campaign_id == campaign_id, Touch.delivery_id.is_(None))
        .where(Touch.state.in_([TouchState.TO_SEND, TouchState.DRAFTED, TouchState.REFUSED]))
        .group_by(Touch.state)
    )
    waiting = dict(session.execute(loose).all())
    tally.ungathered = waiting.get(TouchState.TO_SEND, 0)
    tally.drafted = waiting.get(TouchState.DRAFTED, 0)
    if given_up := waiting.get(TouchState.REFUSED, 0):
        tally.states[DeliveryState.REFUSED] = tally.states.get(DeliveryState.REFUSED, 0) + given_up
    back = select(func.count()).join(Ask, Ask.id == Touch.ask_id).where(Ask.campaign_id == campaign_id)
    back = back.where(Touch.state == TouchState.HELD, Ask.state == AskState.ASKED).select_from(Touch)
    tally.held = session.execute(back).scalar_one()
    tally.doubts = _doubts(session, campaign_id)
    return tally


def _doubts(session: Session, campaign_id: UUID) -> list[Doubt]:
    query = (
        select(Person.name, Address.value, Delivery.doubted_at, Delivery.state, Delivery.error)
        .join(Person, Person.id == Delivery.person_id)
        .join(Address, Address.id == Delivery.address_id)
        .where(Delivery.doubted_at.is_not(None), Delivery.id.in_(_deliveries_of(campaign_id)))
        .order_by(Delivery.doubted_at, Delivery.id)
    )
    return [
        Doubt(name, value, at, state, said or "")
        for name, value, at, state, said in session.execute(query)
        if at is not None
    ]


def _deliveries_of(campaign_id: UUID) -> Select[Any]:
    touches = select(Touch.delivery_id).join(Ask, Ask.id == Touch.ask_id)
    return touches.where(Ask.campaign_id == campaign_id, Touch.delivery_id.is_not(None))


def answers(session: Session, campaign_id: UUID, form: str) -> list[tuple[UUID, dict[str, Any]]]:
    """The answers that count to one form of a campaign: agency, and answers by question name."""
    query = (
        select(Ask.agency_id, Response.answers)
        .join(Ask, Ask.id == Response.ask_id)
        .join(FormVersion, FormVersion.id == Response.form_version_id)
        .where(Ask.campaign_id == campaign_id, FormVersion.key == form, Response.superseded_by.is_(None))
        .order_by(Ask.number)
    )
    return [(agency_id, answered) for agency_id, answered in session.execute(query)]


def holds(session: Session, wanted: Campaign, today: date) -> list[Hold]:
    """The holds in force over asks of a campaign that are owed, or over the agencies that owe them."""
    owed = select(Ask).where(Ask.campaign_id == wanted.id, Ask.state == AskState.ASKED).subquery()
    query = (
        select(Hold)
        .where(Hold.board_id == wanted.board_id, Hold.lifted_at.is_(None), Hold.until >= today)
        .where(Hold.ask_id.in_(select(owed.c.id)) | Hold.agency_id.in_(select(owed.c.agency_id)))
        .order_by(Hold.until, Hold.id)
    )
    return list(session.execute(query).scalars())


def chores(session: Session, wanted: Campaign) -> list[Chore]:
    """What waits for a person about a campaign's asks, or about its board and no ask, oldest first."""
    asks = select(Ask.id).where(Ask.campaign_id == wanted.id)
    query = (
        select(Chore)
        .where(Chore.board_id == wanted.board_id, Chore.done_at.is_(None))
        .where(Chore.ask_id.is_(None) | Chore.ask_id.in_(asks))
        .order_by(Chore.opened_at, Chore.id)
    )
    return list(session.execute(query).scalars())


def carried(session: Session, delivery_ids: Sequence[UUID]) -> dict[UUID, list[Carried]]:
    """What some messages carried when they went."""
    found: dict[UUID, list[Carried]] = {}
    for start in range(0, len(delivery_ids), 500):
        query = (
            select(
                Touch.delivery_id,
                Touch.rung,
                Touch.role,
                Campaign.slug,
                Ask.number,
                Agency.name,
                Ask.person_id.is_not(None),
            )
            .join(Ask, Ask.id == Touch.ask_id)
            .join(Campaign, Campaign.id == Ask.campaign_id)
            .join(Agency, Agency.id == Ask.agency_id)
            .where(Touch.delivery_id.in_(delivery_ids[start : start + 500]), Touch.state == TouchState.SENT)
            .order_by(Campaign.slug, Ask.number)
        )
        for delivery_id, rung, role, slug, number, agency, is_personal in session.execute(query):
            if delivery_id is not None:
                part = Carried(rung, role, slug, number, agency, is_personal)
                found.setdefault(delivery_id, []).append(part)
    return found


def drafted(session: Session) -> list[Drafted]:
    """Letters that wait for a person's yes, the oldest first."""
    query = (
        select(Touch.climbed_at, Touch.rung, Touch.role, Campaign.slug, Ask.number, Agency.name, Person.name)
        .join(Ask, Ask.id == Touch.ask_id)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .outerjoin(Person, Person.id == Touch.person_id)
        .where(Touch.state == TouchState.DRAFTED)
        .order_by(Touch.climbed_at, Touch.id)
    )
    return [
        Drafted(at, Carried(rung, role, slug, number, agency), person or "")
        for at, rung, role, slug, number, agency, person in session.execute(query)
    ]
