"""Resting: put an ask, or all of an agency's, on hold with a reason and a date; or end the rest."""

from datetime import date, datetime
from uuid import UUID

from messages.days.calendar import WorkingCalendar
from store.asking.ask import Ask, live_of_agency
from store.asking.hold import Hold, in_force
from store.base import ordered_id
from store.database import Session
from store.decision import note
from store.letters import alarm

#: Working days for which an ask rests when somebody says that they are working on it.
WORKING_REST = 3


def hold(
    session: Session,
    board_id: UUID,
    until: date,
    reason: str,
    now: datetime,
    by: str,
    *,
    ask: Ask | None = None,
    agency_id: UUID | None = None,
) -> Hold:
    """Let an ask rest until a day, that day included; without an ask, all that the agency owes this board."""
    made = Hold(
        id=ordered_id(),
        board_id=board_id,
        ask_id=ask.id if ask else None,
        agency_id=None if ask else agency_id,
        until=until,
        reason=reason,
        made_at=now,
        made_by=by,
    )
    session.add(made)
    note(
        session,
        now,
        "held",
        f"until {until}: {reason}",
        by,
        board_id=board_id,
        campaign_id=ask.campaign_id if ask else None,
        ask_id=made.ask_id,
        agency_id=ask.agency_id if ask else agency_id,
    )
    _ring(session, made, now)
    return made


def rest_while_working(
    session: Session, ask: Ask, said: str, calendar: WorkingCalendar, today: date, now: datetime, by: str
) -> Hold | None:
    """Let an ask rest for some working days of its agency, because they say that they are at it.

    None where it rests already: saying so again does not put the chase off for ever.
    """
    if in_force(session, ask.board_id, today, ask_id=ask.id, agency_id=ask.agency_id):
        return None
    reason = f"they are working on it: {said}" if said else "they are working on it"
    return hold(session, ask.board_id, calendar.add(today, WORKING_REST), reason, now, by, ask=ask)


def lift(session: Session, standing: Hold, now: datetime, by: str) -> None:
    """End a hold before its day."""
    standing.lifted_at = now
    note(
        session,
        now,
        "hold lifted",
        f"it was to last until {standing.until}",
        by,
        board_id=standing.board_id,
        ask_id=standing.ask_id,
        agency_id=standing.agency_id,
    )
    _ring(session, standing, now)


def _ring(session: Session, standing: Hold, now: datetime) -> None:
    session.flush()
    asks = [standing.ask_id] if standing.ask_id else []
    if standing.agency_id:
        asks = [ask.id for ask in live_of_agency(session, standing.agency_id)]
    alarm.ring(session, [ask for ask in asks if ask], now)
