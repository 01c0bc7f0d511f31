"""Heartbeat: notices a long stop or a restored backup, after which nothing goes without a person's yes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from messages.days.almanac import Almanac
from store import installation
from store.database import Session
from store.decision import note

#: Working days without a beat after which overdue work waits.
LONG_STOP = 2


def beat(session: Session, now: datetime, zone: ZoneInfo) -> bool:
    """Beat once; False while overdue work waits for a coordinator's yes."""
    row = installation.row(session)
    before = row.beat_at
    if before is not None and before < now:
        first, today = before.astimezone(zone).date(), now.astimezone(zone).date()
        # Of so few days no more can be working days, and the calendar need not be read.
        is_long = (today - first).days > LONG_STOP
        if is_long and Almanac(session).office().between(first, today) > LONG_STOP:
            row.stopped_from, row.stopped_until = row.stopped_from or before, now
            note(
                session,
                now,
                "stopped",
                f"nothing ran from {before} to {now}: a person decides",
                "the heartbeat",
            )
    row.beat_at = max(now, before) if before else now
    session.flush()
    return row.stopped_from is None


def go_on(session: Session, now: datetime, by: str) -> bool:
    """Let the work go on after a long stop; False when it was not waiting."""
    row = installation.row(session)
    if row.stopped_from is None:
        return False
    note(session, now, "went on", f"after the stop from {row.stopped_from} to {row.stopped_until}", by)
    row.stopped_from = row.stopped_until = None
    row.beat_at = now
    session.flush()
    return True
