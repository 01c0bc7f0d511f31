"""What expressions make of dates: day numbers inside, words at the edge."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.expressions.expression import compile_expression
from surveys.expressions.scene import XPathValue, day_number, from_day_number
from tests.surveys.expressions.scenes import THAT_DAY, scene, worked_out

WHEN: dict[str, XPathValue] = {"when": day_number(date(2026, 2, 27)), "text": "2026-02-27"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date('1970-01-02')", 1.0),
        ("${when} <= today()", True),
        ("${when} >= date('2026-03-01')", False),
        ("today() - ${when}", 3.0),
        ("date(${text}) = ${when}", True),
        ("decimal-date-time(${when}) + 1 = date('2026-02-28')", True),
        ("decimal-date-time('2026-02-27T18:00:00')", WHEN["when"]),
        ("date(20511.75)", 20511.0),
        ("date(${never})", None),
        ("date('') < today()", False),
        ("date(concat('20', '26-02-30'))", None),
        ("format-date(${when}, '%e %b %Y')", "27 Feb 2026"),
        ("format-date(${when}, '%a %d/%m/%y, %n %q')", "Fri 27/02/26, 2 %q"),
        ("format-date(${never}, '%Y')", None),
        ("format-date('no date', '%Y')", None),
        ("format-date(pow(10, 20), '%Y')", None),
        ("format-date(today(), '%Y') = '2026'", True),
        ("format-date(today(), '%Y-%m-%d') = '2026-03-02'", True),
        ("${when} = ''", False),
        ("${never} = ''", True),
    ],
)
def test_dates_are_reckoned_in_days(text: str, expected: str | float | None) -> None:
    assert worked_out(text, WHEN) == expected


def test_without_a_day_no_rule_about_the_day_holds_anybody_back() -> None:
    assert worked_out("${when} <= today()", WHEN, today=None) is False
    assert worked_out("not(${when} > today())", WHEN, today=None) is True
    assert worked_out("today()", today=None) is None


def test_the_same_expression_follows_the_day_it_is_asked_on() -> None:
    expression = compile_expression("${when} > today()")
    assert not expression.holds(scene(WHEN, today=THAT_DAY))
    assert expression.holds(scene(WHEN, today=date(2026, 2, 26)))


@given(st.dates())
def test_a_day_number_gives_its_day_back(day: date) -> None:
    assert from_day_number(day_number(day)) == day
    assert from_day_number(day_number(day) + 0.75) == day


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e12, -1e12])
def test_what_is_no_day_gives_none(number: float) -> None:
    assert from_day_number(number) is None
