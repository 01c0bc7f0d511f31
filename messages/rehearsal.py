"""Rehearsal: the asks that a launch would make, walked along their ladders without writing anything."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.almanac import Almanac
from messages.audience import Audience
from messages.batch import Batch, gather_facts
from messages.calendar import CalendarEnds
from messages.forecast import End, Turn, look_ahead
from messages.launch import CHUNK, due_date
from messages.opening import due_when_opened
from store import campaign, making
from store.agency import Agency, members
from store.alarm import DueAsk
from store.ask import Ask, AskState
from store.base import ordered_id
from store.campaign import Campaign, Step
from store.database import Session
from store.making import Placed


@dataclass(frozen=True, slots=True)
class Act:
    """One turn of one ask."""

    one: DueAsk
    turn: Turn


@dataclass(slots=True)
class Walk:
    """One agency's asks, step by step, and all that would be climbed if nobody answered."""

    agency: Agency
    asks: list[DueAsk]
    acts: list[Act] = field(default_factory=list)
    #: Where the ladder can be followed no further: the imported terms end.
    ends: CalendarEnds | None = None


@dataclass(slots=True)
class Rehearsal:
    """Every member agency of the board: those walked, and those that the audience leaves out, with why."""

    batch: Batch
    walks: list[Walk]
    left_out: list[tuple[Agency, str]]


def rehearse(session: Session, wanted: Campaign, now: datetime, zone: ZoneInfo) -> Rehearsal:
    """Make the asks of a campaign in memory, as a launch now would, and walk each to its end."""
    steps = campaign.asked_steps(session, wanted.id)
    audience, left_out, seats = Audience.from_json(wanted.audience), [], []
    for seat in _seats(session, wanted, steps):
        why = audience.leaves_out(seat.agency.sector, seat.agency.folded)
        if why:
            left_out.append((seat.agency, why))
        else:
            seats.append(seat)
    asks = _make_asks(session, wanted, steps, seats, now, zone)
    batch = gather_facts(session, [one for some in asks.values() for one in some], now, zone)
    walks = [Walk(some[0].agency, some) for some in asks.values() if some]
    for walk in walks:
        _follow(batch, walk, now)
    return Rehearsal(batch, walks, left_out)


def _seats(session: Session, wanted: Campaign, steps: list[Step]) -> Iterator[Placed]:
    """The seats a launch would meet, in its order; those it would add, vacant, come last."""
    if not steps:
        return
    met: set[UUID] = set()
    after: UUID | None = None
    while placed := making.seats(session, wanted.board_id, steps[0].role, after, CHUNK):
        after = placed[-1].seat_id
        met |= {seat.agency.id for seat in placed}
        yield from placed
    for agency in members(session, wanted.board_id):
        if agency.id not in met:
            yield Placed(ordered_id(), None, agency)


def _make_asks(
    session: Session,
    wanted: Campaign,
    steps: list[Step],
    seats: list[Placed],
    now: datetime,
    zone: ZoneInfo,
) -> dict[UUID, list[DueAsk]]:
    """The asks by agency, numbered as a launch numbers them. None of them is given to the session."""
    almanac, today = Almanac(session), now.astimezone(zone).date()
    number = making.last_number(session, wanted.id)
    asks: dict[UUID, list[DueAsk]] = {seat.agency.id: [] for seat in seats}
    for start in range(0, len(seats), CHUNK):
        for step in steps:
            for seat in seats[start : start + CHUNK]:
                number += 1
                due = due_date(step, almanac, seat, today)
                ask = Ask(
                    id=ordered_id(),
                    board_id=wanted.board_id,
                    campaign_id=wanted.id,
                    step_id=step.id,
                    number=number,
                    seat_id=seat.seat_id,
                    agency_id=seat.agency.id,
                    state=AskState.ASKED,
                    original_due_on=due,
                    due_on=due,
                    generation=0,
                    round=1,
                )
                asks[seat.agency.id].append(DueAsk(ask, step, wanted, seat.agency))
    return asks


def _follow(batch: Batch, walk: Walk, now: datetime) -> None:
    """Walk every step of an agency: the next is asked when the one before has lapsed."""
    moment = now
    for one in walk.asks:
        one.ask.asked_at = one.ask.round_began_at = moment
        try:
            if one.step.position > 1:
                calendar, urgent = batch.almanac.of(one.agency), one.campaign.is_urgent
                one.ask.due_on = due_when_opened(moment, one.ask.due_on, calendar, batch.zone, urgent=urgent)
            for turn in look_ahead(batch, one, moment):
                moment = turn.at
                if isinstance(turn, End):
                    break
                walk.acts.append(Act(one, turn))
        except CalendarEnds as ends:
            walk.ends = ends
            return
