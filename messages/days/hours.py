"""The hours of a working day in which it is polite to write to somebody."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from messages.days.calendar import WorkingCalendar

#: Local opening and closing times.
USUAL_HOURS = (time(9), time(16, 30))

#: Weekdays, numbered from Monday as 0, with hours of their own: nobody is chased before they have read their
#: Monday mail, nor on a Friday afternoon.
SHORT_HOURS = {0: (time(10), time(16, 30)), 4: (time(9), time(14))}

ONE_DAY = timedelta(days=1)


def next_polite(moment: datetime, calendar: WorkingCalendar, zone: ZoneInfo) -> datetime:
    """Return the earliest moment, at or after an aware one, inside the working hours of a place; in UTC.

    Hours are half open: at closing time it is too late for that day. Raises CalendarEnds where the calendar
    does not know the next working day, and ValueError for a moment without a zone.
    """
    instant = _in_utc(moment)
    today = instant.astimezone(zone).date()
    day = calendar.next_working(today)
    if day == today and instant >= _closing(day, zone):
        day = calendar.next_working(day + ONE_DAY)
    return max(instant, _opening(day, zone))


def is_polite(moment: datetime, calendar: WorkingCalendar, zone: ZoneInfo) -> bool:
    """Tell whether an aware moment lies inside working hours; raises as `next_polite` does."""
    instant = _in_utc(moment)
    today = instant.astimezone(zone).date()
    return calendar.is_working(today) and _opening(today, zone) <= instant < _closing(today, zone)


def morning_of(day: date, calendar: WorkingCalendar, zone: ZoneInfo) -> datetime:
    """Return the first polite moment, in UTC, of a working day, or of the next one where nobody works."""
    return _opening(calendar.next_working(day), zone)


def _opening(day: date, zone: ZoneInfo) -> datetime:
    """Return when a working day's hours begin, in UTC."""
    opens, _ = SHORT_HOURS.get(day.weekday(), USUAL_HOURS)
    return datetime.combine(day, opens, zone).astimezone(UTC)


def _closing(day: date, zone: ZoneInfo) -> datetime:
    """Return when a working day's hours are over, in UTC."""
    _, closes = SHORT_HOURS.get(day.weekday(), USUAL_HOURS)
    return datetime.combine(day, closes, zone).astimezone(UTC)


def _in_utc(moment: datetime) -> datetime:
    """Turn an aware moment into UTC, where moments can be compared across a change of clocks."""
    if moment.utcoffset() is None:
        raise ValueError(f"The moment {moment.isoformat()} has no time zone.")
    return moment.astimezone(UTC)
