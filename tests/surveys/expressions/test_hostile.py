"""What a careless or hostile expression or answer can do: nothing but be refused, or be cut short."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.expressions.catalogue import FUNCTIONS
from surveys.expressions.expression import (
    LONGEST,
    ExpressionError,
    ExpressionTimeout,
    compile_expression,
)
from surveys.expressions.scene import Scene, XPathValue, nodes
from surveys.expressions.stage import current_stage
from tests.surveys.expressions.scenes import scene, worked_out

STUBBORN = "regex(., '(a|aa)+(b|c)')"
PIECES = [
    *(f"{name}(" for name in FUNCTIONS),
    *(
        "${a}",
        "${b}",
        "${last-saved#q}",
        ".",
        "..",
        "position(..)",
        "'x'",
        "'yes no'",
        '"1"',
        "''",
        "'[a-z]'",
    ),
    *("1", "2.5", "0", "99999999999999999999", "'2026-01-01'", "column", "${", "}", "$", "'", "/", "::", "@"),
    *(
        "+",
        "-",
        "*",
        "div",
        "mod",
        "and",
        "or",
        "=",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        ")",
        ")",
        ")",
        ",",
        ",",
        " ",
    ),
]
VALUES: list[XPathValue] = [
    *("", "x", "yes no", "\x00\ud800\ufffe", 5.0, -0.0, float("nan"), float("inf"), 1e300, True),
    *(nodes(["1", "", "yes"]), nodes([]), nodes([1, 2.5])),
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from(VALUES), st.booleans())
def test_any_expression_is_refused_or_worked_out(text: str, value: XPathValue, columns: bool) -> None:
    try:
        expression = compile_expression(text, columns=columns)
    except ExpressionError as refused:
        assert "\n" not in refused.what
        return
    there = scene(dict.fromkeys("ab", value), own="\x0c", row=1)
    assert expression.holds(there) in (True, False)
    assert isinstance(expression.work_out(there), str | float | bool | None)


@given(st.text(max_size=60))
def test_any_text_at_all_is_refused_or_read(text: str) -> None:
    try:
        compile_expression(text)
    except ExpressionError as refused:
        assert refused.what


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("(" * 10_000 + "1" + ")" * 10_000, "2000 is the most"),
        ("(" * 900 + "1" + ")" * 900, "more than 50 brackets"),
        ("not(" * 51 + "1" + ")" * 51, "more than 50 brackets"),
        ("-" * 1_900 + "1", "minus signs in a row"),
        ("- " * 900 + "1", "minus signs in a row"),
        ("'\ud800'", "nobody can see"),
        ("\x00", "nobody can see"),
        (f"regex(., '{'a' * 600}')", "over 500 characters"),
    ],
)
def test_what_is_too_much_is_refused(text: str, advice: str) -> None:
    with pytest.raises(ExpressionError, match=advice):
        compile_expression(text)


def test_fifty_brackets_and_a_thousand_terms_are_worked_out() -> None:
    assert worked_out("not(" * 50 + "1" + ")" * 50) is True
    assert worked_out("+".join("1" * (LONGEST // 2))) == LONGEST // 2
    assert worked_out(" or ".join(["${a}='x'"] * 150), {"a": "x"}) is True


def test_a_regex_that_never_ends_is_cut_short() -> None:
    with pytest.raises(ExpressionTimeout):
        worked_out(STUBBORN, own="a" * 400 + "d")
    assert worked_out(STUBBORN, own="aaab") is True
    assert worked_out("regex(., '(a+)+$')", own="a" * 40 + "b") is False


def test_many_stubborn_regexes_share_one_allowance() -> None:
    text = " or ".join([STUBBORN] * 40)
    with pytest.raises(ExpressionTimeout):
        worked_out(text, own="a" * 400 + "d")


def test_an_answer_too_long_for_a_regex_is_told() -> None:
    with pytest.raises(ExpressionTimeout, match="too long"):
        worked_out("regex(., '[a-z]*')", own="a" * 20_001)


def test_entities_and_tags_in_a_text_stay_letters() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    assert worked_out(f"string-length('{bomb}')") == len(bomb)
    assert worked_out("concat(${a}, '')", {"a": bomb}) == bomb
    assert worked_out("join('', ${a})", {"a": nodes([bomb])}) == bomb


def test_characters_xml_has_no_room_for_become_a_mark() -> None:
    assert worked_out("concat(., ${a})", {"a": "b\x00"}, own="a\ud800") == "a\ufffdb\ufffd"
    assert worked_out("string-length()", own="\x0c\x0c") == 2
    spoilt = Scene(lambda _: "v", None, label_of=lambda _, value: f"{value}\x00")
    assert compile_expression("jr:choice-name(${a}, '${a}')").work_out(spoilt) == "v\ufffd"


def test_a_failed_evaluation_leaves_the_expression_usable() -> None:
    expression = compile_expression("regex(., '(a|aa)+(b|c)') and today() > 0")
    for _ in range(2):
        with pytest.raises(ExpressionTimeout):
            expression.holds(scene(own="a" * 400 + "d"))
        assert expression.holds(scene(own="aab"))
    with pytest.raises(LookupError):
        current_stage()


def test_eight_threads_get_their_own_answers_from_one_expression() -> None:
    text = "join('-', ${a}, sum(${n}), string-length(), position(..), jr:choice-name(${a}, '${a}'))"
    expression = compile_expression(text)
    labels = [f"{{1}}.{number}".format for number in range(8)]
    start = threading.Barrier(8)
    wrong: list[str] = []

    def work(number: int) -> None:
        start.wait()
        for own in range(number * 1_000, number * 1_000 + 300):
            values: dict[str, XPathValue] = {"a": f"w{own}", "n": nodes([own, 1, ""])}
            there = Scene(values.__getitem__, None, "x" * number, number, {}, labels[number])
            expected = f"w{own}-{own + 1}-{number}-{number}-w{own}.{number}"
            if (got := expression.work_out(there)) != expected:
                wrong.append(f"{got} for {expected}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
