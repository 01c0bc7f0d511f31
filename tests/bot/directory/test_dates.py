from datetime import date

import pytest

from bot.directory.dates import read_date, read_days

DAY = date(2026, 9, 2)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-09-02",
        "2026-9-2",
        "2026-09-02 00:00:00",
        "2026-09-02T00:00",
        "02/09/2026",
        "2/9/26",
        "2.9.2026",
        "02-09-2026",
        "2 Sep 2026",
        "2-Sep-26",
        "2 Sept 2026",
        "2nd September 2026",
        "Wednesday 2 September 2026",
        "Wed, 2 Sep. 2026",
        "  2  SEP  2026 ",
    ],
)
def test_a_date_is_read_as_people_type_it(typed: str) -> None:
    assert read_date(typed) == DAY


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "46267",
        "09/30/2026",
        "31/02/2026",
        "2026-13-01",
        "2 Sep",
        "2 Foo 2026",
        "1/1/1899",
        "2/9/2026 to",
    ],
)
def test_what_is_no_date_is_not_guessed_at(typed: str) -> None:
    assert read_date(typed) is None


def test_days_may_be_single_or_stretches() -> None:
    days = read_days("31 Dec 2026 to 2 Jan 2027; 04/05/2027;")
    assert days == (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2), date(2027, 5, 4))


@pytest.mark.parametrize(
    "typed", ["2 Jan 2027 to 31 Dec 2026", "1 Jan 2001 to 1 Jan 2099", "Christmas", "4 May 2027, soon"]
)
def test_days_that_make_no_sense_are_none(typed: str) -> None:
    assert read_days(typed) is None


def test_no_days_are_no_closures() -> None:
    assert read_days(" ") == ()
