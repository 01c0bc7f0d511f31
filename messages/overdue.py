"""Overdue: what would go out at once if the work went on, listed for whoever says yes after a long stop."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from messages.batch import Batch, gather_facts
from messages.calendar import CalendarEnds
from messages.climb import CHUNK
from messages.forecast import Turn, look_ahead
from messages.hours import next_polite
from messages.seat_words import seat_meant
from store import alarm, queue
from store.alarm import DueAsk
from store.database import Session

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
            seat_meant(one.touch.role, is_school=one.agency.is_school),
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
    """The letters of the next rung, where its time has come or comes with the next working hour."""
    try:
        soon = next_polite(now, batch.almanac.of(one.agency), batch.zone)
        turn = next((turn for turn in look_ahead(batch, one, now) if _counts(turn, soon)), None)
    except CalendarEnds:
        return []
    if not isinstance(turn, Turn) or turn.at > soon:
        return []
    people = batch.people[one.ask.board_id].reachable
    return [
        Overdue(
            f"{one.campaign.slug}-{one.ask.number}",
            one.agency.name,
            turn.rung.name,
            addressee.role,
            seat_meant(addressee.role, is_school=one.agency.is_school),
            people[addressee.person_id].person.name,
        )
        for addressee in turn.letters
        if addressee.person_id is not None
    ]


def _counts(turn: object, soon: datetime) -> bool:
    """Whether to look no further: a letter, the end, or something later."""
    return not isinstance(turn, Turn) or turn.at > soon or bool(turn.letters)
