"""How an action stands is a colour with its reason, by the working days of its agency."""

from datetime import date, timedelta

import pytest

from messages.days.calendar import office_calendar
from messages.standing.action_rag import ActionPosition, judge_action

#: A Monday without a holiday near it.
DUE = date(2027, 2, 1)
OFFICE = office_calendar()
CASES = {
    "on track": (ActionPosition(DUE, True, "on_track"), -5, "green: on track"),
    "complete": (ActionPosition(DUE, True, "complete"), 60, "green: complete"),
    "delayed": (ActionPosition(DUE, True, "delayed"), -5, "amber: at risk"),
    "not started": (ActionPosition(DUE, True, "not_started"), -5, "amber: at risk"),
    "due today": (ActionPosition(DUE, True, "on_track"), 0, "green: on track"),
    "a day late": (ActionPosition(DUE, True, "on_track"), 1, "amber: 1 working day past its due date"),
    "over a weekend": (ActionPosition(DUE, True, "on_track"), 6, "amber: 4 working days"),
    "nineteen working days late": (ActionPosition(DUE, True), 25, "amber: 19 working days"),
    "twenty working days late": (ActionPosition(DUE, True), 28, "red: 20 working days"),
    "nothing said": (ActionPosition(DUE, True), -5, "grey: nothing has been said"),
    "no evidence at twelve months": (ActionPosition(DUE, True, "complete", age=12), -5, "red: no evidence"),
    "evidence at twelve months": (
        ActionPosition(DUE, True, "complete", age=12, has_evidence=True),
        -5,
        "green: complete",
    ),
    "closed with two": (ActionPosition(DUE, False, rating=2), 90, "blue: closed, its evidence rated 2"),
    "closed with one": (ActionPosition(DUE, False, rating=1, why="the ward is shut"), 0, "grey: closed"),
    "closed unrated": (ActionPosition(DUE, False), 0, "grey: closed, its evidence not rated"),
    "not needed": (ActionPosition(DUE, False, is_not_needed=True, why="moved"), 0, "grey: no longer needed"),
}


@pytest.mark.parametrize("case", CASES)
def test_how_it_stands(case: str) -> None:
    position, days, expected = CASES[case]
    assert str(judge_action(position, DUE + timedelta(days=days), OFFICE)).startswith(expected)
