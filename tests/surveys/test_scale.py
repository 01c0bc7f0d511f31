"""Points on a scale."""

import pytest

from surveys.answering.answers import Answers
from surveys.answering.reading import tell
from surveys.errors import FormError
from surveys.paging.pages import pages
from tests.surveys.make import ask, form, refuse, take

SURE = form(ask("scale", "sure", labels={"1": "Not at all", "5": "Completely"}, required=True))


@pytest.mark.parametrize(("typed", "point"), [("1", 1), (" 5 ", 5), ("\u0664", 4)])
def test_a_point_is_a_number(typed: str, point: int) -> None:
    assert take(SURE, {"sure": typed}) == {"sure": point}


@pytest.mark.parametrize("typed", ["0", "6", "3.5", "x", "05", "99999999999999999999"])
def test_what_is_no_point_is_refused(typed: str) -> None:
    assert refuse(SURE, {"sure": typed}) == [("sure", "Sure: please choose from the list")]


def test_a_scale_left_out_is_asked_for() -> None:
    assert refuse(SURE, {}) == [("sure", "Please choose an answer: Sure")]


def test_points_are_shown_with_their_names_and_told_with_them() -> None:
    (field,) = pages(SURE, {"sure": ["5"]})[0].fields
    shown = [(option.value, option.label, option.checked) for option in field.options]
    assert shown[0] == ("1", "1: Not at all", False)
    assert shown[1] == ("2", "2", False)
    assert shown[4] == ("5", "5: Completely", True)
    assert tell(SURE, Answers("sample", 1, {"sure": 5})) == [("Sure", "5: Completely")]


def test_a_scale_may_go_below_nought_and_rules_count_with_it() -> None:
    change = form(
        ask("scale", "change", lowest=-2, highest=2),
        ask("text", "why", relevant="${change} < 0", required=True),
    )
    assert refuse(change, {"change": "-1"}) == [("why", "Please answer: Why")]
    assert take(change, {"change": "2"}) == {"change": 2}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"lowest": 5, "highest": 5}, "highest must be more than lowest"),
        ({"lowest": -9, "highest": 20}, "highest must be more than lowest, by 19 at most"),
        ({"labels": {"6": "More"}}, '"6" is no point of the scale'),
    ],
)
def test_a_scale_that_is_none_is_refused(settings: dict[str, object], said: str) -> None:
    with pytest.raises(FormError, match=said):
        form(ask("scale", "sure", **settings))
