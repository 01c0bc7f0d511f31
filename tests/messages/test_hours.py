"""When it is polite to write, on both sides of a change of clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.days.calendar import CalendarEnds, WorkingCalendar, office_calendar, school_calendar
from messages.days.hours import is_polite, morning_of, next_polite

LONDON = ZoneInfo("Europe/London")
OFFICE = office_calendar()
SCHOOL = school_calendar(
    [
        (date(2026, 2, 23), date(2026, 3, 27)),
        (date(2026, 4, 13), date(2026, 7, 21)),
        (date(2026, 9, 2), date(2026, 10, 23)),
        (date(2026, 11, 2), date(2027, 12, 17)),
    ]
)

zones = st.sampled_from([LONDON, ZoneInfo("Pacific/Auckland"), ZoneInfo("America/St_Johns"), ZoneInfo("UTC")])
calendars = st.sampled_from([OFFICE, SCHOOL])
moments = st.one_of(
    # All year, and crowded round the two changes of clocks.
    st.datetimes(datetime(2026, 3, 1), datetime(2027, 3, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
    st.integers(-6000, 6000).map(lambda m: datetime(2026, 3, 29, 1, tzinfo=UTC) + timedelta(minutes=m)),
    st.integers(-6000, 6000).map(lambda m: datetime(2026, 10, 25, 1, tzinfo=UTC) + timedelta(minutes=m)),
)


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        # Tuesday 13 January, while local time is UTC.
        (utc(1, 13, 3), utc(1, 13, 9)),
        (utc(1, 13, 9), utc(1, 13, 9)),
        (utc(1, 13, 12, 34), utc(1, 13, 12, 34)),
        (utc(1, 13, 16, 29), utc(1, 13, 16, 29)),
        (utc(1, 13, 16, 30), utc(1, 14, 9)),
        # Monday begins late and Friday ends early.
        (utc(1, 12, 9, 59), utc(1, 12, 10)),
        (utc(1, 12, 10), utc(1, 12, 10)),
        (utc(1, 16, 13, 59), utc(1, 16, 13, 59)),
        (utc(1, 16, 14), utc(1, 19, 10)),
        (utc(1, 17, 11), utc(1, 19, 10)),
        # In summer local time is an hour ahead: 7 July is a Tuesday.
        (utc(7, 7, 7), utc(7, 7, 8)),
        (utc(7, 7, 15, 30), utc(7, 8, 8)),
        (utc(7, 6, 23, 30), utc(7, 7, 8)),
        # Clocks go forward on Sunday 29 March.
        (utc(3, 27, 14), utc(3, 30, 9)),
        (utc(3, 29, 0, 59), utc(3, 30, 9)),
        (utc(3, 29, 1), utc(3, 30, 9)),
        (utc(3, 30, 8, 59), utc(3, 30, 9)),
        # Clocks go back on Sunday 25 October.
        (utc(10, 23, 12, 59), utc(10, 23, 12, 59)),
        (utc(10, 23, 13), utc(10, 26, 10)),
        (utc(10, 25, 0, 30), utc(10, 26, 10)),
        (utc(10, 25, 1, 30), utc(10, 26, 10)),
        (utc(10, 26, 9, 30), utc(10, 26, 10)),
        # Good Friday to Easter Monday; then Tuesday 7 April keeps usual hours.
        (utc(4, 2, 15, 30), utc(4, 7, 8)),
        # Christmas to the substitute day.
        (utc(12, 24, 17), utc(12, 29, 9)),
    ],
)
def test_a_letter_waits_for_working_hours(moment: datetime, expected: datetime) -> None:
    assert next_polite(moment, OFFICE, LONDON) == expected
    assert is_polite(moment, OFFICE, LONDON) == (moment == expected)


def test_a_local_time_that_does_not_exist_is_still_placed() -> None:
    skipped = datetime(2026, 3, 29, 1, 30, tzinfo=LONDON)
    assert next_polite(skipped, OFFICE, LONDON) == utc(3, 30, 9)
    assert not is_polite(skipped, OFFICE, LONDON)


def test_a_local_time_that_occurs_twice_is_placed_both_times() -> None:
    for fold in (0, 1):
        doubled = datetime(2026, 10, 25, 1, 30, fold=fold, tzinfo=LONDON)
        assert next_polite(doubled, OFFICE, LONDON) == utc(10, 26, 10)


def test_the_answer_is_in_utc_whatever_zone_was_asked_in() -> None:
    asked = datetime(2026, 7, 7, 11, tzinfo=LONDON)
    answer = next_polite(asked, OFFICE, LONDON)
    assert answer.tzinfo is UTC
    assert answer == utc(7, 7, 10)
    assert morning_of(date(2026, 7, 7), OFFICE, LONDON).tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "calendar", "expected"),
    [
        (date(2026, 3, 27), OFFICE, utc(3, 27, 9)),
        (date(2026, 3, 29), OFFICE, utc(3, 30, 9)),
        (date(2026, 3, 31), OFFICE, utc(3, 31, 8)),
        (date(2026, 10, 23), OFFICE, utc(10, 23, 8)),
        (date(2026, 10, 25), OFFICE, utc(10, 26, 10)),
        (date(2026, 10, 25), SCHOOL, utc(11, 2, 10)),
    ],
)
def test_a_morning_begins_when_the_day_opens(
    day: date, calendar: WorkingCalendar, expected: datetime
) -> None:
    assert morning_of(day, calendar, LONDON) == expected


def test_no_school_is_written_to_in_the_summer_holiday() -> None:
    assert next_polite(utc(7, 21, 15, 30), SCHOOL, LONDON) == utc(9, 2, 8)
    assert not is_polite(utc(8, 4, 11), SCHOOL, LONDON)
    assert is_polite(utc(8, 4, 11), OFFICE, LONDON)


def test_the_day_is_the_local_one_not_that_of_utc() -> None:
    # Sunday 22:00 in UTC is Monday 11:00 in Auckland.
    assert is_polite(utc(1, 18, 22), OFFICE, ZoneInfo("Pacific/Auckland"))


def test_an_unknown_day_is_not_guessed_at() -> None:
    after_the_last_term = datetime(2027, 12, 17, 15, tzinfo=UTC)
    with pytest.raises(CalendarEnds):
        next_polite(after_the_last_term, SCHOOL, LONDON)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-01-13T09:00:00 has no time zone"):
        next_polite(utc(1, 13, 9).replace(tzinfo=None), OFFICE, LONDON)


@given(moments, calendars, zones)
def test_the_next_polite_moment_is_polite_and_its_own_next(
    moment: datetime, calendar: WorkingCalendar, zone: ZoneInfo
) -> None:
    found = next_polite(moment, calendar, zone)
    assert found >= moment
    assert is_polite(found, calendar, zone)
    assert next_polite(found, calendar, zone) == found
    assert (found == moment) == is_polite(moment, calendar, zone)


@given(moments, calendars, zones, st.floats(0, 1, exclude_max=True))
def test_no_moment_before_the_next_polite_one_is_polite(
    moment: datetime, calendar: WorkingCalendar, zone: ZoneInfo, share: float
) -> None:
    found = next_polite(moment, calendar, zone)
    earlier = moment + (found - moment) * share
    assert earlier >= found or not is_polite(earlier, calendar, zone)


@given(moments, zones)
def test_local_clocks_show_working_hours(moment: datetime, zone: ZoneInfo) -> None:
    local = next_polite(moment, OFFICE, zone).astimezone(zone)
    opens, closes = {0: ("10:00", "16:30"), 4: ("09:00", "14:00")}.get(local.weekday(), ("09:00", "16:30"))
    assert local.weekday() < 5
    assert opens <= f"{local:%H:%M}" < closes
