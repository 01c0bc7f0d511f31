"""Gather: turn touches into messages; several debts of one person share one."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.almanac import Almanac
from messages.calendar import CalendarEnds
from messages.hours import morning_of, next_polite
from store import gathering, reach
from store.base import ordered_id
from store.database import Session
from store.delivery import Delivery, DeliveryState
from store.gathering import Ungathered
from store.touch import TouchState

#: Touches gathered in one transaction.
CHUNK = 500
#: A letter that could not be delivered for so long has lost its sense.
STALE = timedelta(days=5)


def gather_due(session: Session, now: datetime, zone: ZoneInfo, limit: int = CHUNK) -> int:
    """Put up to `limit` waiting touches into messages; give back how many there were.

    A person gets at most one chasing message on a local day, whatever it is about. First letters
    and urgent ones do not wait for each other.
    """
    waiting = gathering.ungathered(session, now, limit)
    almanac = Almanac(session)
    for (person_id, _), some in _grouped(waiting).items():
        _gather_for(session, person_id, some, now, zone, almanac)
    session.flush()
    return len(waiting)


def _grouped(waiting: Iterable[Ungathered]) -> dict[tuple[UUID, str], list[Ungathered]]:
    """Touches by person and kind of message: first letters by step, urgent ones alone, chasers together."""
    groups: dict[tuple[UUID, str], list[Ungathered]] = {}
    for one in waiting:
        if one.touch.person_id is None:
            continue
        if one.touch.is_first:
            kind = f"first:{one.ask.step_id}"
        elif one.campaign.is_urgent:
            kind = f"urgent:{one.touch.id}"
        else:
            kind = "chase"
        groups.setdefault((one.touch.person_id, kind), []).append(one)
    return groups


def _gather_for(
    session: Session, person_id: UUID, some: list[Ungathered], now: datetime, zone: ZoneInfo, almanac: Almanac
) -> None:
    fresh = [one for one in some if not _went_stale(one, now)]
    urgent = [one for one in fresh if one.campaign.is_urgent]
    ready = urgent or [one for one in fresh if not _postponed(one, now, zone, almanac)]
    if not ready:
        return
    known = reach.people(session, ready[0].ask.board_id, [person_id]).get(person_id)
    if known is None or known.address is None or known.barred:
        _skip(ready, f"{known.person.name if known else 'the person'} {known.barred if known else 'is gone'}")
        return
    today = now.astimezone(zone).date()
    chaser = not urgent and not ready[0].touch.is_first
    key = f"chase:{person_id}:{today}" if chaser else f"first:{ready[0].touch.id}:{today}"
    standing = gathering.by_key(session, key)
    if standing is not None and standing.state is not DeliveryState.WAITING:
        # They have had today's message: the rest waits for the next day, in one message again.
        for one in ready:
            one.touch.not_before = _next_morning(one, today, zone, almanac)
        return
    if standing is None:
        standing = Delivery(
            id=ordered_id(),
            key=key,
            person_id=person_id,
            address_id=known.address.id,
            channel=known.address.channel,
            is_first=ready[0].touch.is_first,
            any_hour=bool(urgent),
            local_day=today,
            state=DeliveryState.WAITING,
            made_at=now,
            next_try_at=now,
        )
        session.add(standing)
        session.flush()
    gathering.put_into(session, [one.touch.id for one in ready], standing.id)


def _went_stale(one: Ungathered, now: datetime) -> bool:
    if now - max(one.touch.climbed_at, one.touch.approved_at or one.touch.climbed_at) < STALE + _rest_of(one):
        return False
    one.touch.state = TouchState.REFUSED
    one.touch.reason = f"it could not be delivered for {STALE.days} days"
    return True


def _rest_of(one: Ungathered) -> timedelta:
    """Waiting that was meant, as over a holiday, is not staleness."""
    return max(one.touch.not_before - one.touch.climbed_at, timedelta(0))


def _postponed(one: Ungathered, now: datetime, zone: ZoneInfo, almanac: Almanac) -> bool:
    """Whether a touch has to wait for its agency's next working hour."""
    try:
        polite = next_polite(now, almanac.of(one.agency), zone)
    except CalendarEnds:
        polite = next_polite(now, almanac.office(), zone)
    if polite <= now:
        return False
    one.touch.not_before = polite
    return True


def _next_morning(one: Ungathered, today: date, zone: ZoneInfo, almanac: Almanac) -> datetime:
    tomorrow = today + timedelta(days=1)
    calendar = almanac.of(one.agency)
    try:
        return morning_of(calendar.next_working(tomorrow), calendar, zone)
    except CalendarEnds:
        office = almanac.office()
        return morning_of(office.next_working(tomorrow), office, zone)


def _skip(some: list[Ungathered], reason: str) -> None:
    for one in some:
        one.touch.state = TouchState.SKIPPED
        one.touch.reason = reason
