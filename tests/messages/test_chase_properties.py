"""Whatever the calendar, the ladder, the holds and the wake-ups: the promises of the chase hold."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from messages.chasing.chase import Climb, Facts, Open, Skip, Stop, Wait, decide
from messages.chasing.ladder import Anchor, Ladder, Rung
from messages.days.calendar import WorkingCalendar, office_calendar, school_calendar
from messages.days.hours import is_polite
from store.asking.ask import AskState
from tests.make import START, TERMS, ZONE

NAMES = ("b", "c", "d", "e", "f", "g")
CALENDARS = (office_calendar(), school_calendar([(first, last) for _, first, last in TERMS]))
closures = st.sets(st.dates(date(2026, 10, 1), date(2027, 3, 31)), max_size=8)
calendars = st.one_of(st.sampled_from(CALENDARS), closures.map(office_calendar))


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """A first letter, then rungs in the order of their days."""
    days = sorted(draw(st.lists(st.integers(-12, 15), max_size=len(NAMES))))
    rungs = [Rung(name, Anchor.DUE, day, ("asked",)) for name, day in zip(NAMES, days, strict=False)]
    return Ladder((Rung("a", Anchor.ISSUE, 0, ("asked",)), *rungs), draw(st.integers(0, 30)))


@dataclass
class Run:
    """One ask, woken at whatever moments; what was done and when."""

    facts: Facts
    letters: list[tuple[str, datetime]] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    ended: AskState | None = None

    def wake(self, now: datetime) -> None:
        """Decide until there is nothing to do at this moment."""
        while True:
            decision = decide(self.facts, now)
            match decision:
                case Climb(rung, _):
                    self.letters.append((rung.name, now))
                    behind = {**self.facts.climbed, rung.name: now}
                    self.facts = replace(self.facts, climbed=behind, last_letter_at=now)
                case Skip(rung, reason):
                    self.skipped.append((rung.name, reason))
                    self.facts = replace(self.facts, climbed={**self.facts.climbed, rung.name: now})
                case Open(_):
                    self.facts = replace(self.facts, state=AskState.ASKED)
                case Wait(until, _):
                    assert until > now
                    return
                case Stop(state, _):
                    self.ended = state
                    self.facts = replace(self.facts, state=state)
                    return


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """An ask on any calendar, asked at any moment, in its first or a later round."""
    asked_at = START + timedelta(hours=draw(st.integers(0, 24 * 60)))
    calendar: WorkingCalendar = draw(calendars)
    due_on = calendar.add(asked_at.date(), draw(st.integers(1, 25)))
    round_number = draw(st.integers(1, 3))
    began = asked_at + timedelta(days=draw(st.integers(0, 20)) if round_number > 1 else 0)
    return Run(
        Facts(
            state=AskState.ASKED,
            ladder=draw(ladders()),
            calendar=calendar,
            zone=ZONE,
            asked_at=asked_at,
            due_on=due_on,
            round=round_number,
            round_began_at=began,
            climbed={},
            handed_to=draw(st.sampled_from(["", "Kim"])),
            sent_back=draw(st.sampled_from(["", "sent back: 1 point"])),
            urgent=draw(st.booleans()),
        )
    )


#: Hours between one wake-up and the next: every quarter of an hour would only take longer.
gaps = st.lists(st.integers(1, 24 * 12), min_size=1, max_size=150)


def wakes(run: Run, hours: Sequence[int]) -> list[datetime]:
    """The moments of the wake-ups, no further than the terms are known."""
    now, found = run.facts.round_began_at, list[datetime]()
    for gap in hours:
        found.append(now)
        now += timedelta(hours=gap)
    return [moment for moment in found if moment.date() < date(2027, 5, 1)]


def is_first(run: Run, name: str) -> bool:
    return name in ("a", "handed_over", "sent_back", "cover")


@given(runs(), gaps, st.lists(st.tuples(st.integers(0, 149), st.integers(1, 30)), max_size=3))
@settings(max_examples=300, deadline=None)
def test_rungs_are_climbed_in_order_once_a_day_apart_in_hours(
    run: Run, hours: list[int], holds: list[tuple[int, int]]
) -> None:
    held = dict(holds)
    for turn, now in enumerate(wakes(run, hours)):
        if turn in held:
            until = now.astimezone(ZONE).date() + timedelta(days=held[turn])
            run.facts = replace(run.facts, held_until=until, held_why="inspection")
        before = len(run.letters)
        run.wake(now)
        resting = run.facts.held_until
        if resting is not None and now.astimezone(ZONE).date() <= resting:
            assert len(run.letters) == before
    names = [rung.name for rung in run.facts.ladder.rungs]
    done = [name for name, _ in run.letters]
    assert len(done) == len(set(done))
    assert all(reason for _, reason in run.skipped)
    # None is left out in silence: what is behind is a beginning of the ladder.
    behind = set(done) | {name for name, _ in run.skipped}
    assert [name for name in names if name in behind] == names[: len(behind & set(names))]
    assert [name for name in done if name in names] == [name for name in names if name in done]
    for name, moment in run.letters:
        assert (run.facts.urgent and is_first(run, name)) or is_polite(moment, run.facts.calendar, ZONE)
    chasers = [one for one in run.letters if one[0] not in ("handed_over", "sent_back")]
    days = [moment.astimezone(ZONE).date() for _, moment in chasers]
    assert all(run.facts.calendar.between(first, later) >= 1 for first, later in pairs(days))
    if run.ended is AskState.LAPSED:
        assert behind >= set(names)


@given(runs(), gaps, st.integers(0, 149), st.sampled_from(AskState))
@settings(max_examples=150, deadline=None)
def test_once_closed_nothing_goes(run: Run, hours: list[int], turn: int, state: AskState) -> None:
    for number, now in enumerate(wakes(run, hours)):
        if number == turn and not state.is_live:
            run.facts = replace(run.facts, state=state)
        is_closed, before = not run.facts.state.is_live, (list(run.letters), list(run.skipped))
        run.wake(now)
        if is_closed:
            assert (run.letters, run.skipped) == before


@given(runs(), gaps, st.data())
@settings(max_examples=150, deadline=None)
def test_out_of_reach_brings_cover_once_in_a_round(run: Run, hours: list[int], data: st.DataObject) -> None:
    for now in wakes(run, hours):
        away = data.draw(st.booleans())
        run.facts = replace(run.facts, unreachable="Rowan is away" if away else "")
        run.wake(now)
    assert [name for name, _ in run.letters].count("cover") <= 1


def pairs(days: list[date]) -> list[tuple[date, date]]:
    return list(itertools.pairwise(days))
