"""The year of a board: returns turned on and off, and their entries laid down once, however often."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.catalogue.board_year import year_of
from messages.catalogue.moving import due_after, why_not_moved
from messages.catalogue.return_kind import NAMED, Cadence, ReturnKind, find
from messages.catalogue.year import Calendars, LessonSent, Planned, plan_year
from messages.days.almanac import Almanac
from messages.launching.audience import Audience
from store.asking import year
from store.asking.campaign import Campaign, CampaignState
from store.asking.lesson import Lesson
from store.asking.year import EntryState, YearEntry, YearReturn
from store.base import ordered_id
from store.database import Session
from store.decision import note
from store.people import board
from store.people.agency import Agency, members

#: What a lesson's kind is called where a serious case review, or what has come after it, taught it.
REVIEWS = ("scr", "serious case review", "lcspr", "local child safeguarding practice review")


def plan_all(session: Session, now: datetime, zone: ZoneInfo) -> int:
    """Lay down what is missing in every board's year, as for lessons that went out since; tells how many."""
    today = now.astimezone(zone).date()
    turned = year.turned_on_since(session, year_of(today))
    wanted = dict.fromkeys((one.board_id, one.year) for one in turned)
    return sum(plan(session, board_id, one, today, zone) for board_id, one in wanted)


def plan(session: Session, board_id: UUID, of: int, today: date, zone: ZoneInfo) -> int:
    """Lay down the entries of all that a board has turned on for a year; tells how many were missing.

    An entry whose day is past is laid down as off. What stands is left as it is, but for days that were found
    before the term dates were there.
    """
    turned = year.turned_on(session, board_id, of)
    if not turned:
        return 0
    calendars, lessons = read_calendars(session, board_id), find_lessons(session, board_id, zone)
    sectors = {one.sector for one in members(session, board_id)}
    standing = {_place_of(one): one for one in year.of_year(session, board_id, of)}
    suffix, taken = board.slug_to_say(session, board_id), year.slugs_taken(session)
    rows = []
    for one in _planned(turned, of, calendars, lessons):
        known = standing.get((one.kind.key, one.cadence.group, one.occasion))
        if known is not None:
            _find_again(known, one)
        elif _has_members(one.cadence, sectors):
            rows.append(_row(board_id, turned[one.kind.key], one, _free(one.slug, suffix, taken), today))
    year.add(session, rows)
    session.flush()
    return len(rows)


def turn_on(
    session: Session,
    board_id: UUID,
    kind: ReturnKind,
    of: int,
    agencies: Collection[str] = (),
    values: Mapping[str, str] | None = None,
    *,
    swapped: bool = False,
) -> None:
    """Turn a return on for a year; `plan` then lays its entries down. What was turned off comes back.

    `agencies` are the folded names of those that are asked, where the catalogue leaves that to the board.
    """
    row = year.turn_on(session, board_id, kind.key, of)
    row.agencies = sorted(agencies) or row.agencies
    row.values = {**row.values, **(values or {})}
    row.is_swapped = swapped or row.is_swapped
    for entry in year.of_year(session, board_id, of):
        if entry.return_key != kind.key or entry.state is EntryState.LAUNCHED:
            continue
        if agencies:
            entry.audience = Audience(agencies=frozenset(agencies)).to_json()
        entry.values = {**entry.values, **(values or {})}
    session.flush()


def wake(entry: YearEntry, today: date) -> None:
    """Let an entry that was off have its day again, where that is still to come."""
    if entry.state is EntryState.OFF and entry.opens_on >= today:
        entry.state, entry.wakes_on, entry.why = EntryState.PLANNED, entry.opens_on, ""


def turn_off(session: Session, board_id: UUID, kind: ReturnKind, of: int, why: str) -> list[str]:
    """Turn a return off for a year; tells which entries will not be asked for."""
    row = year.turned_on(session, board_id, of).get(kind.key)
    if row is not None:
        year.drop(session, row)
    entries = [one for one in year.of_year(session, board_id, of) if one.return_key == kind.key]
    return [one.slug for one in entries if turn_off_entry(session, one, why)]


def turn_off_entry(session: Session, entry: YearEntry, why: str) -> bool:
    """Let an entry be; False where it was launched already, or off."""
    return year.settle(session, entry.id, year.COMING, EntryState.OFF, why)


def move(
    session: Session,
    entry: YearEntry,
    opens_on: date | None,
    due_on: date | None,
    now: datetime,
    zone: ZoneInfo,
    by: str,
) -> str:
    """Move an entry that is not launched; or say why not, in a sentence, and change nothing."""
    if entry.state is EntryState.LAUNCHED:
        return "It was launched: `cascade extend` gives those who are asked more time."
    made = session.get(Campaign, entry.campaign_id) if entry.campaign_id else None
    if made is not None and made.state is not CampaignState.DRAFT:
        return "It is being launched just now."
    calendars, today = read_calendars(session, entry.board_id), now.astimezone(zone).date()
    opens, days = opens_on or entry.opens_on, None if due_on else entry.due_days
    due = due_on or entry.due_on
    if days is not None:
        due = due_after(entry.asked_group, opens, days, calendars)
    refusal = why_not_moved(entry.asked_group, entry.year, opens, due, today, calendars)
    if refusal:
        return refusal
    before = f"{entry.opens_on:%d/%m/%Y} to {entry.due_on:%d/%m/%Y}"
    entry.opens_on, entry.due_on, entry.due_days = opens, due, days
    entry.state, entry.wakes_on, entry.why, entry.is_provisional = EntryState.PLANNED, opens, "", False
    session.flush()
    why = f"{entry.slug}: {opens:%d/%m/%Y} to {due:%d/%m/%Y}, before that {before}"
    note(session, now, "year moved", why, by, board_id=entry.board_id, campaign_id=entry.campaign_id)
    return ""


def read_calendars(session: Session, board_id: UUID) -> Calendars:
    """The board's own calendar, and those of its schools, one for each set of term dates."""
    almanac = Almanac(session)
    sets = {one.term_set or "" for one in members(session, board_id) if one.is_school}
    return Calendars(almanac.office(), tuple(almanac.school(name) for name in sorted(sets)))


def find_lessons(session: Session, board_id: UUID, zone: ZoneInfo) -> list[LessonSent]:
    """The lessons that a board has sent, the oldest first."""
    sent = year.lessons_sent(session, board_id)
    return [_sent(lesson, at.astimezone(zone).date()) for lesson, at in sent]


def who_is_asked(one: Agency, entry: YearEntry) -> bool:
    """Whether an agency is in the audience of an entry."""
    return not Audience.from_json(entry.audience).leaves_out(one.sector, one.folded)


def _planned(
    turned: Mapping[str, YearReturn], of: int, calendars: Calendars, lessons: Sequence[LessonSent]
) -> Iterator[Planned]:
    for key, row in turned.items():
        kind = find(key)
        if kind is not None:
            yield from plan_year(kind, of, calendars, lessons, swapped=row.is_swapped)


def _sent(lesson: Lesson, on: date) -> LessonSent:
    is_from_review = " ".join(lesson.kind.casefold().split()) in REVIEWS
    return LessonSent(lesson.id, lesson.code, lesson.title, on, lesson.priority, is_from_review)


def _place_of(entry: YearEntry) -> tuple[str, str, str]:
    return entry.return_key, entry.asked_group, entry.occasion


def _find_again(entry: YearEntry, one: Planned) -> None:
    """Give an entry days by the term dates that have come since."""
    if entry.is_provisional and not one.provisional and entry.state in year.COMING:
        entry.opens_on, entry.due_on, entry.due_days = one.opens_on, one.due_on, one.due_days
        entry.is_provisional, entry.wakes_on, entry.why = False, one.opens_on, ""


def _has_members(cadence: Cadence, sectors: Collection[str]) -> bool:
    return not cadence.sectors or any(one in cadence.sectors for one in sectors)


def _free(slug: str, suffix: str, taken: set[str]) -> str:
    """A short name that no entry and no campaign bears, with the board's where there are several."""
    whole = f"{slug}-{suffix}"[:56].rstrip("-") if suffix else slug
    free, number = whole, 1
    while free in taken:
        number += 1
        free = f"{whole}-{number}"
    taken.add(free)
    return free


def _row(board_id: UUID, turned: YearReturn, one: Planned, slug: str, today: date) -> dict[str, Any]:
    is_past = one.opens_on < today
    past = f"its day was past when it was laid down: `cascade year move {slug} --opens DATE` gives it another"
    return {
        "id": ordered_id(),
        "board_id": board_id,
        "return_key": one.kind.key,
        "asked_group": one.cadence.group,
        "year": one.year,
        "occasion": one.occasion,
        "slug": slug,
        "title": one.title[:200],
        "playbook": one.cadence.playbook,
        "form": one.cadence.form,
        "small_form": one.cadence.small_form,
        "seat": one.cadence.seat,
        "audience": _audience(turned, one.cadence).to_json(),
        "values": {**one.values, **turned.values},
        "lesson_id": one.lesson.id if one.lesson else None,
        "opens_on": one.opens_on,
        "due_on": one.due_on,
        "due_days": one.due_days,
        "is_provisional": bool(one.provisional),
        "state": EntryState.OFF if is_past else EntryState.PLANNED,
        "wakes_on": None if is_past else one.opens_on,
        "why": past if is_past else one.provisional,
    }


def _audience(turned: YearReturn, cadence: Cadence) -> Audience:
    if cadence.group == NAMED:
        return Audience(agencies=frozenset(turned.agencies))
    return Audience(sectors=frozenset(cadence.sectors), agencies=frozenset(turned.agencies))
