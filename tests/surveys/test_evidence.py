"""The form about an agency's actions shows what is known of each, asks the rest, and keeps its names."""

from datetime import date

import pytest

from store.asking.form import OF_ACTIONS
from surveys import library
from surveys.answering.answers import Answers, check
from surveys.errors import FormError
from surveys.forms.form import Form
from surveys.judging.evidence import MOST_ACTIONS, TEMPLATE, ActionToAsk, form_for, minutes_for
from surveys.paging.tasks import list_tasks

TODAY = date(2026, 10, 12)
SAID = {
    "status": ["complete"],
    "done": ["The script is in use."],
    "happened": ["policy"],
    "embedded": ["none"],
    "difference": ["none"],
    "sure": ["4"],
}
LATER = {"new_starter": ["yes"], "recommend": ["close"]}


def actions(count: int) -> list[ActionToAsk]:
    return [
        ActionToAsk(
            number=7 + place,
            reference=f"WREN-{place}",
            text="Ring the family before a case is closed",
            owner="Head of nursing",
            first_due=date(2026, 11, 12),
            due=date(2026, 12, 1),
            measure="Twenty files",
            baseline="11",
            baseline_on=date(2026, 6, 1),
            target="18",
        )
        for place in range(1, count + 1)
    ]


def made(count: int, months: int = 3) -> Form:
    return form_for(library.load(TEMPLATE), f"{OF_ACTIONS}x", 1, "Actions", actions(count), months)


def said(numbers: range, **more: list[str]) -> dict[str, list[str]]:
    return {f"a{number}_{name}": text for number in numbers for name, text in {**SAID, **more}.items()}


@pytest.mark.parametrize("count", [1, 3, 20, MOST_ACTIONS])
def test_every_action_is_asked_about_and_what_is_known_is_never_typed(count: int) -> None:
    form = made(count)
    whole = check(form, said(range(8, 8 + count)), TODAY)
    assert isinstance(whole, Answers), list(whole)
    for number in range(8, 8 + count):
        assert whole.values[f"a{number}_action_owner"] == "Head of nursing"
        assert whole.values[f"a{number}_action_due"] == "2026-11-12"
        assert whole.values[f"a{number}_due_now"] == "2026-12-01"
        assert whole.values[f"a{number}_start"] == "11 (01/06/2026)"
        assert whole.values[f"a{number}_baseline"] == 11
        assert whole.values[f"a{number}_status"] == "complete"
    assert form.layout == ("pages" if count == 1 else "tasks")
    assert form.minutes == minutes_for(library.load(TEMPLATE), count) == min(15 * count, 240)


def test_several_actions_have_a_section_each_and_one_has_none_to_share_out() -> None:
    tasks = list_tasks(made(3), {}, None, TODAY)
    assert [task.section for task in tasks] == ["a8", "a9", "a10"]
    assert tasks[0].title == "WREN-1: Ring the family before a case is closed"
    assert "a8_progress" in {section.name for section in made(1).sections}


def test_after_twelve_months_more_is_asked() -> None:
    numbers = range(8, 10)
    early, late = made(2, 6), made(2, 12)
    assert not any("new_starter" in name for name in early.questions)
    assert not isinstance(check(late, said(numbers), TODAY), Answers)
    assert isinstance(check(late, said(numbers, **LATER), TODAY), Answers)


def test_whether_anything_follows_hangs_on_the_same_actions_answer() -> None:
    form, raw = made(2), said(range(8, 9)) | {"a9_status": ["not_needed"], "a9_not_needed_reason": ["Moved"]}
    whole = check(form, raw, TODAY)
    assert isinstance(whole, Answers)
    assert "a8_done" in whole.values
    assert "a9_done" not in whole.values


def test_what_nobody_has_said_yet_is_asked() -> None:
    bare = ActionToAsk(1, "WREN-1", "Ring", "Nurse", TODAY, TODAY)
    form = form_for(library.load(TEMPLATE), f"{OF_ACTIONS}x", 1, "Actions", [bare], 3)
    assert form.questions["a1_action_owner"].is_settled
    assert not form.questions["a1_action_measure"].is_settled
    assert not form.questions["a1_baseline"].is_settled
    assert "a1_start" not in form.questions


@pytest.mark.parametrize("count", [0, MOST_ACTIONS + 1])
def test_no_form_asks_about_nothing_or_about_more_than_fit(count: int) -> None:
    with pytest.raises(ValueError, match="1 to"):
        made(count)


def test_a_form_of_a_boards_own_is_as_short_as_ever() -> None:
    written = {**made(20).to_json(), "key": "mine"}
    with pytest.raises(FormError, match="400 is the most"):
        Form.from_json(written)
