"""Last year's answers, to be confirmed or changed section by section."""

from typing import Any

import pytest

from surveys.answering.answers import Answers
from surveys.paging.journey import advance, carry_over, open_first
from surveys.paging.known import Earlier
from surveys.paging.pages import Page, pages
from tests.surveys.make import ask, form, matrix, refuse, repeat, section, take

PARTS: list[dict[str, Any]] = [
    section("people", ask("integer", "staff", required=True), ask("text", "lead")),
    section("groups", matrix("groups", "a b", ask("integer", "heads"))),
    section("courses", repeat("courses", ask("text", "title"), summary="title")),
    section("new", ask("text", "new")),
]
YEARLY = form(sections=PARTS, carries=True)
EARLIER: Earlier = {
    "last-saved": {
        "staff": 60,
        "lead": "Kim",
        "groups": {"a": {"heads": 20}},
        "courses": {"1": {"title": "Neglect"}},
        "gone": "x",
    }
}
TICKS = {f"still_true.{name}": "yes" for name in ("people", "groups", "courses")}
NOT_YET = "Tick that these answers are still true, or change what is different now"


def carried() -> dict[str, Any]:
    return {name: list(texts) for name, texts in carry_over(YEARLY, EARLIER).items()}


def test_the_last_answers_are_the_start_in_every_section() -> None:
    assert carried() == {
        "staff": ["60"],
        "lead": ["Kim"],
        "groups.a.heads": ["20"],
        "courses": ["1"],
        "courses.1.title": ["Neglect"],
    }
    page = open_first(YEARLY, {}, EARLIER)
    assert [(field.value, field.before) for field in page.fields[:2]] == [("60", "60"), ("Kim", "Kim")]
    assert ("groups.a.heads", "20") in page.carried


def test_a_form_that_carries_nothing_starts_empty_but_shows_what_was_said() -> None:
    plain = form(sections=PARTS)
    assert carry_over(plain, EARLIER) == {}
    page = open_first(plain, {}, EARLIER)
    assert [(field.value, field.before) for field in page.fields] == [("", "60"), ("", "Kim")]


def test_carried_answers_need_a_tick_in_each_section_that_has_any() -> None:
    assert refuse(YEARLY, carried(), None, EARLIER) == [
        (f"still_true.{name}", NOT_YET) for name in ("people", "groups", "courses")
    ]
    assert set(take(YEARLY, carried() | TICKS, None, EARLIER)) == {"staff", "lead", "groups", "courses"}


def test_a_section_in_which_everything_changed_needs_no_tick() -> None:
    changed = carried() | TICKS | {"staff": "61", "lead": "Ali", "still_true.people": ""}
    assert take(YEARLY, changed, None, EARLIER)["staff"] == 61
    half = carried() | TICKS | {"staff": "61", "still_true.people": ""}
    assert refuse(YEARLY, half, None, EARLIER) == [("still_true.people", NOT_YET)]


def test_the_tick_stands_at_the_end_of_its_section_and_nowhere_else() -> None:
    laid_out = pages(YEARLY, carried(), (), EARLIER)
    ticks = {page.name: [field.name for field in page.fields if field.kind == "tick"] for page in laid_out}
    assert ticks == {
        "staff": ["still_true.people"],
        "groups": ["still_true.groups"],
        "courses.1": [],
        "courses": ["still_true.courses"],
        "new": [],
    }


def test_a_page_without_its_tick_comes_back_and_with_it_goes_on() -> None:
    page = advance(YEARLY, carried(), "staff", EARLIER)
    assert isinstance(page, Page)
    assert [(field.id, field.error) for field in page.errors] == [("still_true.people", NOT_YET)]
    page = advance(YEARLY, carried() | {"still_true.people": ["yes"]}, "staff", EARLIER)
    assert isinstance(page, Page)
    assert (page.name, page.errors) == ("groups", ())
    assert ("still_true.people", "yes") in page.carried
    ticked = open_first(YEARLY, carried() | {"still_true.people": ["yes"]}, EARLIER)
    assert "still_true.people" not in dict(ticked.carried)
    assert ticked.fields[-1].options[0].checked


def test_every_section_ticked_ends_in_answers() -> None:
    raw = carried() | {name: ["yes"] for name in TICKS}
    at: Page | Answers = open_first(YEARLY, raw, EARLIER)
    for _ in range(6):
        if isinstance(at, Page):
            at = advance(YEARLY, raw, at.name, EARLIER)
    assert isinstance(at, Answers)


def test_an_answer_that_the_form_no_longer_takes_is_asked_for_again() -> None:
    narrow = form(ask("integer", "staff", maximum=9), carries=True)
    raw = carry_over(narrow, EARLIER)
    assert refuse(narrow, dict(raw), None, EARLIER) == [("staff", "Staff cannot be more than 9")]


def test_what_was_said_last_time_stands_beside_each_cell_but_not_beside_renumbered_entries() -> None:
    laid_out = {page.name: page for page in pages(YEARLY, carried(), (), EARLIER)}
    assert [line.fields[0].before for line in laid_out["groups"].fields[0].lines] == ["20", ""]
    assert laid_out["courses.1"].fields[0].before == ""


@pytest.mark.parametrize("tick", ["still_true.gone", "still_true", "still_true.people.x"])
def test_ticks_of_no_section_are_ignored(tick: str) -> None:
    assert not YEARLY.owns(tick)
    assert len(refuse(YEARLY, carried() | {tick: "yes"}, None, EARLIER)) == 3
