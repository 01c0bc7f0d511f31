"""Opening: the day on which a question opens, and when one is due that an earlier answer has made live."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from messages.days.calendar import WorkingCalendar
from store.people.agency import Agency

#: Working days that are left at least to answer it; urgent ones have one.
LEAST_DAYS = 5
AUGUST = 8


def day_for(opens_on: date, agency: Agency) -> date:
    """The day on which a question that has one opens to an agency's people; to a school's not in August.

    It is their own calendar that then finds the first working day from there on.
    """
    keeps_terms = agency.is_school or agency.sector.endswith("school")
    return date(opens_on.year, AUGUST + 1, 1) if keeps_terms and opens_on.month == AUGUST else opens_on


def due_when_opened(
    opened_at: datetime, due_on: date, calendar: WorkingCalendar, zone: ZoneInfo, *, urgent: bool
) -> date:
    """Give its date, or a later one, so that nobody is chased in the days in which they are asked."""
    opened = calendar.next_working(opened_at.astimezone(zone).date())
    return max(due_on, calendar.add(opened, 1 if urgent else LEAST_DAYS))
