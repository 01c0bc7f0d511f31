"""What an expression may not be, and what is said about it."""

import pytest

from surveys.expressions.expression import Expression, ExpressionError, compile_expression


@pytest.mark.parametrize(
    ("text", "where", "advice"),
    [
        ("\u201cyes\u201d = ${a}", "\u201cyes", "straight quotation marks"),
        ("${a} = \u2018yes\u2019", "\u2018yes", "straight quotation marks"),
        ("${a} \u2265 3", "\u2265 3", "write >="),
        ("${a} \u2013 3", "\u2013 3", "plain minus sign"),
        ("${a} == 1", "== 1", "write =, !="),
        ("${a} <> 1", "<> 1", "write =, !="),
        ("${a} && ${b}", "&& ${b}", "write and"),
        ("/data/a = 1", "/data/a", "${question} in place of a path"),
        ("../a = 1", "../a", "${question} in place of a path"),
        ("${a}[1]", "[1]", "${question} in place of a path"),
        ("child::a", "child::a", "${question} in place of a path"),
        ("@a = 1", "@a", "${question} in place of a path"),
        ("//a", "//a", "${question} in place of a path"),
        ("${a} | ${b}", "| ${b}", "add two sums"),
        ("$a = 1", "$a", "with braces"),
        ("${a b} = 1", "${a b}", "write ${question}"),
        ("a = 1", "a = 1", "write ${a} for the question, or 'a' for the text"),
        ("count(*)", "*", "* only multiplies"),
        ("now()", "now()", "use today()"),
        ("random() > 0.5", "random()", "another value each time"),
        ("pulldata('a', 'b', 'c', 'd')", "pulldata", "put the choices into the form"),
        ("instance('x')", "instance", "put the choices into the form"),
        ("document('file:///etc/passwd')", "document", "no lists outside the form"),
        ("indexed-repeat(${a}, ${b}, 1)", "indexed-repeat", "sum(${question})"),
        ("area(${a})", "area", "places on a map"),
        ("property('deviceid')", "property", "device"),
        ("substring(${a}, 1)", "substring", "substr(text, start, end)"),
        ("position(1)", "position(1)", "position(..)"),
        ("selectd(${a}, 'x')", "selectd", "did you mean selected()?"),
        ("Round(${a})", "Round", "did you mean round()?"),
        ("qqqq(1)", "qqqq(1)", "there is no function qqqq()"),
        ("odk-if(1, 2, 3)", "odk-if", "there is no function"),
        ("if(1, 2)", "if(1, 2)", "takes 3 values, not 2"),
        ("substr('a')", "substr", "takes 2 to 3 values, not 1"),
        ("concat()", "concat()", "takes 1 or more values, not 0"),
        ("weighted-checklist(1, 2, 'yes', 1, 'no')", "weighted", "a weight behind every answer"),
        ("${d} > '2026-01-01'", "'2026-01-01'", "write date('2026-01-01')"),
        ("'2026-01-01' = .", "'2026-01-01'", "write date('2026-01-01')"),
        ("today() - '2026-01-01'", "'2026-01-01'", "write date('2026-01-01')"),
        ("date('2026-02-30')", "'2026-02-30'", "is no date"),
        ("date('1 May')", "'1 May'", "is no date"),
        ("regex(., '(')", "'('", "cannot be read"),
        ("regex(., ${a})", "regex(., ${a})", "written out in quotation marks"),
        ("jr:choice-name(${a}, ${a})", "jr:choice-name", "as '${question}'"),
        ("jr:choice-name(${a}, '${a b}')", "jr:choice-name", "as '${question}'"),
        ("1 +", "1 +", "ends too soon"),
        ("(${a} = 1", "${a} = 1", "ends too soon"),
        (" ", "", "it is empty"),
        ("${a} ${b}", "${b}", "cannot be read"),
        ("if(,1,2,3)", "if(,1", "check commas"),
        ("${a})", "${a})", "cannot be read"),
        ("'it''s' = ${a}", "'it''s'", "quotation marks"),
        ("'open", "'open", "close the text"),
        ("1.2.3 = 1", "1.2.3", "no number"),
        ("1e5 = 1", "1e5", "no number"),
        ("for $x in (1) return $x", "$x", "with braces"),
        ("(: note :) 1", "(: note", "path"),
        ("\u00e9t\u00e9 = 1", "\u00e9t", "plain letters"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place_and_what_to_write(
    text: str, where: str, advice: str
) -> None:
    said = refusal_of(text)
    assert where in said
    assert advice in said
    assert "\n" not in said


def test_texts_in_quotation_marks_may_hold_anything() -> None:
    text = "${a} = '/data/x [1] \u201cnow()\u201d ${b} 2026-01-01 == @' or ${a} = \"it's\""
    assert read(text).comparisons == (
        ("a", "/data/x [1] \u201cnow()\u201d ${b} 2026-01-01 == @"),
        ("a", "it's"),
    )
    assert read(text).names == ("a",)


def test_an_expression_knows_the_questions_it_mentions_as_they_are_written() -> None:
    text = "${b} > ${last-saved#b} and ${ cascade#reached } = 1 and ${a}+${b} > 2"
    assert read(text).names == ("b", "last-saved#b", "cascade#reached", "a")
    assert read("jr:choice-name('x', '${q}')").names == ("q",)


def test_an_expression_knows_what_answers_are_compared_with() -> None:
    text = "${a} = 'x' or 'y' != ${b} or selected(${c}, 'z') or . = 'w' or ${n} = 2.5 or ${n} = 3 or ${n} > 9"
    assert read(text).comparisons == (
        ("a", "x"),
        ("b", "y"),
        ("c", "z"),
        (".", "w"),
        ("n", "2.5"),
        ("n", "3"),
    )


def test_the_spaces_of_a_spreadsheet_do_no_harm() -> None:
    assert read("\u00a0${a}\n=\u00a0\t'x'\u200b ").comparisons == (("a", "x"),)


def read(text: str) -> Expression:
    return compile_expression(text)


def refusal_of(text: str) -> str:
    with pytest.raises(ExpressionError) as refused:
        compile_expression(text)
    assert str(refused.value) == refused.value.what
    return refused.value.what
