"""A board's words are checked when they are saved, and each complaint names its place."""

import pytest

from messages.writing.variables import KNOWN
from messages.writing.words import LONGEST_BODY, PreparedWords, prepare, unknown_variables

BODY = "Dear {{ first_name }}, please open [your page]({{ link }})."


def ready(subject: str = "Hello", body: str = BODY) -> PreparedWords:
    prepared = prepare(subject, body)
    assert isinstance(prepared, PreparedWords), prepared
    return prepared


def refusals(subject: str = "Hello", body: str = BODY) -> list[str]:
    prepared = prepare(subject, body)
    assert isinstance(prepared, list)
    return [str(problem) for problem in prepared]


def test_good_words_are_ready_and_know_their_variables() -> None:
    assert ready("For {{ agency }}").names == {"first_name", "link", "agency"}


def test_an_unknown_variable_is_found_before_anything_is_sent() -> None:
    prepared = ready("For {{ agenda }}", "{{ first_name }} {{ 'x' if nobody else count }}")
    assert unknown_variables(prepared) == ["agenda", "nobody"]
    assert unknown_variables(prepared, KNOWN | {"agenda", "nobody"}) == []
    assert unknown_variables(ready(), frozenset()) == ["first_name", "link"]


@pytest.mark.parametrize(
    "statement",
    ["{% for x in y %}a{% endfor %}", "{% include 'x' %}", "{# note #}", "{% raw %}x{% endraw %}"],
)
def test_only_expressions_may_stand_in_words(statement: str) -> None:
    found = refusals(body=f"First line.\n\nThird {statement}")
    assert found[0].startswith("body, line 3: ")
    assert "cannot stand here" in found[0]


@pytest.mark.parametrize(
    "expression",
    [
        "first_name.upper()",
        "first_name.__class__",
        "''.__class__.__mro__",
        "range(10)",
        "'%9999999d' % 1",
        "'x'.center(99999999)",
        "first_name|center(99999999)",
        "first_name|attr('x')",
        "first_name[0]",
        "[first_name]",
        "{'a': 1}",
        "cycler(1)",
        "'a' * 1000000000",
        "1|round(99999999, 'ceil')",
        "9 ** 999999",
        "-('a')",
        "first_name is defined",
        "(" * 300 + "1" + ")" * 300,
        "'" + "a" * 300 + "'",
        "",
    ],
)
def test_an_expression_that_reaches_further_is_refused(expression: str) -> None:
    assert refusals(body="One.\n{{ " + expression + " }}")[0].startswith("body, line 2: {{ ")


@pytest.mark.parametrize(
    "expression",
    [
        "first_name|upper",
        "'x}}' ~ agency",
        '"a*b*c"',
        "agency if count else board",
        "minutes|int * 2",
        "2 ** 3",
    ],
)
def test_simple_expressions_are_welcome(expression: str) -> None:
    ready(body="{{ " + expression + " }}")


@pytest.mark.parametrize(
    "knot", ["(" * 90 + "1" + ")" * 90, "-" * 190 + "1", "not " * 45 + "1", "{{ " * 5000]
)
def test_a_knotted_expression_is_answered_and_never_crashes(knot: str) -> None:
    prepare("Hello", "{{ " + knot + " }}")


def test_braces_that_do_not_match_are_named_with_their_line() -> None:
    assert refusals(body="One.\nTwo {{ first_name }.\n")[0].startswith(
        "body, line 2: the braces do not match"
    )


def test_a_picture_is_refused_with_its_place() -> None:
    found = refusals(body="Dear all,\n\nlook\n![a chart](https://tracker.example/{{ first_name }}.png)")
    assert found == [
        "body, line 4: the picture https://tracker.example/{{ first_name }}.png cannot be sent;"
        " describe it, or link to its page"
    ]


@pytest.mark.parametrize(
    "target", ["page.html", "//x.example/", "{{ first_name }}", "{{ agency ~ link }}", "ftp://x"]
)
def test_a_link_that_leads_nowhere_known_is_refused(target: str) -> None:
    assert "must start with https:// or be a link variable" in refusals(body=f"[here](<{target}>)")[0]


@pytest.mark.parametrize(
    "target", ["https://x.example/a?b={{ agency }}", "{{ link }}", "mailto:{{ contact_email }}"]
)
def test_a_link_that_leads_out_is_welcome(target: str) -> None:
    ready(body=f"[here](<{target}>)")


def test_blame_is_heard_when_words_are_saved() -> None:
    assert refusals("You failed", "Kind words.\n\nThis is non-compliant.") == [
        "subject, line 1: 'failed' sounds like blame; say what is still needed or offer help",
        "body, line 3: 'non-compliant' sounds like blame; say what is still needed or offer help",
    ]


def test_empty_long_or_broken_words_are_refused() -> None:
    assert refusals("", " \n") == [
        "subject, line 1: a letter needs a subject",
        "body, line 1: a letter needs some words",
    ]
    assert refusals("one\ntwo") == ["subject, line 1: a subject is a single line"]
    assert refusals(body="a" * (LONGEST_BODY + 1)) == [
        "body, line 1: 20,001 characters are too many; 20,000 fit"
    ]


def test_every_variable_has_a_meaning_and_an_example() -> None:
    assert ready(body=" ".join("{{ %s }}" % name for name in KNOWN)).names == KNOWN  # noqa: UP031
