"""What expressions make of chosen values and texts, after the examples in ODK's documentation."""

import pytest

from surveys.expressions.expression import compile_expression
from surveys.expressions.scene import XPathValue, nodes
from tests.surveys.expressions.scenes import scene, worked_out

COLOURS = "red green purple"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("selected(${colours}, 'green')", True),
        ("selected(${colours}, 'gree')", False),
        ("selected(${colours}, ' red ')", True),
        ("selected(${nothing}, 'green')", False),
        ("selected-at(${colours}, 0)", "red"),
        ("selected-at(${colours}, 2)", "purple"),
        ("selected-at(${colours}, 3)", None),
        ("selected-at(${colours}, -1)", None),
        ("count-selected(${colours}) = 3", True),
        ("count-selected(${nothing})", 0.0),
        ("jr:choice-name(selected-at(${colours}, 1), '${colours}')", "Green (colours)"),
        ("jr:choice-name(${colours}, '${colours}')", "Red (colours), Green (colours), Purple (colours)"),
        ("if(${enrolled} = 'yes', 'in', 'out')", "in"),
        ("if(${nothing} = 'yes', 'in', 'out')", "out"),
        ("coalesce(${nothing}, ${enrolled})", "yes"),
        ("coalesce(${enrolled}, 'x')", "yes"),
        ("coalesce(${nothing}, ${nothing})", None),
        ("checklist(2, 3, ${enrolled}, 'yes', 'no')", True),
        ("checklist(2, 3, ${enrolled}, 'no', 'no')", False),
        ("checklist(-1, 1, 'yes', 'yes')", False),
        ("checklist(1, -1, selected(${colours}, 'red'), selected(${colours}, 'blue'))", True),
        ("checklist(2, -1, ${lines})", True),
        ("weighted-checklist(5, -1, 'yes', 3, 'yes', 2, 'no', 9)", True),
        ("weighted-checklist(5, 6, 'yes', 3, 'no', 2)", False),
        ("weighted-checklist(3, 3, ${lines}, ${weights})", True),
        ("boolean-from-string('TRUE') and boolean-from-string('1')", True),
        ("boolean-from-string('yes')", False),
        ("not(${nothing}) and boolean(${colours}) and true() and not(false())", True),
    ],
)
def test_choices_and_conditions_come_to_what_odk_says(text: str, expected: str | float | None) -> None:
    answers: dict[str, XPathValue] = {
        "colours": COLOURS,
        "enrolled": "yes",
        "lines": nodes(["yes", "", "yes"]),
        "weights": nodes([1, 5, 2]),
    }
    assert worked_out(text, answers) == expected


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        ("regex(., '[A-Z]')", "B", True),
        ("regex(., '[A-Z]')", "BC", False),
        (r"regex(., '\d{5}')", "12345", True),
        (r"regex(., '\d{5}')", "\u0661\u0662\u0663\u0664\u0665", False),
        (r"regex(., '[\p{L} ]+')", "Zo\u00eb \u017b\u00f3\u0142ta", True),
        (r"regex(., '[a-z&&[^aeiou]]+')", "rhythm", True),
        ("contains(., 'na')", "banana", True),
        ("starts-with(., 'ba') and ends-with(., 'na')", "banana", True),
        ("ends-with(., 'ba')", "banana", False),
        ("substr(., 1, 3)", "banana", "an"),
        ("substr(., -2)", "banana", "na"),
        ("substr(., 2)", "banana", "nana"),
        ("substr(., 4, 2)", "banana", None),
        ("substring-before(., '-')", "ab-cd", "ab"),
        ("substring-before(., '+')", "ab-cd", None),
        ("substring-before(., '')", "ab-cd", None),
        ("substring-after(., '-')", "ab-cd", "cd"),
        ("substring-after(., '')", "ab-cd", "ab-cd"),
        ("translate(., 'abc', 'AB')", "abcab", "ABAB"),
        ("translate(., 'aa', 'xy')", "banana", "bxnxnx"),
        ("string-length(.)", "four", 4.0),
        ("string-length() <= 4", "four", True),
        ("string-length()", "\U0001f600\U0001f600", 2.0),
        ("normalize-space()", "  a \n b ", "a b"),
        ("normalize-space('  c  d ')", "", "c d"),
        ("string(.)", 5.0, "5"),
        ("string()", 0.1, "0.1"),
        ("once('new')", "", "new"),
        ("once('new')", "old", "old"),
        ("concat(., 1, true())", "a", "a1true"),
        ("join('-', 'a', 'b', 3)", "", "a-b-3"),
    ],
)
def test_texts_come_to_what_odk_says(text: str, own: str | float, expected: str | float | None) -> None:
    assert worked_out(text, own=own) == expected


def test_all_lines_can_be_put_together() -> None:
    lines = {"name": nodes(["Ash", "", "Beech"])}
    assert worked_out("concat(${name})", lines) == "AshBeech"
    assert worked_out("join(', ', ${name})", lines) == "Ash, , Beech"
    assert worked_out("count(${name})", lines) == 3
    assert worked_out("count-non-empty(${name})", lines) == 2
    assert worked_out("selected(${name}, 'Beech')", lines) is True
    assert worked_out("${name}", lines) == "Ash"
    assert worked_out("${name}", {"name": nodes([])}) is None


def test_an_entry_knows_its_number() -> None:
    assert worked_out("position(..) + 1", row=2) == 3
    assert worked_out("position( .. ) > 1", row=1) is False


def test_a_choice_filter_looks_at_the_columns_of_each_choice() -> None:
    expression = compile_expression("country = ${country} and name != 'x'", columns=True)
    assert expression.columns == {"country", "name"}
    assert expression.holds(scene({"country": "uk"}, item={"country": "uk", "name": "a"}))
    assert not expression.holds(scene({"country": "uk"}, item={"country": "fr", "name": "a"}))
    assert not expression.holds(scene({"country": "uk"}, item={"country": "uk", "name": "x"}))
    assert not expression.holds(scene({"country": "uk"}))
