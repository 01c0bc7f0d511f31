"""Pile: touches that wait, with all that decides on which day each goes to its reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.days.almanac import Almanac
from messages.days.calendar import CalendarEnds
from messages.days.hours import morning_of
from messages.gathering.budget import Reader, Waiting, day_for
from messages.gathering.sharing import DIGEST, NEW_LINK, is_news, sharing
from messages.gathering.weekly import one_of_each
from store.database import Session
from store.letters import gathering
from store.letters.gathering import Ungathered
from store.letters.touch import TouchState
from store.people import reach
from store.people.reach import Reachable


@dataclass(frozen=True, slots=True)
class Pile:
    """What a chunk of touches has in common."""

    session: Session
    now: datetime
    zone: ZoneInfo
    almanac: Almanac
    reach: dict[tuple[UUID, UUID], Reachable]
    #: What else waits for people of whom something is looked at, for a later day.
    resting: dict[UUID, list[Ungathered]]
    #: The last day on which each person heard of what is needed.
    last_heard: dict[UUID, date]

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(self.zone).date()


def lay_pile(
    session: Session, almanac: Almanac, waiting: list[Ungathered], now: datetime, zone: ZoneInfo
) -> Pile:
    """Look up at once what a chunk of touches has in common."""
    digests = (one.touch.person_id for one in waiting if kind_of(one) == DIGEST)
    due = {person_id for person_id in digests if person_id is not None}
    resting: dict[UUID, list[Ungathered]] = {}
    for one in gathering.resting(session, due, now) if due else ():
        if one.touch.person_id is not None and kind_of(one) == DIGEST:
            resting.setdefault(one.touch.person_id, []).append(one)
    every = [*waiting, *(one for some in resting.values() for one in some)]
    heard = gathering.last_heard(session, due) if due else {}
    return Pile(session, now, zone, almanac, _reach(session, every), resting, heard)


def _reach(session: Session, waiting: list[Ungathered]) -> dict[tuple[UUID, UUID], Reachable]:
    """How the people of each board can be reached."""
    wanted: dict[UUID, set[UUID]] = {}
    for one in waiting:
        if one.touch.person_id is not None:
            wanted.setdefault(one.ask.board_id, set()).add(one.touch.person_id)
    return {
        (board, person_id): known
        for board, people in wanted.items()
        for person_id, known in reach.people(session, board, people).items()
    }


def kind_of(one: Ungathered) -> str:
    """What keeps a touch apart from others of its reader, or puts it into one message with them."""
    touch = one.touch
    return sharing(
        one.campaign,
        touch.role,
        one.ask.agency_id,
        one.ask.step_id,
        touch.id,
        touch.rung,
        is_first=touch.is_first,
    )


def spare(waiting: Iterable[Ungathered]) -> list[Ungathered]:
    """Of the rungs of one urgent ask that waited together for a reader, let one go: each had its own day.

    What is not urgent is put together in the reader's message, where the same is seen to.
    """
    every = list(waiting)
    rungs: dict[tuple[UUID | None, UUID], list[Ungathered]] = {}
    for one in every:
        if (
            one.campaign.is_urgent
            and kind_of(one) != NEW_LINK
            and not is_news(one.touch.rung, is_approved=False)
        ):
            rungs.setdefault((one.touch.person_id, one.ask.id), []).append(one)
    for some in rungs.values():
        _latest_of_each(some)
    return [one for one in every if one.touch.state is TouchState.TO_SEND]


def within_budget(pile: Pile, known: Reachable, ready: list[Ungathered]) -> list[Ungathered]:
    """All that goes to somebody today; nothing where no part of it may, and then it waits for its day."""
    person = known.person
    reader = Reader(person.digest_day, pile.last_heard.get(person.id))
    day = min(_day_for(pile, reader, one) for one in ready)
    if day > pile.today:
        for one in ready:
            one.touch.not_before = _morning(one, pile, day)
        return []
    # What goes takes along all that would have waited for another day.
    others = [one for one in pile.resting.get(person.id, ()) if _is_polite(one, pile)]
    return _latest_of_each([*ready, *others])


def _day_for(pile: Pile, reader: Reader, one: Ungathered) -> date:
    """The day on which one letter goes; by the office's calendar where the term dates do not reach."""
    news = is_news(one.touch.rung, is_approved=one.touch.approved_at is not None)
    try:
        return day_for(reader, Waiting(one.ask.due_on, pile.almanac.of(one.agency), news), pile.today)
    except CalendarEnds:
        return day_for(reader, Waiting(one.ask.due_on, pile.almanac.office(), news), pile.today)


def _latest_of_each(some: Iterable[Ungathered]) -> list[Ungathered]:
    """Skip what is said better by another letter about the same ask in the same message."""
    every = list(some)
    goes, overtaken = one_of_each(every, lambda one: (one.ask.id, one.touch.is_first, one.touch.climbed_at))
    for one, other in overtaken:
        if one.touch.approved_at is None:
            # What cannot be delivered is given up in time, however often a later rung takes its place.
            other.touch.not_before = min(one.touch.not_before, other.touch.not_before)
            skip([one], f"“{other.touch.rung}” goes to the same reader in the same message")
    return [
        one
        for one in every
        if one.touch.state is TouchState.TO_SEND and (one in goes or one.touch.approved_at)
    ]


def _is_polite(one: Ungathered, pile: Pile) -> bool:
    return pile.almanac.polite(one.agency, pile.now, pile.zone) <= pile.now


def next_morning(one: Ungathered, pile: Pile) -> datetime:
    """When the agency of a touch is at work again on another day."""
    return _morning(one, pile, pile.today + timedelta(days=1))


def _morning(one: Ungathered, pile: Pile, day: date) -> datetime:
    """The first polite moment of a day, or of the agency's next working day after it."""
    try:
        return morning_of(day, pile.almanac.of(one.agency), pile.zone)
    except CalendarEnds:
        return morning_of(day, pile.almanac.office(), pile.zone)


def skip(some: list[Ungathered], reason: str) -> None:
    """Put touches behind us without a letter, saying why."""
    for one in some:
        one.touch.state = TouchState.SKIPPED
        one.touch.reason = reason
