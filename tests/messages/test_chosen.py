"""A playbook that leaves the choice of its form takes what fits, and says in a clause what does not."""

import pytest

from messages.playbooks.chosen import ChosenForm, put_in, takes_form
from messages.playbooks.playbook import Playbook, load

TNA = ChosenForm("tna", "Training needs analysis", 40)
YOUNGER, OLDER = ChosenForm("s5_younger", "What you think", 3), ChosenForm("s5_older", "What you think", 4)


def book(key: str) -> Playbook:
    found = load(key)
    assert found is not None
    return found


def filled(key: str, *forms: ChosenForm) -> Playbook:
    found = put_in(book(key), forms)
    assert isinstance(found, Playbook), found
    return found


def test_a_return_is_named_after_its_form_and_takes_as_long() -> None:
    made = filled("return", TNA)
    [step] = made.steps
    assert (made.title, step.title, step.form, step.minutes) == (TNA.title, TNA.title, "tna", 40)
    assert step.ladders
    assert not step.is_open


def test_an_open_survey_has_a_step_for_each_of_its_versions() -> None:
    made = filled("open_survey", YOUNGER, OLDER)
    assert [(step.key, step.form, step.minutes) for step in made.steps] == [
        ("s5_younger", "s5_younger", 3),
        ("s5_older", "s5_older", 4),
    ]
    assert all(step.is_open for step in made.steps)
    assert made.title == "What you think"


def test_a_survey_keeps_the_step_that_hands_it_out() -> None:
    share, answer = filled("survey", ChosenForm("s2", "Has your team used it?", 5)).steps
    assert (share.form, share.is_open) == ("passed_on", False)
    assert (answer.form, answer.is_open, answer.title) == ("s2", True, "Has your team used it?")


@pytest.mark.parametrize(
    ("key", "forms", "why"),
    [
        ("lesson", [TNA], "has its own forms"),
        ("return", [], "say which with --form"),
        ("return", [TNA, OLDER], "one form at a time"),
        ("survey", [YOUNGER, OLDER], "one form at a time"),
        ("open_survey", [OLDER, OLDER], "twice"),
    ],
)
def test_forms_that_do_not_fit_are_refused(key: str, forms: list[ChosenForm], why: str) -> None:
    said = put_in(book(key), forms)
    assert isinstance(said, str)
    assert why in said


def test_a_playbook_with_forms_of_its_own_stays_as_it_is() -> None:
    assert not takes_form(book("lesson"))
    assert put_in(book("lesson"), []) == book("lesson")
