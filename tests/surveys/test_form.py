"""Forms as written: read exactly, or refused with a line that names the place."""

from typing import Any

import pytest

from surveys.errors import FormError
from surveys.forms.form import Form
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
                constraint=". <= ${scope}",
                constraint_message="At most {scope}",
                relevant="not(${shared} = 'none')",
            ),
            ask("date", "when", latest="today"),
            ask("yes_no", "may"),
            ask("reference", "where", notice="No names."),
            relevant="${shared} = 'all'",
        ),
    ]
)


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
        (ask("integer", "n", required=1), "n > required"),
        (ask("integer", "n", minimum=2, maximum=1), "question n: minimum is more than maximum"),
        (ask("integer", "n", maximum=10**12), "n > maximum: should be less than"),
        (ask("text", "n", min_length=9, max_length=5), "question n: min_length is more than max_length"),
        (ask("date", "n", latest="tomorrow"), "question n: latest must be a date like 2026-11-03, or today"),
        (ask("date", "n", latest="2026-02-31"), "question n: latest must be a date like"),
        (ask("note", "n", required=True), "question n: a note cannot be required"),
        (choose("single", "n"), "n > choices: Tuple should have at least 1 item"),
        (choose("single", "n", "a", "a"), 'question n: choice "a" is there 2 times'),
        (choose("single", "n", *map(str, range(10_000))), "n > choices: Tuple should have at most 500 items"),
        (ask("text", "n", relevant={"question": "n"}), "n > relevant: should be a valid string"),
        (ask("text", "n", relevant="${n} = 'x'"), 'question n > relevant: "n" is asked later'),
        (ask("text", "n", relevant="${gone} = 'x'"), 'n > relevant: no question is called "gone"'),
        (ask("text", "n", relevant="${last-saved#gone} = 'x'"), 'this form has no question "gone"'),
        (ask("text", "n", relevant="${pick} = 'z'"), 'relevant: "pick" has no choice "z"'),
        (ask("text", "n", relevant="selected(${pick}, 'z')"), 'relevant: "pick" has no choice "z"'),
        (ask("text", "n", relevant="${pick} ="), "question n > relevant: "),
        (ask("text", "n", relevant="/data/pick = 'a'"), "question n > relevant: "),
        (ask("text", "n", relevant="x" * 3000), "n > relevant: String should have at most 2000 characters"),
        (ask("text", "n", required="${gone} = 'x'"), 'n > required: no question is called "gone"'),
        (ask("text", "n", constraint=". = ${gone}"), 'n > constraint: no question is called "gone"'),
        (ask("text", "n", label="What about {n}?"), 'question n: "{n}" is answered later'),
        (ask("text", "pick"), "question pick: another question has this name"),
        (ask("text", "page"), '"page" is what pages call a field of their own'),
        (choose("single", "n", "a", constraint=". = 'b'"), 'constraint: "." has no choice "b"'),
        (choose("single", "n", "a", choice_filter="land = 'uk'"), 'no choice has a column "land"'),
        (choose("single", "n", "a", default="b"), "question n > default: N: please choose from the list"),
        (ask("integer", "n", default="some"), "question n > default: N must be a whole number"),
        (choose("single", "n", "a", list="agree"), 'question n > list: no list of choices is called "agree"'),
        (ask("note", "n", constraint=". = 1"), "question n: a note cannot have a constraint"),
        (ask("note", "n", prefill="a.b"), "question n: a note cannot have a prefill"),
        (
            ask("calculated", "n", calculation="1", hidden=True, constraint=". = 1"),
            "what is hidden cannot have a constraint",
        ),
        (ask("calculated", "n"), "n > calculation: is not there; add it"),
        (ask("calculated", "n", calculation="random()"), "question n > calculation: "),
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
            {"sections": [section("a", ask("note", "x"), relevant="${x} = 'y'")]},
            'section a > relevant: "x" is asked later',
        ),
        ({"ages": {"from": 12, "to": 8}}, "ages: from is more than to"),
        ({"choices": []}, "choices: should be lists of choices by name"),
        ({"language": "English"}, "form > language: String should match pattern"),
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


@pytest.mark.parametrize("depth", [100, 300, 600, 900, 100_000])
def test_a_bottomless_form_is_refused(depth: int) -> None:
    bottomless: dict[str, Any] = {"label": "a"}
    for _ in range(depth):
        bottomless = {"kind": [bottomless]}
    with pytest.raises(FormError):
        form(choose("single", "pick", "a", "b"), bottomless)


@pytest.mark.parametrize("depth", [60, 600])
def test_a_bottomless_rule_is_refused(depth: int) -> None:
    with pytest.raises(FormError, match="relevant"):
        form(choose("single", "pick", "a"), ask("text", "n", relevant="not(" * depth + "1" + ")" * depth))


def test_a_form_holds_400_questions_and_no_more() -> None:
    many = [ask("yes_no", f"q{number}") for number in range(400)]
    parts = [section(f"s{start}", *many[start : start + 100]) for start in range(0, 400, 100)]
    assert len(form(sections=parts).every) == 400
    with pytest.raises(FormError, match="has 401 questions; 400 is the most"):
        form(sections=[*parts, section("more", ask("yes_no", "more"))])


def test_a_list_of_choices_is_written_once_and_used_by_many() -> None:
    agree = [{"value": "a", "label": "I agree"}, {"value": "d", "label": "I do not"}]
    listed = form(
        ask("single", "one", list="agree"),
        ask("repeat", "many", item="view", questions=[ask("single", "two", list="agree")]),
        choices={"agree": agree},
    )
    assert listed == form(
        ask("single", "one", choices=agree),
        ask("repeat", "many", item="view", questions=[ask("single", "two", choices=agree)]),
    )
    with pytest.raises(FormError, match="question one: has choices and a list"):
        form(ask("single", "one", list="agree", choices=agree), choices={"agree": agree})


def test_rules_lose_the_spaces_around_them() -> None:
    assert form(ask("yes_no", "a"), ask("yes_no", "b", relevant="  ")).questions["b"].relevant == ""


def test_children_and_families_are_never_asked_by_name() -> None:
    for audience in ("child", "family"):
        for privacy in ("named", "coded"):
            with pytest.raises(FormError, match="without a name"):
                form(ask("yes_no", "safe"), audience=audience, privacy=privacy)
