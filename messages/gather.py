"""Gather: turn touches into messages; several debts of one person share one."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.almanac import Almanac
from messages.calendar import CalendarEnds
from messages.hours import morning_of
from messages.new_link import is_new_link
from messages.press import UPPER
from store import chore, gathering, reach
from store.apart import work_apart
from store.base import ordered_id
from store.campaign import Campaign, MailKind
from store.chore import ChoreKind
from store.database import Session
from store.delivery import DeliveryState
from store.gathering import Ungathered
from store.reach import Reachable
from store.standing import CONTRIBUTOR
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
    almanac = Almanac(session)
    _let_doubtful_rest(session, almanac, now, zone)
    waiting = gathering.ungathered(session, now, limit)
    batch = _Batch(session, now, zone, almanac, _reach(session, waiting))

    def work(some: Sequence[_Group]) -> None:
        parcels = [parcel for group in some if (parcel := _parcel(batch, *group)) is not None]
        _post(batch, parcels)

    def rest(group: _Group, error: Exception) -> None:
        log.error("letters to person %s are postponed", group[0], exc_info=error)
        for one in group[1]:
            one.touch.not_before = now + POSTPONED
        session.flush()

    if waiting:
        groups = [(person_id, some) for (person_id, _), some in _grouped(waiting).items()]
        work_apart(session, groups, work, rest)
    return len(waiting)


def _post(batch: "_Batch", parcels: list["_Parcel"]) -> None:
    """Make the messages, or add to those that wait; who has had today's message waits for the next day's."""
    standing = gathering.standing(batch.session, [parcel.key for parcel in parcels])
    open_to = {key: one.id for key, one in standing.items() if one.state is DeliveryState.WAITING}
    closed = gathering.of_roles(batch.session, open_to.values(), UPPER)
    first = {parcel.key: parcel for parcel in reversed(parcels) if parcel.key not in standing}
    rows = [_row(batch, parcel) for parcel in first.values()]
    added = gathering.add_messages(batch.session, rows)
    places = {row["key"]: row["id"] for row in rows if row["key"] in added}
    puts: list[tuple[UUID, UUID]] = []
    for parcel in parcels:
        if parcel.key in standing:
            place = None if parcel.alone else open_to.get(parcel.key)
            waits = place is None or place in closed
        else:
            place, waits = places.get(parcel.key), first[parcel.key] is not parcel
        if waits:
            for one in parcel.touches:
                one.touch.not_before = _next_morning(one, batch)
        elif place is not None:
            puts += [(one.touch.id, place) for one in parcel.touches]
    batch.session.flush()
    gathering.put_into(batch.session, puts)


def _let_doubtful_rest(session: Session, almanac: Almanac, now: datetime, zone: ZoneInfo) -> None:
    """Let a letter in doubt, which goes once more, wait while the agency it is for is not at work."""
    for one in gathering.doubtful_of_another_day(session, now, now.astimezone(zone).date()):
        polite = almanac.polite(one.agency, now, zone)
        if polite > now:
            one.delivery.next_try_at = polite
    session.flush()


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
    any_hour: bool
    #: Whether nothing may share its message.
    alone: bool
    touches: list[Ungathered]


#: What one person gets of one kind.
_Group = tuple[UUID, list[Ungathered]]


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
    """Whether a letter shares no message: a person approved its words, its reader chose to get it or helps a
    colleague, or what it asks is put to them alone, and not to a seat whose letters others may read.
    """
    return role in (*UPPER, CONTRIBUTOR) or _is_chosen(campaign) or campaign.is_personal


def _parcel(batch: _Batch, person_id: UUID, some: list[Ungathered]) -> _Parcel | None:
    """What of a person's touches goes into one message now; None when nothing does."""
    fresh = [one for one in some if not _went_stale(one, batch)]
    prompt = [one for one in fresh if _is_prompt(one)]
    ready = prompt or [one for one in fresh if not _postponed(one, batch)]
    if not ready:
        return None
    known = batch.reach.get((ready[0].ask.board_id, person_id))
    if known is None or known.address is None or known.barred:
        _skip(ready, f"{known.person.name} {known.barred}" if known else "nobody is behind it any more")
        return None
    today = batch.now.astimezone(batch.zone).date()
    first = ready[0]
    alone = goes_alone(first.campaign, first.touch.role)
    is_free = first.touch.is_first or first.campaign.is_urgent or _is_chosen(first.campaign)
    key = f"first:{first.touch.id}:{today}" if is_free else f"chase:{person_id}:{today}"
    return _Parcel(key, person_id, known.address.id, bool(prompt), alone, ready)


def _is_prompt(one: Ungathered) -> bool:
    """Whether a letter waits for no office hour: an urgent first one, or a link just asked for."""
    return one.touch.is_first and (one.campaign.is_urgent or is_new_link(one.touch.rung))


def _is_chosen(campaign: Campaign) -> bool:
    """Whether its reader chose to get it, so that it counts with no chasers."""
    return campaign.kind is MailKind.SUBSCRIPTION


def _row(batch: _Batch, parcel: _Parcel) -> dict[str, Any]:
    return {
        "id": ordered_id(),
        "key": parcel.key,
        "person_id": parcel.person_id,
        "address_id": parcel.address_id,
        "channel": "email",
        "is_first": parcel.touches[0].touch.is_first,
        "any_hour": parcel.any_hour,
        "local_day": batch.now.astimezone(batch.zone).date(),
        "state": DeliveryState.WAITING,
        "made_at": batch.now,
        "next_try_at": batch.now,
        "attempts": 0,
        "doubts": 0,
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
    polite = batch.almanac.polite(one.agency, batch.now, batch.zone)
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
