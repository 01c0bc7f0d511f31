"""Answers told back in plain words."""

from surveys.answering.answers import Answers, check
from surveys.answering.reading import tell
from surveys.library import load


def test_answers_are_told_back_in_the_words_of_the_form() -> None:
    cascade = load("cascade")
    raw = {
        "shared": ["some"],
        "staff": ["1200"],
        "reached": ["0"],
        "basis": ["estimate"],
        "first_shared": ["2026-11-03"],
        "how": ["email", "team_meeting"],
        "said": ["We ring first."],
        "survey": ["yes"],
    }
    answers = check(cascade, raw)
    assert isinstance(answers, Answers)
    assert tell(cascade, answers) == [
        ("Shared", "Yes, with some of them"),
        ("Staff in scope", "1,200"),
        ("Staff reached", "0"),
        ("How the number is known", "It is an estimate"),
        ("Date first shared", "3 November 2026"),
        ("How it was shared", "Team meeting with the seven-minute briefing; Email to staff"),
        ("What teams said", "We ring first."),
        ("Short survey for staff", "Yes"),
    ]


def test_a_value_the_form_does_not_know_is_told_as_it_is() -> None:
    assert tell(load("cascade"), Answers("cascade", 1, {"shared": "once"})) == [("Shared", "once")]
