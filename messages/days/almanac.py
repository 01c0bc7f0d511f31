"""Almanac: the working calendar of every agency, from imported terms and closure days."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.days.calendar import CalendarEnds, WorkingCalendar, office_calendar, school_calendar
from messages.days.hours import next_polite
from store.database import Session
from store.people.agency import Agency
from store.people.term import closed_days, spans


class Almanac:
    """Calendars by agency, each made once and kept for as long as the almanac is."""

    def __init__(self, session: Session) -> None:
        """Read terms and closure days; later changes are not seen."""
        self._spans = spans(session)
        self._closed = closed_days(session)
        self._made: dict[tuple[str | None, frozenset[date]], WorkingCalendar] = {}

    def of(self, agency: Agency) -> WorkingCalendar:
        """The calendar of an agency. A school whose terms are not imported has none: it raises when asked."""
        closed = self._closed.get(None, frozenset()) | self._closed.get(agency.id, frozenset())
        return self._make(agency.term_set if agency.is_school else None, closed)

    def office(self) -> WorkingCalendar:
        """The board's own calendar."""
        return self._make(None, self._closed.get(None, frozenset()))

    def school(self, term_set: str) -> WorkingCalendar:
        """The calendar that schools with a set of terms share, without the days on which one is closed."""
        return self._make(term_set, self._closed.get(None, frozenset()))

    def polite(self, agency: Agency, now: datetime, zone: ZoneInfo) -> datetime:
        """An agency's next working hour; the board's own where its terms are not known."""
        try:
            return next_polite(now, self.of(agency), zone)
        except CalendarEnds:
            return next_polite(now, self.office(), zone)

    def reaches(self, agency_ids: dict[UUID, Agency], day: date) -> list[Agency]:
        """The schools whose imported terms end before a day: a gap for a coordinator to fill."""
        short = []
        for agency in agency_ids.values():
            terms = self._spans.get(agency.term_set or "", ())
            if agency.is_school and (not terms or terms[-1][1] < day):
                short.append(agency)
        return short

    def _make(self, term_set: str | None, closed: frozenset[date]) -> WorkingCalendar:
        key = (term_set, closed)
        if key not in self._made:
            self._made[key] = (
                office_calendar(closed)
                if term_set is None
                else school_calendar(self._spans.get(term_set, ()), closed, name=term_set)
            )
        return self._made[key]
