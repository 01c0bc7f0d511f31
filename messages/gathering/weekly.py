"""Weekly: when a reader's letters go, and which share a message, each as soon as the budget lets it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.days.calendar import CalendarEnds, WorkingCalendar, office_calendar
from messages.days.hours import is_polite, morning_of, next_polite
from messages.gathering.budget import Reader, Waiting, day_for

T = TypeVar("T")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Letter(Generic[T]):
    """One letter that its reader is to get, from the moment on which its rung is climbed."""

    at: datetime
    ask_id: UUID
    is_first: bool
    waiting: Waiting
    item: T


def spread(
    letters: Iterable[Letter[T]], reader: Reader, zone: ZoneInfo
) -> Iterator[tuple[datetime, list[T]]]:
    """The messages to one reader, each with its moment and what it carries, if nothing else goes to them."""
    coming = sorted(letters, key=lambda one: one.at)
    waiting: list[tuple[datetime, Letter[T]]] = [(one.at, one) for one in coming]
    while waiting:
        now = min(wake for wake, _ in waiting)
        today = now.astimezone(zone).date()
        due = [one for wake, one in waiting if wake <= now and _is_at_work(one, now, zone)]
        days = [_day_for(reader, one, today) for one in due]
        if due and reader.last_on != today and min(days) <= today:
            goes = [one for _, one in waiting if one.at <= now and _is_at_work(one, now, zone)]
            kept, _ = one_of_each(goes, lambda one: (one.ask_id, one.is_first, one.at))
            stays, gone = {id(one) for one in kept}, {id(one) for one in goes}
            yield now, [one.item for one in goes if id(one) in stays]
            waiting = [(wake, one) for wake, one in waiting if id(one) not in gone]
            reader = replace(reader, last_on=today)
            continue
        day = today + ONE_DAY if reader.last_on == today else min(days, default=today)
        waiting = [(_wake(one, now, day, zone) if wake <= now else wake, one) for wake, one in waiting]


def one_of_each(
    some: Sequence[T], told: Callable[[T], tuple[UUID, bool, datetime]]
) -> tuple[list[T], list[tuple[T, T]]]:
    """One letter about each ask, and those overtaken, each with the one that stays in its place.

    `told` gives a letter's ask, whether it is the first about it, and its moment. The first stays, else the
    latest.
    """
    kept: dict[UUID, T] = {}
    overtaken: list[tuple[T, T]] = []
    for one in sorted(some, key=lambda one: told(one)[1:]):
        before = kept.get(told(one)[0])
        overtaken += [(before, one)] if before is not None else []
        kept[told(one)[0]] = one
    return list(kept.values()), overtaken


def _day_for(reader: Reader, letter: Letter[T], today: date) -> date:
    try:
        return day_for(reader, letter.waiting, today)
    except CalendarEnds:
        return day_for(reader, replace(letter.waiting, calendar=office_calendar()), today)


def _is_at_work(letter: Letter[T], now: datetime, zone: ZoneInfo) -> bool:
    return is_polite(now, _known(letter, now, zone), zone)


def _wake(letter: Letter[T], now: datetime, day: date, zone: ZoneInfo) -> datetime:
    """When a letter is looked at again: on that day, or when its agency is next at work."""
    calendar = _known(letter, now, zone)
    polite = next_polite(now, calendar, zone)
    return polite if polite > now else morning_of(day, calendar, zone)


def _known(letter: Letter[T], now: datetime, zone: ZoneInfo) -> WorkingCalendar:
    """The calendar of the letter's agency; an office's where its term dates do not reach."""
    try:
        letter.waiting.calendar.next_working(now.astimezone(zone).date())
    except CalendarEnds:
        return office_calendar()
    return letter.waiting.calendar
