"""Sweep: what a night does besides rewriting answers, so that the day leaves no trace of its order."""

from collections import Counter
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.alerts import alert_those_on_duty
from store import alert, chore
from store.alert import CHORES, AlertKind
from store.database import Session
from store.decision import note
from store.surveying import ended_page, night
from surveys.anonymous import midnight_of
from surveys.wishes import mix

#: The letters whose moments the night forgets, and what they told.
FORGOTTEN = {
    AlertKind.WISH: "somebody wishes to be contacted",
    AlertKind.WORDS: "words wait to be read",
}


def sweep_day(session: Session, day: date, now: datetime, zone: ZoneInfo) -> None:
    """Mix the wishes to be contacted, and forget which pages were given up and when letters told of a wish.

    `day` is the local day that has ended. Chores by the day are written once more, so that neither their
    place nor their transaction tells when they came about. Where anything was done the night is not clear any
    more. While a wish or words wait, those on duty on the new day are told of it once, in office hours.
    """
    # Chores that were opened, or counted anew, since the last night.
    last = night.last_over(session)
    mixed = mix(session, day, zone)
    since = None if mixed or last is None else midnight_of(last + timedelta(days=1), zone)
    if chore.write_anew(session, since):
        night.add(session, day, 0)
    forgotten = sum(_forget_alerts(session, kind, day, zone) for kind in FORGOTTEN)
    if forgotten + ended_page.sweep(session, day):
        night.add(session, day, 0)
    today = now.astimezone(zone).date()
    for kind in FORGOTTEN:
        for board_id in chore.boards_waiting(session, CHORES[kind]):
            alert_those_on_duty(session, kind, board_id, today, now, any_hour=False)


def _forget_alerts(session: Session, kind: AlertKind, day: date, zone: ZoneInfo) -> int:
    """Forget the letters of a kind up to a day, and note by the day alone who was told; tells how many.

    The moment at which such a letter was made or sent is that at which somebody wished, or wrote, something.
    """
    swept = alert.sweep(session, kind, day)
    told: dict[tuple[UUID, UUID], Counter[str]] = {}
    for (board_id, person_id, state), count in swept.items():
        told.setdefault((board_id, person_id), Counter())[state.value] += count
    for (board_id, person_id), counts in sorted(told.items()):
        said = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
        why = f"letters that {FORGOTTEN[kind]}, on {day}: {said}"
        note(session, midnight_of(day, zone), "alerts", why, "night", board_id=board_id, person_id=person_id)
    return swept.total()
