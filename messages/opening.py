"""Opening: when a question is due that an earlier answer has made live, where that came late."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from messages.calendar import WorkingCalendar

#: Working days that are left at least to answer it; urgent ones have one.
LEAST_DAYS = 5


def due_when_opened(
    opened_at: datetime, due_on: date, calendar: WorkingCalendar, zone: ZoneInfo, *, urgent: bool
) -> date:
    """Give its date, or a later one, so that nobody is chased in the days in which they are asked."""
    opened = calendar.next_working(opened_at.astimezone(zone).date())
    return max(due_on, calendar.add(opened, 1 if urgent else LEAST_DAYS))
