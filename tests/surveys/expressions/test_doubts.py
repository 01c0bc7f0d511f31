"""What an expression can never mean is doubted, and what it may mean is left alone."""

import pytest

from surveys.expressions.doubts import DAY, NUMBER, WORD, find_doubts

SORTS = {".": NUMBER, "n": NUMBER, "d": DAY, "w": WORD}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (". > 'abc'", "'abc' is none"),
        ("${n} != 'abc'", "always so"),
        ("${d} > 5", "a day and 5 a number"),
        ("5 < ${d}", "a day and 5 a number"),
        ("${d} = 'Monday'", "never so"),
        ("${n} < date('2026-11-03')", "a day"),
        (". > 10 and . < 5", "over 10 and under 5"),
        (". > 10 and (. <= 10)", "over 10 and at most 10"),
        ("not(. = 1) and . = 2.5 and . = 3", "equal to 2.5 and equal to 3"),
        ("${n} >= -1 and -2 >= ${n}", "at least -1 and at most -2"),
        ("${d} > date('2026-05-01') and ${d} < date('2026-01-01')", "2026-05-01"),
        ("${w} = 'yes' and ${w} = 'no'", "'yes' and equal to 'no'"),
    ],
)
def test_it_is_doubted(text: str, said: str) -> None:
    [doubt] = find_doubts(text, SORTS)
    assert said in doubt


@pytest.mark.parametrize(
    "text",
    [
        ". > 10 or . < 5",
        ". >= 5 and . <= 5",
        ". > 5 and . < 10",
        ". = '5'",
        "${n} != ''",
        "${d} <= today()",
        "${d} > date('2026-05-01') - 5",
        "${w} = 'yes' or ${w} = 'no'",
        "${w} = 'yes' and ${n} = 1",
        "${unknown} > 'abc'",
        "${last-saved#n} > 'abc'",
        "${n} > 10 and ${w} = '5'",
    ],
)
def test_it_may_well_be_meant(text: str) -> None:
    assert list(find_doubts(text, SORTS)) == []
