"""Forms as written: read exactly, or refused with a line that names the place."""

from typing import Any

import pytest

from surveys.errors import FormError
from surveys.form import Form
from tests.surveys.make import ask, choose, form, section

FULL = form(
    sections=[
        section("first", choose("single", "shared", "all", "none", required=True), intro="Hello"),
        section(
            "second",
            ask("note", "reminder"),
            ask("integer", "scope", maximum=10, prefill="before.scope"),
            ask(
                "integer",
                "reached",
                compare=[{"is": "at_most", "question": "scope", "message": "At most {scope}"}],
                relevant={"not": {"any": [{"question": "shared", "in": ["none"]}]}},
            ),
            ask("date", "when", latest="today"),
            ask("yes_no", "may"),
            ask("reference", "where", notice="No names."),
            relevant={"all": [{"question": "shared", "in": ["all"]}]},
        ),
    ]
)


def _least(other: str) -> dict[str, Any]:
    return ask("integer", "n", compare=[{"is": "at_least", "question": other, "message": "Too few"}])


def test_a_form_comes_back_from_json_exactly_as_it_went() -> None:
    written = FULL.to_json()
    assert Form.from_json(written) == FULL
    assert Form.from_json(written).to_json() == written


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            ask("integer", "n", colour="red"),
            "form > sections > main > questions > n > colour: is not known here",
        ),
        (ask("integer", "n", choices=[]), "n > choices: is not known here; remove it"),
        (ask("slider", "n"), "n: Input tag 'slider'"),
        ({"kind": "integer", "name": "n"}, "n > label: is not there; add it"),
        (ask("integer", "N n"), "name: String should match pattern"),
        (ask("integer", "n", maximum="5"), "n > maximum: should be a valid integer"),
        (ask("integer", "n", required=1), "n > required: should be a valid boolean"),
        (ask("integer", "n", minimum=2, maximum=1), "question n: minimum is more than maximum"),
        (ask("integer", "n", maximum=10**12), "n > maximum: should be less than"),
        (ask("text", "n", min_length=9, max_length=5), "question n: min_length is more than max_length"),
        (ask("date", "n", latest="tomorrow"), "question n: latest must be a date like 2026-11-03, or today"),
        (ask("date", "n", latest="2026-02-31"), "question n: latest must be a date like"),
        (ask("note", "n", required=True), "question n: a note cannot be required"),
        (choose("single", "n", "a"), "n > choices: Tuple should have at least 2 items"),
        (choose("single", "n", "a", "a"), 'question n: choice "a" is there 2 times'),
        (choose("single", "n", *map(str, range(10_000))), "n > choices: Tuple should have at most 500 items"),
        (ask("text", "n", relevant={"question": "n"}), "n > relevant: a condition needs one of"),
        (
            ask("text", "n", relevant={"not": {"in": ["x"]}}),
            "n > relevant > not > in > question: is not there",
        ),
        (
            ask("text", "n", relevant={"question": "later", "in": ["x"]}),
            "question n > relevant: no question before",
        ),
        (ask("text", "n", relevant={"question": "pick", "in": ["z"]}), 'relevant: "pick" has no choice "z"'),
        (ask("text", "pick"), "question pick: another question has this name"),
        (_least("later"), 'question n > compare: no question is called "later"'),
        (_least("pick"), 'question n > compare: "pick" is of another kind'),
    ],
)
def test_a_question_that_cannot_work_is_refused_where_it_stands(question: dict[str, Any], said: str) -> None:
    with pytest.raises(FormError) as refused:
        form(choose("single", "pick", "a", "b"), question)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"extra": 1}, "form > extra: is not known here; remove it"),
        ({"version": 0}, "form > version: should be greater than or equal to 1"),
        ({"notice": ""}, "question said: a free-text box needs a notice"),
        (
            {"sections": [section("a", ask("note", "x")), section("a", ask("note", "y"))]},
            "section a: another",
        ),
        (
            {"sections": [section("a", ask("note", "x"), relevant={"question": "x", "in": ["y"]})]},
            "section a > relevant: no question before this one",
        ),
        ({"title": object()}, "form: cannot be written as JSON"),
        ({"minutes": float("nan")}, "form: cannot be written as JSON"),
    ],
)
def test_a_form_that_cannot_work_is_refused(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(FormError) as refused:
        form(ask("text", "said"), **settings)
    assert said in str(refused.value)


@pytest.mark.parametrize("written", [None, 5, [], "form", {}])
def test_what_is_no_form_at_all_is_refused(written: object) -> None:
    with pytest.raises(FormError):
        Form.from_json(written)


@pytest.mark.parametrize("depth", [300, 100_000])
def test_a_bottomless_condition_is_refused(depth: int) -> None:
    condition: dict[str, Any] = {"question": "pick", "in": ["a"]}
    for _ in range(depth):
        condition = {"not": condition}
    with pytest.raises(FormError):
        form(choose("single", "pick", "a", "b"), ask("text", "said", relevant=condition))
