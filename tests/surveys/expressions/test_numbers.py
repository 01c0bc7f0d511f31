"""What expressions make of numbers, against ODK's documentation and against Python."""

import math
import operator
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.expressions.scene import nodes, numeral
from tests.surveys.expressions.scenes import worked_out

NUMBERS = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False).map(lambda n: round(n, 4))
ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": operator.truediv,
    "mod": math.fmod,
}
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("round(2.345, 2)", 2.35),
        ("round(1.19 * 2.5, 2)", 2.98),
        ("round(2.5)", 3.0),
        ("round(-2.5)", -2.0),
        ("round(33.33, -1)", 30.0),
        ("round(1 div 3, 3)", 0.333),
        ("round(5, 99)", None),
        ("int(5.9)", 5.0),
        ("int(-5.9)", -5.0),
        ("int('')", None),
        ("number('12')", 12.0),
        ("number(true())", 1.0),
        ("number('twelve')", None),
        ("number('1e3')", None),
        ("abs(-3)", 3.0),
        ("pow(2, 3)", 8.0),
        ("pow(10, 400)", None),
        ("pow(10, 400) > 5", True),
        ("sqrt(16)", 4.0),
        ("sqrt(-1)", None),
        ("log(exp(2))", 2.0),
        ("log10(1000)", 3.0),
        ("log(0)", None),
        ("exp10(2)", 100.0),
        ("round(sin(pi() div 2), 6)", 1.0),
        ("round(atan2(1, 1) * 4, 4)", 3.1416),
        ("7 mod 3", 1.0),
        ("1 div 0", None),
        ("${n}-${n}", 0.0),
        ("${n}-1", 5.5),
        ("--1", 1.0),
        ("min(3, 1, 2)", 1.0),
        ("max(3, 1, 2)", 3.0),
        ("max('', 4)", 4.0),
        ("min('', '')", None),
        ("2.345 = ${close}", True),
        ("12345678901 * 10", 123456789010.0),
        ("string(12345678901234)", "12345678901234"),
    ],
)
def test_numbers_come_to_what_odk_says(text: str, expected: str | float | None) -> None:
    result = worked_out(text, {"n": 6.5, "close": 2.345})
    assert result == (pytest.approx(expected) if isinstance(expected, float) else expected)


def test_the_lines_of_a_table_add_up_without_the_unanswered_ones() -> None:
    lines = {"heads": nodes([12, "", 3.5, "-2"]), "none": nodes(["", ""])}
    assert worked_out("sum(${heads})", lines) == 13.5
    assert worked_out("max(${heads})", lines) == 12
    assert worked_out("min(${heads})", lines) == -2
    assert worked_out("sum(${none})", lines) == 0
    assert worked_out("max(${none})", lines) is None
    assert worked_out("count(${heads}) * 2", lines) == 8
    assert worked_out("round(sum(${heads}) div ${all} * 100, 1)", {**lines, "all": 30.0}) == 45.0


@pytest.mark.parametrize("comparison", ["<", "<=", ">", ">=", "="])
def test_an_unanswered_number_is_neither_less_nor_more(comparison: str) -> None:
    assert worked_out(f"${{n}} {comparison} 5") is False
    assert worked_out(f"not(${{n}} {comparison} 5)") is True


def test_a_question_asked_once_counts_as_one_line() -> None:
    assert worked_out("count(${n}) + sum(${n})", {"n": 4.0}) == 5


@given(NUMBERS, NUMBERS, st.sampled_from(sorted(ARITHMETIC)))
def test_arithmetic_agrees_with_python(one: float, other: float, sign: str) -> None:
    answers = {"a": one, "b": other}
    if other == 0 and sign in ("div", "mod"):
        assert worked_out(f"${{a}} {sign} ${{b}}", answers) is None
    else:
        expected = ARITHMETIC[sign](one, other)
        assert worked_out(f"${{a}} {sign} ${{b}}", answers) == pytest.approx(expected, rel=1e-12, abs=1e-9)


@given(NUMBERS, NUMBERS, st.sampled_from(sorted(COMPARISONS)))
def test_comparisons_agree_with_python_for_answers_and_for_written_numbers(
    one: float, other: float, sign: str
) -> None:
    expected = COMPARISONS[sign](one, other)
    assert worked_out(f"${{a}} {sign} ${{b}}", {"a": one, "b": other}) is expected
    assert worked_out(f"${{a}} {sign} {numeral(other)}", {"a": one}) is expected


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_figures_never_have_an_exponent_and_read_back_as_the_number(number: float) -> None:
    written = numeral(number)
    assert "e" not in written.removeprefix("Infinity").lower() or math.isnan(number)
    if math.isfinite(number):
        assert float(written) == pytest.approx(number, rel=1e-14)
