"""However a ladder is edited while it is climbed, no rung goes twice and none that stands is left out."""

import itertools
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from messages.chasing.chase import Climb, Facts, Skip, decide
from messages.chasing.ladder import Anchor, Ladder, Rung
from messages.days.calendar import office_calendar
from messages.ladders.file import write_ladder
from messages.ladders.fitness import find_faults
from messages.ladders.typed import Typed, read_typed
from store.asking.ask import AskState
from tests.make import START, ZONE
from tests.messages.test_chase_properties import Run

NAMES = [f"rung_{letter}" for letter in "abcdefghij"]
WORDS = {(name, "asked") for name in NAMES} | {("issue", "asked")}
OFFICE = office_calendar()
ISSUE = Rung("issue", Anchor.ISSUE, 0, ("asked",))


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """A first letter, then rungs of any of the names, a day apart at least."""
    days = sorted(draw(st.sets(st.integers(-8, 20), max_size=6)))
    names = draw(st.permutations(NAMES))
    rungs = [Rung(name, Anchor.DUE, day, ("asked",)) for name, day in zip(names, days, strict=False)]
    return Ladder((ISSUE, *rungs), draw(st.integers(21, 40)))


def may_follow(after: Ladder, before: Ladder, climbed: set[str]) -> bool:
    """Whether the ladder would be kept while those rungs have been climbed."""
    typed = read_typed(write_ladder(after))
    assert isinstance(typed, Typed)
    assert typed.ladder == after
    return not find_faults(typed, WORDS, before, dict.fromkeys(climbed, 1))


@given(ladders(), st.lists(st.tuples(st.integers(1, 70), ladders()), max_size=4), st.integers(1, 20))
@settings(max_examples=200, deadline=None)
def test_no_edit_repeats_or_skips_a_rung(first: Ladder, edits: list[tuple[int, Ladder]], due: int) -> None:
    run = Run(
        Facts(
            state=AskState.ASKED,
            ladder=first,
            calendar=OFFICE,
            zone=ZONE,
            asked_at=START,
            due_on=OFFICE.add(START.date(), due),
            round=1,
            round_began_at=START,
            climbed={},
        )
    )
    changes, early = dict(edits), set[str]()
    for day in range(120):
        sent = {name for name, _ in run.letters}
        edit = changes.get(day)
        is_live = run.ended is None
        if is_live and edit is not None and may_follow(edit, run.facts.ladder, sent):
            run.facts = replace(run.facts, ladder=edit)
        passed = len(run.skipped)
        run.wake(START + timedelta(days=day))
        days_of = {rung.name: rung.days for rung in run.facts.ladder.rungs}
        early |= {name for name, _ in run.skipped[passed:] if days_of[name] < 0}
    assert run.ended is AskState.LAPSED
    letters = [name for name, _ in run.letters]
    assert len(set(letters)) == len(letters)
    days = [moment.astimezone(ZONE).date() for _, moment in run.letters]
    assert all(OFFICE.between(one, other) >= 1 for one, other in itertools.pairwise(days))
    # All that the last ladder has from the due day on has gone, but for what was passed by earlier.
    owed = {rung.name for rung in run.facts.ladder.rungs if rung.anchor is Anchor.DUE and rung.days >= 0}
    assert owed <= set(letters) | early
    assert {rung.name for rung in run.facts.ladder.rungs} <= set(letters) | {name for name, _ in run.skipped}
    assert all(reason for _, reason in run.skipped)


def test_what_is_put_in_front_of_a_climbed_rung_before_the_due_day_is_passed_by() -> None:
    """Its words would come too late; from the due day on it is climbed all the same."""
    due = OFFICE.add(START.date(), 9)
    climbed = {"issue": START, "rung_b": START + timedelta(days=20)}
    late = START + timedelta(days=22)
    for days, said in ((-3, "after a later rung had been climbed"), (1, "")):
        new = Rung("rung_a", Anchor.DUE, days, ("asked",))
        ladder = Ladder((ISSUE, new, Rung("rung_b", Anchor.DUE, 3, ("asked",))), 30)
        facts = Facts(
            state=AskState.ASKED,
            ladder=ladder,
            calendar=OFFICE,
            zone=ZONE,
            asked_at=START,
            due_on=due,
            round=1,
            round_began_at=START,
            climbed=climbed,
            last_letter_at=climbed["rung_b"],
        )
        decision = decide(facts, late)
        assert isinstance(decision, Skip if said else Climb)
        assert said in decision.reason
        assert decision.rung == new
