"""Rehearsal: the asks that a launch would make, walked along their ladders without writing anything."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.chasing.batch import Batch, gather_facts
from messages.days.almanac import Almanac
from messages.days.calendar import CalendarEnds
from messages.days.hours import morning_of
from messages.launching.audience import Audience
from messages.launching.forecast import End, Turn, look_ahead
from messages.launching.launch import CHUNK, due_date, find_small, own_form, places, why_left_out
from messages.launching.opening import day_for, due_when_opened
from store.asking import campaign, making
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, Step
from store.asking.making import Placed
from store.base import ordered_id
from store.database import Session
from store.letters.alarm import DueAsk
from store.people.agency import Agency, members


@dataclass(frozen=True, slots=True)
class Act:
    """One turn of one ask."""

    one: DueAsk
    turn: Turn


@dataclass(slots=True)
class Walk:
    """The asks of one seat or person, step by step, and all that would be climbed if nobody answered."""

    agency: Agency
    asks: list[DueAsk]
    acts: list[Act] = field(default_factory=list)
    #: Where the ladder can be followed no further: the imported terms end.
    ends: CalendarEnds | None = None


@dataclass(slots=True)
class Rehearsal:
    """Every member agency, or person booked: those walked, and those that are left out, with why."""

    batch: Batch
    walks: list[Walk]
    left_out: list[tuple[Agency, str]]
    #: Why an agency is asked the short form of a step that has one, by agency.
    small: Mapping[UUID, str]


def rehearse(session: Session, wanted: Campaign, now: datetime, zone: ZoneInfo) -> Rehearsal:
    """Make the asks of a campaign in memory, as a launch now would, and walk each to its end."""
    steps = campaign.asked_steps(session, wanted.id)
    audience, left_out, asked = Audience.from_json(wanted.audience), [], []
    for place in _places(session, wanted, steps):
        why = why_left_out(audience, place)
        if why:
            left_out.append((place.agency, why))
        else:
            asked.append(place)
    small = find_small(session, wanted, steps, asked)
    asks = _make_asks(session, wanted, steps, asked, small, now, zone)
    batch = gather_facts(session, [one for some in asks.values() for one in some], now, zone)
    walks = [Walk(some[0].agency, some) for some in asks.values() if some]
    for walk in walks:
        _follow(batch, walk, now)
    return Rehearsal(batch, walks, left_out, small)


def _places(session: Session, wanted: Campaign, steps: list[Step]) -> Iterator[Placed]:
    """What a launch would meet, in its order; seats that it would add, vacant, come last."""
    met: set[UUID] = set()
    after: UUID | None = None
    while placed := places(session, wanted, steps, after):
        after = placed[-1].id
        met |= {place.agency.id for place in placed}
        yield from placed
    for agency in members(session, wanted.board_id) if steps and not wanted.is_personal else ():
        if agency.id not in met:
            seat_id = ordered_id()
            yield Placed(seat_id, agency, seat_id)


def _make_asks(
    session: Session,
    wanted: Campaign,
    steps: list[Step],
    placed: list[Placed],
    small: Collection[UUID],
    now: datetime,
    zone: ZoneInfo,
) -> dict[UUID, list[DueAsk]]:
    """The asks by seat or person, numbered as a launch numbers them. None of them is given to the session."""
    almanac, today = Almanac(session), now.astimezone(zone).date()
    number = making.last_number(session, wanted.id)
    asks: dict[UUID, list[DueAsk]] = {place.id: [] for place in placed}
    for start in range(0, len(placed), CHUNK):
        for step in steps:
            for place in placed[start : start + CHUNK]:
                number += 1
                due = due_date(step, almanac, place.agency, today)
                ask = Ask(
                    id=ordered_id(),
                    board_id=wanted.board_id,
                    campaign_id=wanted.id,
                    step_id=step.id,
                    number=number,
                    seat_id=place.seat_id,
                    person_id=place.person_id,
                    agency_id=place.agency.id,
                    state=AskState.ASKED if step.opens_on is None else AskState.PENDING,
                    original_due_on=due,
                    due_on=due,
                    generation=0,
                    round=1,
                    **own_form(step, place.agency, small),
                )
                asks[place.id].append(DueAsk(ask, step, wanted, place.agency))
    return asks


def _follow(batch: Batch, walk: Walk, now: datetime) -> None:
    """Walk every step: the next is asked when the one before has lapsed, or on a day of its own."""
    moment = now
    for one, after in zip_longest(walk.asks, walk.asks[1:]):
        try:
            over = _opening(batch, after) if after is not None else None
            if one.step.opens_on is not None:
                moment = now  # it waits for its day by itself
            else:
                one.ask.asked_at = one.ask.round_began_at = moment
            if one.step.position > 1 and one.step.opens_on is None:
                calendar, urgent = batch.almanac.of(one.agency), one.campaign.is_urgent
                one.ask.due_on = due_when_opened(moment, one.ask.due_on, calendar, batch.zone, urgent=urgent)
            for turn in look_ahead(batch, one, moment):
                moment = turn.at
                if isinstance(turn, End) or (over is not None and moment >= over):
                    break
                walk.acts.append(Act(one, turn))
        except CalendarEnds as ends:
            walk.ends = ends
            return


def _opening(batch: Batch, one: DueAsk) -> datetime | None:
    """When a step opens that has a day of its own: what was asked before is over then. None: not known."""
    if one.step.opens_on is None:
        return None
    day = day_for(one.step.opens_on, one.agency)
    try:
        return morning_of(day, batch.almanac.of(one.agency), batch.zone)
    except CalendarEnds:
        return None
