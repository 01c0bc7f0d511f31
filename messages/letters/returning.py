"""Returning: the day and the words with which an answer goes back to whoever gave it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from messages.changes.more_time import later
from messages.days.almanac import Almanac
from messages.days.calendar import CalendarEnds
from store.asking.ask import Ask
from store.database import Session
from store.people.agency import Agency

#: Working days in which something is looked at again, unless another day is said.
DAYS = 10


def due_again(session: Session, asked: Ask, now: datetime, zone: ZoneInfo, wanted: date | None) -> date:
    """By when an answer is to come again: the day that is wanted, moved to a working day, or ten days on.

    Days are the agency's own; the board's where its terms are not known. Whoever answered early keeps the
    time that they had, unless a day is said.
    """
    if wanted is None:
        return max(asked.due_on, later(session, asked, now.astimezone(zone).date(), DAYS))
    almanac = Almanac(session)
    try:
        return almanac.of(session.get_one(Agency, asked.agency_id)).next_working(wanted)
    except CalendarEnds:
        return almanac.office().next_working(wanted)


def say_points(points: Iterable[Mapping[str, Any]]) -> str:
    """Points on one line, as a letter has them: numbered where there are several."""
    told = [f"“{one['title']}”: {one['text']}" if one.get("title") else str(one["text"]) for one in points]
    return " ".join(f"({place}) {text}" for place, text in enumerate(told, 1)) if told[1:] else "".join(told)
