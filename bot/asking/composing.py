"""Composing: the draft campaign of one entry of the year, or why there is none today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.asking.choice import Choice, choose
from bot.asking.drafting import draft
from bot.asking.places import find_unfilled
from bot.hearing import evidence
from messages.catalogue.return_kind import SCHOOLS
from messages.days.almanac import Almanac
from messages.launching.audience import Audience
from messages.playbooks import playbook
from messages.playbooks.chosen import takes_form
from store.asking import campaign, year
from store.asking.campaign import Campaign
from store.asking.lesson import Lesson, Priority
from store.asking.year import YearEntry
from store.database import Session
from store.people.agency import members

#: Wrong messages that the survey of practitioners has places for.
WRONG = 3
#: Working days that a launch may come late without moving a due day that all share.
LATE = 3


@dataclass(frozen=True, slots=True)
class NotToday:
    """Something stands in the way that a person can put right; it is tried again."""

    why: str


@dataclass(frozen=True, slots=True)
class Nobody:
    """There is nobody to ask, and nothing to put right."""

    why: str


def compose(
    session: Session, entry: YearEntry, now: datetime, zone: ZoneInfo, by: str
) -> Campaign | NotToday | Nobody:
    """Make the draft campaign of an entry, with the entry's seat, audience and days."""
    lesson = session.get(Lesson, entry.lesson_id) if entry.lesson_id else None
    if entry.lesson_id is not None and not year.is_out(session, entry.lesson_id):
        return Nobody("the lesson was called back")
    if entry.is_provisional and entry.asked_group == SCHOOLS:
        return NotToday(f"{entry.why} `cascade import FILE` brings term dates in")
    audience = _find_audience(session, entry)
    if isinstance(audience, str):
        return Nobody(audience)
    values = {**(_of_lesson(lesson) if lesson else {}), **entry.values}
    chosen = _choose(session, entry, values, has_lesson=lesson is not None)
    if isinstance(chosen, str):
        return NotToday(chosen.rstrip("."))
    made = draft(
        session,
        entry.board_id,
        chosen.book,
        _free(session, entry.slug),
        now,
        by,
        about=lesson,
        title=entry.title,
        priority=Priority.STANDARD,
        audience=audience,
        values=values,
        forms=chosen.versions,
    )
    give_days(session, entry, made, now.astimezone(zone).date())
    return made


def give_days(session: Session, entry: YearEntry, made: Campaign, today: date) -> None:
    """Give a draft the entry's seat and due day; with several steps its playbook says by when.

    Where it comes late all that share a due day get the time that they were meant to have.
    """
    steps = campaign.steps(session, made.id)
    if len(steps) != 1:
        return
    [step] = steps
    step.role = entry.seat
    if entry.due_days is not None:
        step.due_days = entry.due_days
    else:
        office = Almanac(session).office()
        if office.between(entry.opens_on, today) > LATE:
            entry.due_on = max(
                entry.due_on, office.add(today, max(1, office.between(entry.opens_on, entry.due_on)))
            )
            entry.opens_on = today
        step.due_on = entry.due_on
    session.flush()


def _choose(
    session: Session, entry: YearEntry, values: Mapping[str, str], *, has_lesson: bool
) -> Choice | str:
    book = playbook.load(entry.playbook)
    if book is None:
        return f"there is no playbook {entry.playbook!r}"
    given = (entry.form,) if takes_form(book) else ()
    small = entry.small_form if given else ""
    chosen = choose(session, entry.board_id, book, given, values, small)
    if isinstance(chosen, str):
        return chosen
    forms = [one.form for one in chosen.forms.values()]
    faults = [fault for form in forms for fault in find_unfilled(form, values, has_lesson=has_lesson)]
    return "; ".join(dict.fromkeys(faults)) or chosen


def _find_audience(session: Session, entry: YearEntry) -> Audience | str:
    """Whom an entry asks; about actions, those of them that have an open one; or why nobody."""
    audience = Audience.from_json(entry.audience)
    if entry.playbook != evidence.PLAYBOOK:
        return audience
    found = evidence.find_askable(session, entry.board_id, entry.lesson_id)
    if isinstance(found, str):
        return found
    narrowed = Audience(audience.sectors, found.agencies)
    asked = members(session, entry.board_id)
    if all(narrowed.leaves_out(one.sector, one.folded) for one in asked):
        return "none of them has an open action from it"
    return narrowed


def _of_lesson(lesson: Lesson) -> dict[str, str]:
    """What a survey tells apart from a lesson's message, where its key question has three wrong answers."""
    check = lesson.parts.get("check") or {}
    right = str(check.get("right", ""))
    wrong = [str(one) for one in check.get("options", ()) if one != right]
    if not right or len(wrong) != WRONG:
        return {}
    return {"message_right": right} | {f"message_wrong_{place}": one for place, one in enumerate(wrong, 1)}


def _free(session: Session, slug: str) -> str:
    """The entry's short name, or with a number where somebody has used that name meanwhile."""
    free, number = slug, 1
    while campaign.by_slug(session, free) is not None:
        number += 1
        free = f"{slug}-{number}"
    return free
