"""Days, day first, in one text or three boxes."""

from datetime import date

import pytest

from surveys.answering.answers import Answers, Problems, check
from surveys.errors import FormError
from surveys.paging.pages import pages
from tests.surveys.make import ask, form

WHEN = form(ask("date", "when", earliest="2000-01-01", latest="today"))


@pytest.mark.parametrize(
    "typed",
    [
        "3/11/2026",
        "03/11/2026",
        "3.11.2026",
        "3-11-2026",
        "3 11 2026",
        "3/11/26",
        "2026-11-03",
        "3 November 2026",
        "3 november, 2026",
        "3rd Nov 2026",
        "Tuesday 3 November 2026",
        "Tue, 3 Nov 2026",
        " 3/11/2026 ",
        "\uff13/\uff11\uff11/\uff12\uff10\uff12\uff16",
    ],
)
def test_a_day_is_understood_however_it_is_written(typed: str) -> None:
    assert check(WHEN, {"when": [typed]}) == Answers("sample", 1, {"when": "2026-11-03"})


@pytest.mark.parametrize("month", ["11", "Nov", "november"])
def test_three_boxes_make_one_day(month: str) -> None:
    raw = {"when-day": ["3"], "when-month": [month], "when-year": ["2026"]}
    assert check(WHEN, raw) == Answers("sample", 1, {"when": "2026-11-03"})


@pytest.mark.parametrize(
    "typed",
    [
        "31/2/2026",
        "11/13/2026",
        "3/11",
        "yesterday",
        "3/11/226",
        "2026",
        "0/0/0000",
        "3 Foo 2026",
        "1" * 99_999,
    ],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    assert _said({"when": [typed]}) == ["When must be a real date, day first, like 11/10/2026"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"when-day": ["3"]}, "When must have a day, a month and a year"),
        ({"when-day": ["3"], "when-month": ["11"]}, "When must have a day, a month and a year"),
        ({"when": ["31/12/1999"]}, "When cannot be before 1 January 2000"),
        ({"when": ["5/11/2026"]}, "When cannot be after today"),
    ],
)
def test_half_a_date_and_one_out_of_bounds_are_refused(raw: dict[str, list[str]], said: str) -> None:
    assert _said(raw) == [said]


def test_bounds_no_day_can_meet_are_refused_when_the_form_is_read() -> None:
    with pytest.raises(FormError, match="earliest is after latest"):
        form(ask("date", "when", earliest="2026-02-01", latest="2026-01-31"))


def test_today_itself_is_not_in_the_future_and_an_unknown_today_bounds_nothing() -> None:
    assert not _said({"when": ["4/11/2026"]})
    assert isinstance(check(WHEN, {"when": ["5/11/2026"]}), Answers)


def test_a_day_given_as_one_text_fills_the_three_boxes() -> None:
    (field,) = pages(WHEN, {"when": ["2026-11-03"]})[0].fields
    assert [box.value for box in field.boxes] == ["3", "11", "2026"]
    assert field.id == "when-day"


def test_what_was_typed_in_the_boxes_is_shown_again_even_if_wrong() -> None:
    (field,) = pages(WHEN, {"when-day": ["31"], "when-month": ["Feb"]})[0].fields
    assert [box.value for box in field.boxes] == ["31", "Feb", ""]


def _said(raw: dict[str, list[str]]) -> list[str]:
    found = check(WHEN, raw, date(2026, 11, 4))
    return [each.text for each in found] if isinstance(found, Problems) else []
