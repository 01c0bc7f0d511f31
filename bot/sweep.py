"""Sweep: what a night does besides rewriting answers, so that the day leaves no trace of its order."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.sending.alerts import alert_those_on_duty, say_told
from messages.sending.missed import see_to_mended
from store import chore
from store.database import Session
from store.decision import note
from store.letters import alert, bounce
from store.letters.alert import CHORES, AlertKind
from store.letters.delivery import DeliveryState
from store.people.person import Address, AddressState
from store.surveying import ended_page, night
from surveys.open.anonymous import midnight_of
from surveys.open.wishes import mix

#: From this hour on, by the local clock, those on duty are told of what still waits, on any day.
MORNING = time(9)
#: The letters whose moments the night forgets. One under way at that moment stays for the next night, and so
#: does one about a shut survey until it has gone, since no morning tells of that again.
FORGOTTEN: Mapping[AlertKind, Collection[DeliveryState]] = {
    AlertKind.WISH: (DeliveryState.SENDING,),
    AlertKind.WORDS: (DeliveryState.SENDING,),
    AlertKind.SHUT: (DeliveryState.SENDING, DeliveryState.WAITING),
}
#: Those of them that are told again each morning while it waits.
TOLD_AGAIN = (AlertKind.WISH, AlertKind.WORDS)


def sweep_day(session: Session, day: date, now: datetime, zone: ZoneInfo) -> None:
    """Mix the wishes to be contacted, and forget which pages were given up and when letters told of a wish.

    `day` is the local day that has ended. Chores by the day are written once more, so that neither their
    place nor their transaction tells when they came about. Where anything was done the night is not clear any
    more. While a wish or words wait, those on duty on the new day are told of it once, in its morning,
    whichever day of the week it is.
    """
    today = now.astimezone(zone).date()
    see_to_mended(session, midnight_of(today, zone))
    # Chores that were opened, counted anew or ticked off since the last night.
    last = night.last_over(session)
    mixed = mix(session, day, zone)
    since = None if mixed or last is None else midnight_of(last + timedelta(days=1), zone)
    if chore.write_anew(session, since):
        night.add(session, day, 0)
    forgotten = sum(_forget_alerts(session, kind, day, zone) for kind in FORGOTTEN)
    if forgotten + ended_page.sweep(session, day):
        night.add(session, day, 0)
    morning = max(now, datetime.combine(today, MORNING, zone).astimezone(UTC))
    for kind in TOLD_AGAIN:
        for board_id in chore.boards_waiting(session, CHORES[kind]):
            alert_those_on_duty(session, kind, board_id, today, now, not_before=morning)


def _forget_alerts(session: Session, kind: AlertKind, day: date, zone: ZoneInfo) -> int:
    """Forget the letters of a kind up to a day, and note by the day alone who was told; tells how many.

    The moment at which such a letter was made or sent is that at which somebody wished, or wrote, something.
    """
    midnight = midnight_of(day, zone)
    swept = alert.sweep(session, kind, day, FORGOTTEN[kind])
    told: dict[tuple[UUID, UUID], Counter[DeliveryState]] = {}
    for one in swept:
        told.setdefault((one.board_id, one.person_id), Counter())[one.state] += one.number
    for (board_id, person_id), counts in sorted(told.items()):
        why = say_told(kind, day, counts)
        note(session, midnight, "alerts", why, "night", board_id=board_id, person_id=person_id)
    for address_id in sorted({one.address_id for one in swept if one.state is DeliveryState.REFUSED}):
        address = session.get_one(Address, address_id)
        if address.state is AddressState.BOUNCED and address.marked_at is None:
            bounce.mark(session, address, address.reason or "", midnight, "the mail server")
    return sum(one.number for one in swept)
