"""Gather: turn touches into messages; several debts of one person share one."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.almanac import Almanac
from messages.calendar import CalendarEnds
from messages.hours import morning_of, next_polite
from messages.press import UPPER
from store import chore, gathering, reach
from store.base import ordered_id
from store.campaign import Campaign, MailKind
from store.chore import ChoreKind
from store.database import Session
from store.delivery import DeliveryState
from store.gathering import Ungathered
from store.reach import Reachable
from store.touch import TouchState

#: Touches gathered in one transaction.
CHUNK = 500
#: A chasing letter that could not be delivered for so long has lost its sense.
STALE = timedelta(days=5)
#: How long the letters of a person rest whose rules could not be worked out; the rest go on.
POSTPONED = timedelta(hours=1)

log = logging.getLogger(__name__)


def gather_due(session: Session, now: datetime, zone: ZoneInfo, limit: int = CHUNK) -> int:
    """Put up to `limit` waiting touches into messages; give back how many there were.

    A person gets at most one chasing message on a local day, whatever it is about. First letters
    and urgent ones do not wait for each other.
    """
    waiting = gathering.ungathered(session, now, limit)
    if not waiting:
        return 0
    batch = _Batch(session, now, zone, Almanac(session), _reach(session, waiting))
    parcels = [
        parcel
        for (person_id, _), some in _grouped(waiting).items()
        if (parcel := _parcel_or_rest(batch, person_id, some)) is not None
    ]
    standing = gathering.standing(session, [parcel.key for parcel in parcels])
    new = [_row(batch, parcel) for parcel in parcels if parcel.key not in standing]
    added = gathering.add_messages(session, new)
    places = {row["key"]: row["id"] for row in new if row["key"] in added}
    places |= {key: one.id for key, one in standing.items() if one.state is DeliveryState.WAITING}
    for parcel in parcels:
        if parcel.key in standing and parcel.key not in places:
            # They have had today's message: the rest waits for the next day, in one message again.
            for one in parcel.touches:
                one.touch.not_before = _next_morning(one, batch)
    session.flush()
    gathering.put_into(
        session,
        [
            (one.touch.id, places[parcel.key])
            for parcel in parcels
            if parcel.key in places
            for one in parcel.touches
        ],
    )
    return len(waiting)


@dataclass(frozen=True, slots=True)
class _Batch:
    """What a chunk of touches has in common."""

    session: Session
    now: datetime
    zone: ZoneInfo
    almanac: Almanac
    reach: dict[tuple[UUID, UUID], Reachable]


@dataclass(frozen=True, slots=True)
class _Parcel:
    """Touches that go in one message, and the key that makes it the only one."""

    key: str
    person_id: UUID
    address_id: UUID
    urgent: bool
    touches: list[Ungathered]


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


def _grouped(waiting: Iterable[Ungathered]) -> dict[tuple[UUID, str], list[Ungathered]]:
    """Touches by person and kind of message: first letters by step, urgent ones alone, chasers together."""
    groups: dict[tuple[UUID, str], list[Ungathered]] = {}
    for one in waiting:
        if one.touch.person_id is None:
            continue
        touch = one.touch
        kind = sharing(one.campaign, touch.role, one.ask.step_id, touch.id, is_first=touch.is_first)
        groups.setdefault((one.touch.person_id, kind), []).append(one)
    return groups


def sharing(campaign: Campaign, role: str, step_id: UUID, touch_id: UUID, *, is_first: bool) -> str:
    """What keeps a person's letters apart, or puts them into one message: those of one kind share it."""
    if goes_alone(campaign, role):
        return f"alone:{touch_id}"
    if is_first:
        return f"first:{step_id}"
    return f"urgent:{touch_id}" if campaign.is_urgent else "chase"


def goes_alone(campaign: Campaign, role: str) -> bool:
    """Whether a letter shares no message: a person approved its words, or its reader chose to get it."""
    return role in UPPER or campaign.kind is MailKind.SUBSCRIPTION


def _parcel_or_rest(batch: _Batch, person_id: UUID, some: list[Ungathered]) -> _Parcel | None:
    """What of a person's touches goes now; where that cannot be worked out, they alone are postponed."""
    try:
        return _parcel(batch, person_id, some)
    except Exception:
        log.exception("letters to person %s are postponed", person_id)
        for one in some:
            one.touch.not_before = batch.now + POSTPONED
        return None


def _parcel(batch: _Batch, person_id: UUID, some: list[Ungathered]) -> _Parcel | None:
    """What of a person's touches goes into one message now; None when nothing does."""
    fresh = [one for one in some if not _went_stale(one, batch)]
    urgent = [one for one in fresh if one.campaign.is_urgent]
    ready = urgent or [one for one in fresh if not _postponed(one, batch)]
    if not ready:
        return None
    known = batch.reach.get((ready[0].ask.board_id, person_id))
    if known is None or known.address is None or known.barred:
        _skip(ready, f"{known.person.name} {known.barred}" if known else "nobody is behind it any more")
        return None
    today = batch.now.astimezone(batch.zone).date()
    first = ready[0]
    chaser = not (urgent or first.touch.is_first or goes_alone(first.campaign, first.touch.role))
    key = f"chase:{person_id}:{today}" if chaser else f"first:{first.touch.id}:{today}"
    return _Parcel(key, person_id, known.address.id, bool(urgent), ready)


def _row(batch: _Batch, parcel: _Parcel) -> dict[str, Any]:
    return {
        "id": ordered_id(),
        "key": parcel.key,
        "person_id": parcel.person_id,
        "address_id": parcel.address_id,
        "channel": "email",
        "is_first": parcel.touches[0].touch.is_first,
        "any_hour": parcel.urgent,
        "local_day": batch.now.astimezone(batch.zone).date(),
        "state": DeliveryState.WAITING,
        "made_at": batch.now,
        "next_try_at": batch.now,
        "attempts": 0,
    }


def _went_stale(one: Ungathered, batch: _Batch) -> bool:
    """Give up a chasing letter that waited too long; a first letter, or one a person approved, never is."""
    touch = one.touch
    if touch.is_first or touch.approved_at is not None:
        return False
    if batch.now - touch.climbed_at < STALE + _rest_of(one):
        return False
    touch.state = TouchState.REFUSED
    touch.reason = f"it could not be delivered for {STALE.days} days"
    # One chore a campaign: what keeps a letter back for days keeps hundreds back.
    chore.open_once(
        batch.session,
        ChoreKind.PHONE,
        f"{one.campaign.id}:undelivered",
        f"Reminders of {one.campaign.slug} could not be delivered for {STALE.days} days and were given up, "
        f"among them “{touch.rung}” to {one.agency.name}. Look at the mail server, and ring whoever should "
        "have heard.",
        batch.now,
        board_id=one.ask.board_id,
    )
    return True


def _rest_of(one: Ungathered) -> timedelta:
    """Waiting that was meant, as over a holiday, is not staleness."""
    return max(one.touch.not_before - one.touch.climbed_at, timedelta(0))


def _postponed(one: Ungathered, batch: _Batch) -> bool:
    """Whether a touch has to wait for its agency's next working hour."""
    try:
        polite = next_polite(batch.now, batch.almanac.of(one.agency), batch.zone)
    except CalendarEnds:
        polite = next_polite(batch.now, batch.almanac.office(), batch.zone)
    if polite <= batch.now:
        return False
    one.touch.not_before = polite
    return True


def _next_morning(one: Ungathered, batch: _Batch) -> datetime:
    tomorrow = batch.now.astimezone(batch.zone).date() + timedelta(days=1)
    calendar = batch.almanac.of(one.agency)
    try:
        return morning_of(calendar.next_working(tomorrow), calendar, batch.zone)
    except CalendarEnds:
        office = batch.almanac.office()
        return morning_of(office.next_working(tomorrow), office, batch.zone)


def _skip(some: list[Ungathered], reason: str) -> None:
    for one in some:
        one.touch.state = TouchState.SKIPPED
        one.touch.reason = reason
