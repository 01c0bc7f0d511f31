"""Overdue: what would go out at once if the work went on, listed for whoever says yes after a long stop."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.chasing.batch import Batch, gather_facts
from messages.chasing.climb import CHUNK
from messages.days.calendar import CalendarEnds
from messages.days.hours import next_polite
from messages.launching.forecast import Turn, look_ahead
from messages.letters.seat_words import seat_meant
from messages.sending.taking_up import held_back
from store.database import Session
from store.letters import alarm, queue
from store.letters.alarm import DueAsk

#: As many asks are listed; a coordinator reads no longer list.
MOST = 10 * CHUNK


@dataclass(frozen=True, slots=True)
class Overdue:
    """One letter that would go: about which ask, on which rung, to whom."""

    reference: str
    agency: str
    rung: str
    #: What the rung calls the reader, and the seat that this means at the agency.
    role: str
    seat: str
    person: str


def list_overdue(session: Session, now: datetime, zone: ZoneInfo) -> list[Overdue]:
    """List the letters that wait and those whose time has come. Reads only."""
    found = [
        Overdue(
            f"{one.campaign.slug}-{one.ask.number}",
            one.agency.name,
            one.touch.rung,
            one.touch.role,
            seat_meant(one.touch.role, is_school=one.agency.is_school, is_personal=one.ask.is_personal),
            one.person.name,
        )
        for one in queue.queued(session)
    ]
    due = alarm.due(session, now, MOST)
    batch = gather_facts(session, due, now, zone)
    for one in due:
        found += _letters(batch, one, now)
    return found


def _letters(batch: Batch, one: DueAsk, now: datetime) -> list[Overdue]:
    """The letters of the next rung, where its time has come or comes with the next working hour.

    What was held back goes first, and nothing else on the same day.
    """
    held = [row for row, over in held_back(batch, one) if not over]
    if held:
        return [_overdue(batch, one, row.rung, row.role, row.person_id) for row in held]
    try:
        soon = next_polite(now, batch.almanac.of(one.agency), batch.zone)
        turn = next((turn for turn in look_ahead(batch, one, now) if _counts(turn, soon)), None)
    except CalendarEnds:
        return []
    if not isinstance(turn, Turn) or turn.at > soon:
        return []
    return [
        _overdue(batch, one, turn.rung.name, addressee.role, addressee.person_id)
        for addressee in turn.letters
    ]


def _overdue(batch: Batch, one: DueAsk, rung: str, role: str, person_id: UUID | None) -> Overdue:
    found = batch.people[one.ask.board_id].reachable.get(person_id) if person_id else None
    return Overdue(
        f"{one.campaign.slug}-{one.ask.number}",
        one.agency.name,
        rung,
        role,
        seat_meant(role, is_school=one.agency.is_school, is_personal=one.ask.is_personal),
        found.person.name if found else "",
    )


def _counts(turn: object, soon: datetime) -> bool:
    """Whether to look no further: a letter, the end, or something later."""
    return not isinstance(turn, Turn) or turn.at > soon or bool(turn.letters)
