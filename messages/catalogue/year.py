"""The year: what a board asks for on which days, from the catalogue, its calendars and its lessons."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from messages.catalogue.board_year import FIRST_MONTH, day_in, say_year, year_of
from messages.catalogue.return_kind import SCHOOLS, Cadence, Opening, ReturnKind
from messages.chasing.quiet import first_fit
from messages.days.calendar import CalendarEnds, Term, WorkingCalendar
from messages.days.school_term import term_of
from store.asking.lesson import Priority

#: Groups that schools are among, so that the days of schools count too.
WITH_SCHOOLS = (SCHOOLS, "everyone")
#: School days that a half-term, or a term, must still have for its end to be the due day.
LEAST_DAYS = {"half_term": 20, "term": 40}
#: Characters of a short name.
LONGEST_SLUG = 50


@dataclass(frozen=True, slots=True)
class LessonSent:
    """A lesson that went out: on which day, how pressing, and whether a serious case review taught it."""

    id: UUID
    code: str
    title: str
    on: date
    priority: Priority
    is_from_review: bool


@dataclass(frozen=True, slots=True)
class Calendars:
    """The board's own calendar, and those of the schools that it asks, one for each set of term dates."""

    office: WorkingCalendar
    schools: tuple[WorkingCalendar, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """One entry of a year: what is asked of which group, from when until when."""

    kind: ReturnKind
    cadence: Cadence
    year: int
    #: Tells it from other entries of the same return, group and year; empty where there is no other.
    occasion: str
    #: The short name that its campaign will bear.
    slug: str
    title: str
    opens_on: date
    due_on: date
    #: Working days to answer, counted for each agency by its own calendar; None where all have one due day.
    due_days: int | None
    lesson: LessonSent | None = None
    values: dict[str, str] = field(default_factory=dict)
    #: Why its days are those of offices though schools are asked; empty where they are not.
    provisional: str = ""


@dataclass(frozen=True, slots=True)
class _Days:
    opens_on: date
    due_on: date
    due_days: int | None
    provisional: str = ""


def plan_year(
    kind: ReturnKind, year: int, calendars: Calendars, lessons: Sequence[LessonSent], *, swapped: bool = False
) -> list[Planned]:
    """The entries of one return in one of the board's years, the earliest first.

    `swapped` takes the other of two alternating years, as where a refresh would have its turn.
    """
    found = []
    for cadence in kind.cadences:
        if cadence.hangs_on_lesson:
            found += [one for one in _after(kind, cadence, calendars, lessons) if one.year == year]
        elif is_its_turn(cadence, year, swapped=swapped):
            found += [_on_day(kind, cadence, year, opening, calendars) for opening in cadence.openings]
    return sorted(found, key=lambda one: (one.opens_on, one.slug))


def is_its_turn(cadence: Cadence, year: int, *, swapped: bool) -> bool:
    """Whether a cadence that alternates has its turn in a year; one that does not always has."""
    is_even = (year % 2 == 0) != swapped
    return not cadence.years or (cadence.years == "even") == is_even


def _on_day(kind: ReturnKind, cadence: Cadence, year: int, opening: Opening, calendars: Calendars) -> Planned:
    nominal = day_in(year, opening.month, opening.day)
    days = _find(cadence, calendars, partial(_from_opening, cadence, nominal))
    places = _places(year, nominal) | {"tag": opening.tag}
    places |= {"occasion": opening.occasion.format(**places)}
    title = cadence.title.format(**places)
    return Planned(
        kind=kind,
        cadence=cadence,
        year=year,
        occasion=opening.tag,
        slug=_slug(kind, str(year), cadence.group if _has_groups(kind) else "", opening.tag),
        title=title,
        opens_on=days.opens_on,
        due_on=days.due_on,
        due_days=days.due_days,
        values={name: words.format(**places, title=title) for name, words in cadence.values.items()},
        provisional=days.provisional,
    )


def _after(
    kind: ReturnKind, cadence: Cadence, calendars: Calendars, lessons: Sequence[LessonSent]
) -> Iterator[Planned]:
    """What a cadence asks after each lesson that it is for."""
    for lesson in lessons:
        if lesson.priority not in cadence.priorities or cadence.reviews not in (None, lesson.is_from_review):
            continue
        days = _find(cadence, calendars, partial(_from_lesson, cadence, lesson.on))
        year = year_of(days.opens_on)
        when = f"m{cadence.due_months}" if cadence.due_months else cadence.tag
        places = _places(year, days.opens_on) | {"lesson": f"“{lesson.title}”"}
        months = {"months": str(cadence.due_months)} if cadence.due_months else {}
        yield Planned(
            kind=kind,
            cadence=cadence,
            year=year,
            occasion=" ".join(filter(None, (lesson.code, when))),
            slug=_slug(kind, lesson.code, cadence.group if _has_groups(kind) else "", when),
            title=cadence.title.format(**places),
            opens_on=days.opens_on,
            due_on=days.due_on,
            due_days=days.due_days,
            lesson=lesson,
            values=months,
            provisional=days.provisional,
        )


def _find(
    cadence: Cadence, calendars: Calendars, days: Callable[[tuple[WorkingCalendar, ...]], _Days]
) -> _Days:
    """Days by the calendars that the group lives by; by the office's alone where no term dates reach."""
    if cadence.group not in WITH_SCHOOLS or not calendars.schools:
        return days((calendars.office,))
    said, known = "", []
    for school in calendars.schools:
        try:
            days((calendars.office, school))
            known.append(school)
        except CalendarEnds as ends:
            said = str(ends)
    if not known:
        return replace(days((calendars.office,)), provisional=said)
    return days((calendars.office, *known))


def _from_opening(cadence: Cadence, nominal: date, calendars: tuple[WorkingCalendar, ...]) -> _Days:
    opens = first_fit(nominal, calendars)
    own = _own(cadence, calendars)
    if cadence.until:
        ends = [_last_day(calendar, opens, cadence.until) for calendar in own]
        if any(ends):
            return _Days(opens, max(end for end in ends if end), None)
    return _Days(opens, max(one.add(opens, cadence.due_days) for one in own), cadence.due_days)


def _from_lesson(cadence: Cadence, went_out: date, calendars: tuple[WorkingCalendar, ...]) -> _Days:
    own = _own(cadence, calendars)
    if cadence.due_months is None:
        return _from_opening(cadence, went_out + timedelta(weeks=cadence.opens_weeks or 0), calendars)
    due = max(one.settle_deadline(add_months(went_out, cadence.due_months)) for one in own)
    opens = first_fit(min(one.add(due, -cadence.open_days) for one in own), calendars)
    return _Days(opens, due, None)


def _own(cadence: Cadence, calendars: tuple[WorkingCalendar, ...]) -> tuple[WorkingCalendar, ...]:
    """By which calendars the due day is counted: schools' own, else the office's."""
    return calendars[1:] or calendars if cadence.group == SCHOOLS else calendars[:1]


def _last_day(calendar: WorkingCalendar, opens: date, until: str) -> date | None:
    """The last school day of the half-term, or term, of a day; None where too little of it is left."""
    spans = [span for span in calendar.terms if _is_same(span, opens, until)]
    if not spans:
        return None
    last = max(last for _, last in spans)
    last = last if calendar.is_working(last) else calendar.add(last, -1)
    return last if calendar.between(opens, last) >= LEAST_DAYS[until] else None


def _is_same(span: Term, opens: date, until: str) -> bool:
    """Whether a stretch of school days is the half-term, or belongs to the term, in which a day lies."""
    first, last = span
    if until == "half_term":
        return first <= opens <= last
    return term_of(first) == term_of(opens)


def add_months(day: date, count: int) -> date:
    """The same day of a later month, or that month's last where it has none such."""
    months = day.month - 1 + count
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _places(year: int, opens: date) -> dict[str, str]:
    """What titles may say of a year, of the calendar year of the opening, and of the one before it."""
    return {"year": say_year(year), "opened": str(opens.year), "before": str(opens.year - 1)}


def _has_groups(kind: ReturnKind) -> bool:
    return len({one.group for one in kind.cadences}) > 1


def _slug(kind: ReturnKind, *parts: str) -> str:
    """A short name of small letters, figures and hyphens; a campaign's may be a little longer."""
    typed = "-".join(part for part in (kind.key, *parts) if part).casefold()
    words = "".join(char if char.isascii() and char.isalnum() else "-" for char in typed)
    return "-".join(filter(None, words.split("-")))[:LONGEST_SLUG].rstrip("-")


#: The first month and day of a year, for whoever lays it out month by month.
MONTHS = tuple((FIRST_MONTH - 1 + count) % 12 + 1 for count in range(12))
