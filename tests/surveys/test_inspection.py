"""Everything that is wrong with a form written as JSON is told in one round, each with its place."""

from typing import Any

import pytest

from surveys import library
from surveys.forms.form import Form
from surveys.forms.inspection import inspect_form

HEAD = {"key": "visits", "version": 1, "title": "Visits", "purpose": "To learn", "minutes": 1}


def ask(kind: str, name: str, **settings: object) -> dict[str, object]:
    return {"kind": kind, "name": name, "label": "-", **settings}


def written(*questions: dict[str, object], **head: object) -> dict[str, Any]:
    section = {"name": "one", "title": "One", "questions": list(questions)}
    return {**HEAD, "sections": [section], **head}


def told(form: object) -> list[str]:
    found = inspect_form(form)
    assert isinstance(found, list)
    return [str(one) for one in found]


def test_a_form_without_a_fault_is_the_form_itself() -> None:
    body = library.load("s1").to_json()
    assert inspect_form(body) == Form.from_json(body)


def test_what_cannot_be_read_hides_nothing_of_what_contradicts_itself() -> None:
    form = written(
        ask("integer", "a", maximum="many"),
        ask("integer", "b", relevant="${later} = 1"),
        ask("text", "c"),
        ask("single", "d", list="nowhere"),
        ask("integer", "later"),
        minutes=0,
        colour="red",
    )
    place = "form > sections > one > questions"
    assert told(form) == [
        'question d > list: no list of choices is called "nowhere"',
        "form > minutes: should be greater than or equal to 1",
        f"{place} > a > maximum: should be a valid integer",
        "form > colour: is not known here; remove it",
        'question b > relevant: "later" is asked later: a rule can only look at questions before it',
        "question c: a free-text box needs a notice; set it here or on the form",
    ]


def test_what_contradicts_itself_is_told_as_often_as_it_does() -> None:
    form = written(ask("integer", "a", relevant="${x} = 1"), ask("integer", "b", required="${y} = 1"))
    assert told(form) == [
        'question a > relevant: no question is called "x"',
        'question b > required: no question is called "y"',
    ]


@pytest.mark.parametrize(
    "refused",
    [
        ask("integer", "a", maximum="many"),
        ask("nonsense", "a"),
        ask("repeat", "list", questions=[ask("integer", "a")]),  # without what one entry is called
        ask("repeat", "list", item="-", questions=[ask("integer", "a", maximum="many")]),
        ask("matrix", "grid", lines=[], columns=[ask("integer", "a")]),
    ],
)
def test_a_rule_that_looks_at_what_was_refused_is_not_blamed_for_it(refused: dict[str, object]) -> None:
    [only] = told(written(refused, ask("integer", "b", relevant="${a} > 3 or count(${a}) > 2")))
    assert only.startswith("form > sections > one > questions > ")


def test_a_section_or_a_setting_that_cannot_be_read_hides_none_beside_it() -> None:
    form = written(
        ask("integer", "a", relevant="${x} = 1"), ages={"from": "four", "to": 7}, language="English"
    )
    form["sections"] += [{"name": "Two", "questions": []}, "three"]
    where = [one.partition(": ")[0] for one in told(form)]
    assert where == [
        "form > sections > Two > name",
        "form > sections > Two > title",
        "form > sections > Two > questions",
        "form > sections > 3",
        "form > language",
        "form > ages > from",
        "question a > relevant",
    ]


def test_a_form_for_children_is_not_blamed_for_what_stands_for_its_ages() -> None:
    child = {"audience": "child", "privacy": "anonymous", "consent": "-", "pace": "question"}
    [only] = told(written(ask("integer", "a"), **child, ages={"from": "four", "to": 7}))
    assert only.startswith("form > ages > from: ")


def test_what_is_no_form_at_all_is_refused_in_one_line() -> None:
    forms: list[object] = [[], "form", {"sections": 3}, {**HEAD, "choices": 3, "sections": []}]
    assert all(told(form) for form in forms)
