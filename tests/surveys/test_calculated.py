"""Figures and texts worked out from other answers."""

import pytest

from surveys.answering.answers import Answers, check, read_stored, write_raw
from surveys.answering.reading import tell
from surveys.paging.pages import pages
from tests.surveys.make import ask, form, matrix, names, refuse, spread, take


def share(places: int = 0) -> dict[str, object]:
    return ask("calculated", "share", calculation="100 * ${part} div ${whole}", unit="%", places=places)


SHARE = form(ask("decimal", "part"), ask("decimal", "whole"), share())
GROUPS = form(
    matrix(
        "groups",
        "g1 g2 g3",
        ask("integer", "heads"),
        ask("integer", "trained"),
        ask(
            "calculated",
            "done",
            calculation="if(${heads} > 0, 100 * ${trained} div ${heads}, '')",
            unit="%",
            places=0,
        ),
        ask("calculated", "place", calculation="position(..)", hidden=True),
    ),
    ask("calculated", "all", calculation="100 * sum(${trained}) div sum(${heads})", unit="%", places=1),
)
LINES = {"groups.g1.heads": "8", "groups.g1.trained": "1", "groups.g3.heads": "4", "groups.g3.trained": "4"}


@pytest.mark.parametrize(
    ("part", "whole", "places", "worked_out"),
    [
        ("1", "8", 0, 13),
        ("1", "8", 1, 12.5),
        ("1", "3", 2, 33.33),
        ("1", "200", 0, 1),
        ("1.005", "100", 2, 1.01),
        ("0", "5", 0, 0),
        ("5", "5", 2, 100),
    ],
)
def test_a_figure_is_rounded_half_up(part: str, whole: str, places: int, worked_out: float) -> None:
    asked = form(ask("decimal", "part", places=5), ask("decimal", "whole"), share(places))
    assert take(asked, {"part": part, "whole": whole})["share"] == worked_out


def test_less_than_nothing_is_rounded_half_away_from_nothing() -> None:
    less = form(ask("calculated", "less", calculation="0 - 2.5", places=0))
    assert take(less, {}) == {"less": -3}


@pytest.mark.parametrize(
    "typed", [{}, {"part": "1"}, {"part": "1", "whole": "0"}, {"part": "0", "whole": "0"}]
)
def test_what_cannot_be_worked_out_is_no_answer(typed: dict[str, str]) -> None:
    assert "share" not in take(SHARE, typed)
    assert pages(SHARE, spread(typed))[1].fields[0].shown == ""


def test_a_figure_beyond_all_bounds_is_no_answer() -> None:
    huge = form(ask("calculated", "huge", calculation="pow(10, 300) * pow(10, 300)"))
    assert take(huge, {}) == {}
    assert take(form(ask("calculated", "big", calculation="pow(10, 16)")), {}) == {}


@pytest.mark.parametrize(
    ("rule", "worked_out"),
    [("concat('a', 'b')", "ab"), ("1 = 1", "true"), ("1 = 2", "false"), ("''", None), ("today()", None)],
)
def test_texts_and_truths_are_kept_as_texts(rule: str, worked_out: str | None) -> None:
    assert take(form(ask("calculated", "it", calculation=rule)), {}).get("it") == worked_out


def test_what_somebody_types_into_it_is_ignored() -> None:
    assert take(SHARE, {"share": "99", "part": "1", "whole": "2"})["share"] == 50


def test_it_is_shown_on_the_page_after_the_answers_it_comes_from() -> None:
    first, second = pages(SHARE, {"part": ["1"], "whole": ["8"]})
    assert (names(first), names(second)) == (["part", "whole"], ["share"])
    assert second.fields[0].shown == "13%"


def test_it_is_worked_out_line_by_line_and_over_all_lines() -> None:
    values = take(GROUPS, LINES)
    assert values["groups"]["g1"] == {"heads": 8, "trained": 1, "done": 13, "place": 1}
    assert values["groups"]["g3"]["done"] == 100
    assert values["groups"]["g3"]["place"] == 3
    assert values["groups"]["g2"] == {"place": 2}
    assert values["all"] == 41.7


def test_it_survives_being_stored_and_is_the_same_when_worked_out_anew() -> None:
    answers = check(GROUPS, spread(LINES))
    assert isinstance(answers, Answers)
    assert read_stored(GROUPS, answers.to_json()) == answers
    assert check(GROUPS, write_raw(GROUPS, answers)) == answers


def test_a_hidden_one_serves_rules_and_is_neither_shown_nor_told() -> None:
    asked = form(
        ask("integer", "a"),
        ask("calculated", "twice", calculation="2 * ${a}", hidden=True, label="Not shown"),
        ask("text", "why", relevant="${twice} > 10", required=True),
    )
    assert [names(page) for page in pages(asked, {"a": ["3"]})] == [["a"]]
    assert [names(page) for page in pages(asked, {"a": ["6"]})] == [["a"], ["why"]]
    assert refuse(asked, {"a": "6"}) == [("why", "Please answer: Why")]
    answers = Answers("sample", 1, take(asked, {"a": "3"}))
    assert tell(asked, answers) == [("A", "3")]
    assert tell(GROUPS, Answers("sample", 1, take(GROUPS, LINES)))[0] == (
        "Groups: G1",
        "Heads: 8; Trained: 1; Done: 13%",
    )


def test_a_page_that_opens_another_by_way_of_a_figure_is_not_called_the_last() -> None:
    asked = form(
        ask("integer", "a"),
        ask("calculated", "twice", calculation="2 * ${a}", hidden=True),
        ask("text", "why", relevant="${twice} > 10"),
    )
    assert not pages(asked, {})[0].is_last


def test_a_figure_may_be_held_against_a_rule() -> None:
    asked = form(
        ask("integer", "a"),
        ask("calculated", "twice", calculation="2 * ${a}", constraint=". < 10", constraint_message="Over"),
    )
    assert refuse(asked, {"a": "5"}) == [("twice", "Over")]


def test_a_unit_is_told_with_it() -> None:
    asked = form(ask("calculated", "months", calculation="1200 * 2", unit="months"))
    assert tell(asked, Answers("sample", 1, {"months": 2400})) == [("Months", "2,400 months")]
