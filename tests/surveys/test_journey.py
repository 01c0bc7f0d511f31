"""From the first page to finished answers."""

from datetime import date

import pytest

from surveys.answering.answers import Answers
from surveys.library import load
from surveys.paging.journey import advance, open_first
from surveys.paging.pages import Page

CASCADE = load("cascade")
EARLIER = {"acknowledge": {"staff": 60}}
TODAY = date(2026, 11, 4)
REACH = {
    "shared": ["some"],
    "staff": ["60"],
    "reached": ["45"],
    "basis": ["estimate"],
    "first_shared-day": ["3"],
    "first_shared-month": ["11"],
    "first_shared-year": ["2026"],
    "how": ["email", "other"],
}


def _go(raw: dict[str, list[str]], at: str) -> Page | Answers:
    return advance(CASCADE, raw, at, EARLIER, TODAY)


def _page(step: Page | Answers) -> Page:
    assert isinstance(step, Page)
    return step


def test_the_first_page_asks_one_thing() -> None:
    page = open_first(CASCADE, {}, EARLIER)
    assert [field.name for field in page.fields] == ["shared"]
    assert not page.errors


def test_the_next_page_complains_of_nothing_before_it_is_sent() -> None:
    page = _page(_go({"shared": ["all"]}, "shared"))
    assert [field.name for field in page.fields] == ["staff", "reached", "basis", "first_shared", "how"]
    assert not page.errors
    assert page.fields[0].value == "60"
    assert page.fields[1].value == ""


def test_a_page_with_a_problem_comes_back() -> None:
    page = _page(_go(REACH | {"reached": ["61"]}, "staff"))
    assert [field.error for field in page.errors] == ["Staff reached cannot be more than staff in scope (60)"]


def test_the_optional_page_is_shown_before_anything_is_finished() -> None:
    page = _page(_go(REACH, "staff"))
    assert page.is_last
    assert [field.name for field in page.fields][:2] == ["how_other", "teams_missed"]
    finished = _go(REACH | {"teams_missed": ["Nights, on Friday"]}, page.name)
    assert isinstance(finished, Answers)
    assert finished.values["first_shared"] == "2026-11-03"


def test_claiming_to_be_at_the_end_skips_no_question() -> None:
    page = _page(_go({"shared": ["all"]}, "help"))
    assert page.name == "staff"
    assert len(page.errors) == 5


@pytest.mark.parametrize("at", ["", "nowhere", "reached", "../x"])
def test_an_unknown_page_starts_again_and_keeps_what_was_typed(at: str) -> None:
    page = _page(_go(REACH, at))
    assert page.name == "shared"
    assert ("staff", "60") in page.carried


@pytest.mark.parametrize(
    ("shared", "page", "reason"),
    [
        ("not_yet", "not_yet_reason", "not_yet_reason"),
        ("not_relevant", "not_relevant_reason", "not_relevant_reason"),
    ],
)
def test_not_yet_and_not_relevant_ask_for_a_reason_and_no_number(shared: str, page: str, reason: str) -> None:
    asked = _page(_go({"shared": [shared]}, "shared"))
    assert asked.name == page
    assert [field.name for field in _page(_go({"shared": [shared]}, page)).errors] == [reason]
    step = _go({"shared": [shared], reason: ["Staff away until Monday"]}, page)
    while isinstance(step, Page):
        step = _go({"shared": [shared], reason: ["Staff away until Monday"]}, step.name)
    assert step.values == {"shared": shared, reason: "Staff away until Monday"}


def test_changing_ones_mind_drops_what_no_longer_applies() -> None:
    raw = REACH | {"shared": ["not_relevant"], "not_relevant_reason": ["We have no such staff"]}
    finished = _go(raw, "not_relevant_reason")
    assert isinstance(finished, Answers)
    assert set(finished.values) == {"shared", "not_relevant_reason"}


def test_a_date_to_come_is_sent_back() -> None:
    page = _page(_go(REACH | {"first_shared-day": ["5"]}, "staff"))
    assert [field.error for field in page.errors] == ["Date first shared cannot be after today"]
