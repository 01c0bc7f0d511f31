"""What a stranger may send: whatever it is, it is taken for what it says or left alone."""

from typing import Any

import pytest

from surveys.answering.answers import Answers, check
from surveys.paging.journey import advance, page_at
from surveys.paging.keystrokes import MAX_VALUES, tidy
from surveys.paging.pages import Page, pages
from tests.surveys.make import ask, choose, form, matrix, press, repeat, spread, take

FORM = form(
    choose("multiple", "many", "a", "b"),
    ask("date", "when"),
    matrix("groups", "g1 g2", ask("integer", "heads")),
    repeat("courses", ask("text", "title"), ask("integer", "days"), most=3),
    ask("calculated", "sum", calculation="sum(${days})"),
    ask("note", "thanks"),
)
GOOD = {"courses": "1", "courses.1.title": "Neglect", "groups.g1.heads": "4"}
UNKNOWN = [
    "",
    ".",
    "..",
    "many.",
    "many.a",
    "when-hour",
    "groups.zz.heads",
    "groups.g1.heads.more",
    "courses.0.title",
    "courses.01.title",
    "courses.-1.title",
    "courses.999.title",
    "courses.4.title",
    "courses.\u0661.title",
    "courses.1.gone",
    "courses..title",
    "courses.99999999999999999999.title",
    "sum",
    "thanks",
    "act",
    "__proto__",
    "still_true.main",
    "groups.g1.heads\x00",
]


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_field_of_no_question_is_left_alone(name: str) -> None:
    assert not FORM.owns(name)
    raw = spread(GOOD | {name: "9"})
    assert take(FORM, raw) == take(FORM, GOOD)
    assert all(name not in dict(page.carried) for page in pages(FORM, raw))


@pytest.mark.parametrize(
    ("count", "entries"),
    [
        ("0", 0),
        ("3", 3),
        ("4", 3),
        ("9999", 3),
        ("99999999999999999999", 2),
        ("-1", 2),
        ("two", 2),
        ("1.5", 2),
        ("", 2),
        ("\u0663", 3),
        ("\u00b2", 2),
        (" 1 ", 1),
    ],
)
def test_a_count_of_entries_is_believed_within_reason(count: str, entries: int) -> None:
    raw = spread({"courses": count, "courses.2.title": "x"})
    listed = page_at(FORM, raw, "courses").fields[0]
    assert len(listed.entries) == entries


def test_ten_thousand_fields_are_read_once_and_dropped() -> None:
    raw: dict[str, list[str]] = {f"courses.{number}.title": ["x"] for number in range(10_000)}
    raw |= {f"x{number}": ["x"] for number in range(10_000)}
    assert set(tidy(raw, FORM.owns)) == {"courses.1.title", "courses.2.title", "courses.3.title"}
    assert len(take(FORM, raw)["courses"]) == 3
    assert isinstance(advance(FORM, raw, "courses"), Page)


def test_ten_thousand_values_are_cut_off() -> None:
    kept = tidy({"many": ["a"] * 10_000}, FORM.owns)
    assert len(kept["many"]) == MAX_VALUES
    assert take(FORM, {"many": ["a"] * 10_000}) == {"many": ("a",), "sum": 0}


@pytest.mark.parametrize(
    "act",
    [
        ":",
        "::",
        "add",
        "add:many",
        "add:courses.1",
        "add:courses:x",
        "remove:courses.01",
        "remove:courses.999",
        "change:courses.99999999999999999999",
        "up:courses.1.title:x",
        "up:courses.1.gone:x",
        "pick:many:a",
        "drop:when:x",
        "drop:groups.g1.heads:4",
        "pick:groups.zz.heads:4",
        "add:" + "x" * 100_000,
        "add:\u202ecourses",
    ],
)
@pytest.mark.parametrize("at", ["", "courses", "nowhere", "courses.9"])
def test_a_button_that_is_none_breaks_nothing(act: str, at: str) -> None:
    page = press(FORM, GOOD, act, at)
    held: dict[str, Any] = {}
    for name, text in page.carried:
        held[name] = text
    for field in page.fields:
        cells = [cell for line in field.lines for cell in line.fields]
        held |= {each.name: each.value for each in (field, *cells) if each.value}
    assert take(FORM, {"courses": "1"} | held)["groups"] == {"g1": {"heads": 4}}


@pytest.mark.parametrize("at", ["", "nowhere", "courses.9", "groups.g1", "x" * 100_000, "\x00"])
def test_a_page_that_is_none_starts_again(at: str) -> None:
    page = advance(FORM, spread(GOOD), at)
    assert isinstance(page, Page)
    assert page.name == "many"


def test_digits_of_any_script_are_numbers() -> None:
    typed = {"groups.g1.heads": "\u0967\u0968", "courses.1.days": "\uff17", "when-day": "\u0663"}
    typed |= {"when-month": "\u0661\u0661", "when-year": "\u0662\u0660\u0662\u0666"}
    assert take(FORM, typed) == {
        "when": "2026-11-03",
        "groups": {"g1": {"heads": 12}},
        "courses": {"1": {"days": 7}},
        "sum": 7,
    }


def test_a_formula_or_markup_is_a_text_like_any_other() -> None:
    for text in ("=HYPERLINK(1)", "<script>alert(1)</script>", "${sum}", "{sum}", "' or 1=1", "//sum"):
        assert take(FORM, {"courses.1.title": text})["courses"]["1"]["title"] == text


def test_an_answer_is_never_read_as_part_of_a_rule() -> None:
    guarded = form(ask("text", "one"), ask("text", "two", relevant="${one} = 'open'", required=True))
    for text in ("open' or '1'='1", "true()", "${one}", "]]>", "&quot;", "open\x00'"):
        assert isinstance(check(guarded, {"one": [text]}), Answers)
