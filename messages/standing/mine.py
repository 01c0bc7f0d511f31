"""Mine: all that one person is asked for, agency by agency and board by board, and what is in already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.standing.owing import Debt, list_debts
from store.answers import judgement, response
from store.asking import ask, occasion, owing
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, Step
from store.asking.form import FormVersion
from store.database import Session
from store.people import seat, standing
from store.people.agency import Agency
from store.people.board import Board
from store.people.person import Person
from store.people.seat import SeatRole
from store.surveying import draft

#: For so long what was answered is shown, as its link holds.
LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One question that is still needed, as somebody of its agency reads it."""

    ask_id: UUID
    generation: int
    campaign: str
    title: str
    minutes: int
    debt: Debt
    #: Whether it rests with the reader; else they may answer it, or only look.
    is_theirs: bool
    #: In which role the reader may answer; None where they may not.
    role: str | None
    is_personal: bool
    #: Whether its form has sections to share out.
    has_sections: bool
    #: When something of it was last saved and not sent yet.
    saved_at: datetime | None
    #: What the board asked to look at again, in its words.
    points: tuple[str, ...]
    #: What comes after it, and by when; empty where nothing does.
    then: str
    then_by: date | None

    @property
    def may_pass_on(self) -> bool:
        """Whether the reader may hand it over or ask for more time."""
        return standing.may_send(self.role)


@dataclass(frozen=True, slots=True)
class Given:
    """One question that was answered lately."""

    ask_id: UUID
    title: str
    at: datetime
    by: str
    #: Whether the reader may look at the answer and change it.
    is_open: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """Something that the agency began to tell of its own accord, and has not sent."""

    ask_id: UUID
    title: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Everything that one board asks of one agency, as far as it is the reader's business."""

    board: Board
    agency: Agency
    #: The seats that the reader holds there; none where they only have something in hand.
    seats: tuple[SeatRole, ...]
    wanted: tuple[Wanted, ...]
    given: tuple[Given, ...]
    #: What the agency began to tell of its own accord, where something of it was saved.
    begun: tuple[Begun, ...]

    @property
    def minutes(self) -> int:
        """How long all takes that the reader may answer."""
        return sum(one.minutes for one in self.wanted if one.role is not None)


def list_mine(session: Session, reader: Person, now: datetime, zone: ZoneInfo) -> list[Place]:
    """All that a person is asked for, and what colleagues have where they hold a seat. Reads only.

    Of an agency in which they hold none they see what is in their own hands and no more; of a board that
    they hold no seat with, likewise. What is put to others by name is nobody else's to see.
    """
    seats: dict[tuple[UUID, UUID], list[SeatRole]] = {}
    for place, agency in seat.held_by(session, reader.id):
        seats.setdefault((place.board_id, agency.id), []).append(place.role)
    own = {one.id: one for one, _ in owing.of_person(session, reader.id)}
    pairs = dict.fromkeys([*seats, *((one.board_id, one.agency_id) for one in own.values())])
    found = [_place(session, reader, pair, tuple(seats.get(pair, ())), own, now, zone) for pair in pairs]
    return sorted(found, key=lambda one: (one.board.name, one.agency.folded))


def _place(
    session: Session,
    reader: Person,
    pair: tuple[UUID, UUID],
    seats: tuple[SeatRole, ...],
    own: Mapping[UUID, Ask],
    now: datetime,
    zone: ZoneInfo,
) -> Place:
    board_id, agency_id = pair
    debts = list_debts(session, now, zone, board_id=board_id, agency_id=agency_id)
    asks = {debt.ask_id: session.get_one(Ask, debt.ask_id) for debt in debts}
    shown = [debt for debt in debts if _is_shown(asks[debt.ask_id], own, seats)]
    latest = judgement.latest(session, [debt.ask_id for debt in shown])
    wanted = []
    for debt in shown:
        judged = latest.get(debt.ask_id)
        points = tuple(str(one["text"]) for one in judged.points) if judged and judged.outcome.reopens else ()
        wanted.append(_wanted(session, reader, debt, asks[debt.ask_id], points, is_theirs=debt.ask_id in own))
    return Place(
        session.get_one(Board, board_id),
        session.get_one(Agency, agency_id),
        seats,
        tuple(wanted),
        tuple(_given(session, reader, pair, now, is_whole=bool(seats))),
        tuple(_begun(session, reader, pair)),
    )


def _is_shown(asked: Ask, own: Mapping[UUID, Ask], seats: tuple[SeatRole, ...]) -> bool:
    return asked.id in own or (bool(seats) and not asked.is_personal)


def _wanted(
    session: Session, reader: Person, debt: Debt, asked: Ask, points: tuple[str, ...], *, is_theirs: bool
) -> Wanted:
    step, campaign = session.get_one(Step, asked.step_id), session.get_one(Campaign, asked.campaign_id)
    saved = draft.of_ask(session, asked.id)
    after = ask.following(session, asked)
    follows = after is not None and after.state is AskState.PENDING
    return Wanted(
        ask_id=asked.id,
        generation=asked.generation,
        campaign=campaign.title,
        title=step.title,
        minutes=asked.minutes or step.minutes,
        debt=debt,
        is_theirs=is_theirs,
        role=standing.of(session, asked, reader.id),
        is_personal=asked.is_personal,
        has_sections=_has_sections(session, asked),
        saved_at=max((one.saved_at for one in saved), default=None),
        points=points,
        then=session.get_one(Step, after.step_id).title if after and follows else "",
        then_by=after.due_on if after and follows else None,
    )


def _has_sections(session: Session, asked: Ask) -> bool:
    body = session.get_one(FormVersion, ask.version_of(session, asked)).body
    return body.get("layout") == "tasks"


def _given(
    session: Session, reader: Person, pair: tuple[UUID, UUID], now: datetime, *, is_whole: bool
) -> list[Given]:
    found = []
    for asked, step, at, author in response.lately(session, *pair, now - LATELY):
        role = standing.of(session, asked, reader.id)
        if (asked.is_personal or not is_whole) and (role is None or author != reader.id):
            continue
        giver = session.get(Person, author) if author else None
        by = giver.name if giver else "the board, from what your agency said"
        found.append(Given(asked.id, step.title, at, by, role is not None))
    return found


def _begun(session: Session, reader: Person, pair: tuple[UUID, UUID]) -> list[Begun]:
    """Only where something was saved: what was abandoned without a word is nobody's business."""
    found = []
    for asked, step in occasion.begun_by(session, *pair):
        saved = [one.saved_at for one in draft.of_ask(session, asked.id)]
        if saved and standing.of(session, asked, reader.id) is not None:
            found.append(Begun(asked.id, step.title, max(saved)))
    return found
