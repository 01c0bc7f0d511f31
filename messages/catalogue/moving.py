"""Moving: whether an entry of the year can open, and fall due, on other days, and on which it would land."""

from datetime import date

from messages.catalogue.board_year import say_year, year_of
from messages.catalogue.return_kind import SCHOOLS
from messages.catalogue.year import WITH_SCHOOLS, Calendars
from messages.chasing.quiet import first_fit
from messages.days.calendar import SATURDAY, CalendarEnds, WorkingCalendar, bank_holidays


def why_not_moved(
    group: str, year: int, opens_on: date, due_on: date, today: date, calendars: Calendars
) -> str:
    """Why a group cannot be asked from one day until another, with what would do; empty where it can."""
    if opens_on < today:
        return f"{_say(opens_on)} is past: it opens today, {_say(today)}, or later."
    if year_of(opens_on) != year:
        return f"{_say(opens_on)} is not in {say_year(year)}: its year is that of the day on which it opens."
    lands = _where_it_opens(group, opens_on, calendars)
    if lands != opens_on:
        return f"{_say(opens_on)} is {_what(opens_on, group)}: it would open on {_say(lands)}. Say that day."
    if due_on <= opens_on:
        return f"It cannot open on {_say(opens_on)} and be due on {_say(due_on)}: say a later day with --due."
    settles = where_it_settles(group, due_on, calendars)
    if settles != due_on:
        return f"{_say(due_on)} is {_what(due_on, group)}: it would be due on {_say(settles)}. Say that day."
    return ""


def where_it_settles(group: str, due_on: date, calendars: Calendars) -> date:
    """The day on which something falls due that was to be due on a day."""
    try:
        own = calendars.schools or (calendars.office,) if group == SCHOOLS else (calendars.office,)
        return max(one.settle_deadline(due_on) for one in own)
    except CalendarEnds:
        return calendars.office.settle_deadline(due_on)


def due_after(group: str, opens_on: date, days: int, calendars: Calendars) -> date:
    """The day that lies so many working days after an opening, for the last of those who are asked."""
    try:
        own = calendars.schools or (calendars.office,) if group == SCHOOLS else (calendars.office,)
        return max(one.add(opens_on, days) for one in own)
    except CalendarEnds:
        return calendars.office.add(opens_on, days)


def _where_it_opens(group: str, opens_on: date, calendars: Calendars) -> date:
    known: tuple[WorkingCalendar, ...] = (calendars.office,)
    try:
        return first_fit(opens_on, (*known, *(calendars.schools if group in WITH_SCHOOLS else ())))
    except CalendarEnds:
        return first_fit(opens_on, known)


def _what(day: date, group: str) -> str:
    if day.weekday() >= SATURDAY:
        return f"a {day:%A}"
    if day in bank_holidays(day.year):
        return "a bank holiday"
    if group in WITH_SCHOOLS:
        return "no day for schools: out of term, or their fullest week"
    return "a day on which offices are closed, or nothing new is asked"


def _say(day: date) -> str:
    return f"{day:%a} {day:%d/%m/%Y}"
