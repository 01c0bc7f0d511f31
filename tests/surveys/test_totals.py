"""Anonymous answers are told as totals of a whole campaign, and only once there are enough."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from surveys.answering.answers import Answers, check
from surveys.answering.timeline import Timeline
from surveys.figures.totals import FEWEST, Total, add_up, add_up_released
from surveys.forms.form import Form
from tests.surveys.make import ask, choose, form

DAY = date(2027, 2, 1)
FORM = form(
    choose("single", "heard", "yes", "no"),
    choose("multiple", "ways", "talk", "mail"),
    ask("scale", "sure", lowest=1, highest=3),
    ask("long_text", "more"),
)


def given(count: int) -> list[Answers]:
    found = []
    for number in range(count):
        raw = {
            "heard": ["yes" if number % 2 else "no"],
            "ways": ["talk", "mail"],
            "sure": ["3"],
            "more": [f"words of person {number}"],
        }
        checked = check(FORM, raw)
        assert isinstance(checked, Answers)
        found.append(checked)
    return found


def whole(of: Form, answers: Sequence[Answers]) -> Sequence[Total] | None:
    """What is told once no more are to come."""
    return add_up_released(of, [Timeline([(DAY, one)]) for one in answers], DAY).totals


def test_below_ten_nothing_is_told() -> None:
    assert whole(FORM, given(FEWEST - 1)) is None
    assert whole(FORM, []) is None
    assert add_up(FORM, []).totals is None


def test_from_ten_each_closed_question_has_its_totals() -> None:
    totals = whole(FORM, given(FEWEST))
    assert totals is not None
    assert {total.field: (total.answered, total.counts) for total in totals} == {
        "heard": (10, (("YES", 5), ("NO", 5))),
        "ways": (10, (("TALK", 10), ("MAIL", 10))),
        "sure": (10, (("1", 0), ("2", 0), ("3", 10))),
    }


def test_a_question_that_few_were_led_to_is_not_told() -> None:
    answers = given(FEWEST + 3)
    few = [replace(one, values={"heard": one.values["heard"]}) for one in answers[: FEWEST - 5]]
    totals = whole(FORM, [*few, *answers[FEWEST - 5 :]])
    assert totals is not None
    told = {total.field: (total.answered, bool(total.counts)) for total in totals}
    assert told == {"heard": (13, True), "ways": (None, False), "sure": (None, False)}
    assert {total.answered for total in add_up(FORM, answers[:3]).totals or ()} == {3}


def test_what_was_written_freely_is_in_no_total() -> None:
    assert "words of person" not in str(whole(FORM, given(40)))


def test_the_lines_of_a_matrix_are_counted_one_by_one() -> None:
    made = form(
        ask(
            "matrix",
            "life",
            lines=[{"value": "home", "label": "At home"}, {"value": "school", "label": "At school"}],
            columns=[choose("single", "now", "better", "worse")],
        )
    )
    answers = [check(made, {"life.home.now": ["better"]}) for _ in range(FEWEST)]
    totals = whole(made, [one for one in answers if isinstance(one, Answers)])
    assert totals is not None
    assert [(one.title, one.answered, one.counts[:1]) for one in totals] == [
        ("Life: At home", 10, (("BETTER", 10),)),
        ("Life: At school", None, ()),
    ]
