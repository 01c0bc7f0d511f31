"""What was typed, checked against the whole form."""

import pytest

from surveys.answering.answers import Answers, Problem, Problems, check, read_stored, write_raw
from surveys.library import load
from tests.surveys.make import ask, choose, form, matrix, repeat, section

REACH = form(
    ask("integer", "staff", short="Staff in scope", required=True),
    ask(
        "integer",
        "reached",
        required=True,
        constraint=". <= ${staff}",
        constraint_message="Reached cannot be more than {staff} {x}",
    ),
)
BRANCH = form(
    choose("single", "shared", "all", "none", required=True),
    ask("integer", "reached", required=True, relevant="${shared} = 'all'"),
    choose("single", "basis", "counted", "guess", relevant="${reached} = 0"),
)
SPAN = form(
    ask("date", "start"),
    ask(
        "date",
        "end",
        constraint="${start} = '' or . >= ${start}",
        constraint_message="Not before {start}",
    ),
)


@pytest.mark.parametrize(
    ("staff", "reached", "problems"),
    [
        ("60", "60", []),
        ("60", "0", []),
        ("0", "0", []),
        ("1,200", "1,201", [("reached", "Reached cannot be more than 1,200 {x}")]),
        ("0", "1", [("reached", "Reached cannot be more than 0 {x}")]),
        ("", "5", [("staff", "Please give a number for: Staff in scope")]),
        ("5", "six", [("reached", "Reached must be a whole number, like 45")]),
        ("5", "", [("reached", "Please give a number for: Reached")]),
        (
            "",
            "",
            [
                ("staff", "Please give a number for: Staff in scope"),
                ("reached", "Please give a number for: Reached"),
            ],
        ),
    ],
)
def test_nobody_reaches_more_than_are_in_scope(
    staff: str, reached: str, problems: list[tuple[str, str]]
) -> None:
    found = check(REACH, {"staff": [staff], "reached": [reached]})
    told = [(each.question, each.text) for each in found] if isinstance(found, Problems) else []
    assert told == problems


@pytest.mark.parametrize(
    ("start", "end", "fine"),
    [("3/11/2026", "3/11/2026", True), ("3/11/2026", "2/12/2025", False), ("", "1/1/2026", True)],
)
def test_dates_are_compared_as_days(start: str, end: str, fine: bool) -> None:
    found = check(SPAN, {"start": [start], "end": [end]})
    assert isinstance(found, Answers) is fine
    if isinstance(found, Problems):
        assert [each.text for each in found] == ["Not before 3 November 2026"]


def test_answers_to_questions_that_do_not_apply_are_dropped_right_or_wrong() -> None:
    assert check(BRANCH, {"shared": ["none"], "reached": ["9"]}) == Answers("sample", 1, {"shared": "none"})
    assert check(BRANCH, {"shared": ["none"], "reached": ["?"]}) == Answers("sample", 1, {"shared": "none"})


def test_what_hangs_on_a_dropped_answer_is_dropped_too() -> None:
    raw = {"shared": ["none"], "reached": ["0"], "basis": ["guess"]}
    assert check(BRANCH, raw) == Answers("sample", 1, {"shared": "none"})
    both = check(BRANCH, raw | {"shared": ["all"]})
    assert both == Answers("sample", 1, {"shared": "all", "reached": 0, "basis": "guess"})


def test_a_question_that_applies_and_is_required_is_missed() -> None:
    found = check(BRANCH, {"shared": ["all"]})
    assert found == Problems((Problem("reached", "Please give a number for: Reached"),))


def test_unknown_fields_are_ignored() -> None:
    raw = {"shared": ["none"], "admin": ["1"], "shared-day": ["3"], "": ["x"]}
    assert check(BRANCH, raw) == Answers("sample", 1, {"shared": "none"})


def test_a_question_named_twice_in_one_post_is_answered_once() -> None:
    assert isinstance(check(BRANCH, {"shared": ["all", "none"], "reached": ["1"]}), Problems)


def test_stored_answers_are_read_back_as_they_were() -> None:
    cascade = load("cascade")
    raw = {
        "shared": ["all"],
        "staff": ["60"],
        "reached": ["45"],
        "basis": ["counted"],
        "how": ["email", "supervision"],
        "first_shared": ["3/11/2026"],
    }
    answers = check(cascade, raw)
    assert isinstance(answers, Answers)
    assert answers.to_json()["how"] == ["supervision", "email"]
    assert read_stored(cascade, answers.to_json()) == answers
    assert check(cascade, write_raw(cascade, answers)) == answers


def test_stored_values_that_are_no_answers_are_left_out() -> None:
    stored = {"shared": True, "reached": {"a": 1}, "basis": None, "gone": 4}
    assert read_stored(BRANCH, stored) == Answers("sample", 1, {})


def test_stored_cells_of_no_line_or_question_are_left_out() -> None:
    tables = form(
        matrix("groups", "g1", ask("integer", "heads")),
        repeat("things", ask("integer", "n"), most=2),
        ask("text", "t"),
    )
    stored = {
        "groups": {"g1": {"heads": 4, "gone": 5}, "zz": {"heads": 5}},
        "things": {"3": {"n": 1}, "x": {"n": 1}, "1": {"n": True}},
        "t": {"a": {"b": 1}},
    }
    assert read_stored(tables, stored) == Answers("sample", 1, {"groups": {"g1": {"heads": 4}}})
    assert read_stored(tables, {"groups": 4, "things": ["a"]}) == Answers("sample", 1, {})


def test_notes_take_no_answer() -> None:
    noted = form(sections=[section("main", ask("note", "hello"))])
    assert check(noted, {"hello": ["x"]}) == Answers("sample", 1, {})
