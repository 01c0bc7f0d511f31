"""Gather: turn touches into messages; several debts of one person share one."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.days.almanac import Almanac
from messages.days.hours import is_polite
from messages.gathering.bundle import UPPER
from messages.gathering.pile import Pile, kind_of, lay_pile, next_morning, skip, spare, within_budget
from messages.gathering.sharing import DIGEST, goes_alone, is_free, is_prompt
from store import chore
from store.apart import work_apart
from store.base import ordered_id
from store.chore import ChoreKind
from store.database import Session
from store.letters import gathering
from store.letters.delivery import DeliveryState
from store.letters.gathering import BUDGETED, Doubted, Ungathered
from store.letters.touch import TouchState

#: Touches gathered in one transaction: nobody else waits a tenth of a second for it. It does not follow the
#: time taken, as other portions do, so that the same day is told in the same messages on every machine.
CHUNK = 200
#: A chasing letter that could not be delivered for so long has lost its sense.
STALE = timedelta(days=5)
#: How long the letters of a person rest whose rules could not be worked out; the rest go on.
POSTPONED = timedelta(hours=1)

log = logging.getLogger(__name__)


def gather_due(session: Session, now: datetime, zone: ZoneInfo, limit: int = CHUNK) -> int:
    """Put up to `limit` waiting touches into messages; give back how many there were.

    A person gets one message a week of all that is new, coming up or still needed, sooner only where
    something is nearly due, and never two on a local day. Urgent letters, and those somebody wished for,
    are outside of that.
    """
    almanac = Almanac(session)
    _let_doubtful_rest(session, almanac, now, zone)
    if is_polite(now, almanac.office(), zone):
        gathering.let_go(session, now, now.astimezone(zone).date())
    waiting = gathering.ungathered(session, now, limit)
    pile = lay_pile(session, almanac, waiting, now, zone)

    def work(some: Sequence[_Group]) -> None:
        parcels = [parcel for group in some if (parcel := _parcel(pile, *group)) is not None]
        _post(pile, parcels)

    def rest(group: _Group, error: Exception) -> None:
        log.error("letters to person %s are postponed", group[0], exc_info=error)
        for one in group[2]:
            one.touch.not_before = now + POSTPONED
        session.flush()

    if waiting:
        groups = [(person_id, kind, some) for (person_id, kind), some in _grouped(spare(waiting)).items()]
        work_apart(session, groups, work, rest)
    return len(waiting)


def _post(pile: Pile, parcels: list["_Parcel"]) -> None:
    """Make the messages, or add to those that wait; who has had today's message waits for the next day's."""
    standing = gathering.standing(pile.session, [parcel.key for parcel in parcels])
    # One in doubt takes nothing more: whoever has it already would never see what its copy adds.
    takes_more = (one for one in standing.values() if one.state is DeliveryState.WAITING and not one.doubts)
    open_to = {one.key: one.id for one in takes_more}
    closed = gathering.of_roles(pile.session, open_to.values(), UPPER)
    first = {parcel.key: parcel for parcel in reversed(parcels) if parcel.key not in standing}
    rows = [_row(pile, parcel) for parcel in first.values()]
    added = gathering.add_messages(pile.session, rows)
    places = {row["key"]: row["id"] for row in rows if row["key"] in added}
    puts: list[tuple[UUID, UUID]] = []
    fresh: list[UUID] = []
    for parcel in parcels:
        if parcel.key in standing:
            place = None if parcel.alone else open_to.get(parcel.key)
            waits = place is None or place in closed
        else:
            place, waits = places.get(parcel.key), first[parcel.key] is not parcel
        if waits:
            for one in parcel.touches:
                one.touch.not_before = next_morning(one, pile)
        elif place is not None:
            puts += [(one.touch.id, place) for one in parcel.touches]
            fresh += [place] if parcel.is_first and not parcel.alone else []
    pile.session.flush()
    gathering.put_into(pile.session, puts)
    gathering.carry_first(pile.session, fresh)


def _let_doubtful_rest(session: Session, almanac: Almanac, now: datetime, zone: ZoneInfo) -> None:
    """Let a letter in doubt, which goes once more, wait while the agency it is for is not at work.

    On the day on which it goes it is its reader's message of that day; where they have one it waits.
    """
    today = now.astimezone(zone).date()
    ready: dict[UUID, Doubted] = {}
    for one in gathering.doubtful_of_another_day(session, now, today):
        polite = almanac.polite(one.agency, now, zone)
        if polite > now:
            one.delivery.next_try_at = polite
        else:
            ready[one.delivery.id] = one
    for one in ready.values():
        if one.delivery.next_try_at <= now and not gathering.move_to(session, one.delivery, today):
            one.delivery.next_try_at = almanac.polite(one.agency, now + timedelta(days=1), zone)
    session.flush()


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

    @property
    def is_first(self) -> bool:
        """Whether it carries a first letter."""
        return any(one.touch.is_first for one in self.touches)


#: What one person gets of one kind.
_Group = tuple[UUID, str, list[Ungathered]]


def _grouped(waiting: Iterable[Ungathered]) -> dict[tuple[UUID, str], list[Ungathered]]:
    """Touches by person and kind of message."""
    groups: dict[tuple[UUID, str], list[Ungathered]] = {}
    for one in waiting:
        if one.touch.person_id is not None:
            groups.setdefault((one.touch.person_id, kind_of(one)), []).append(one)
    return groups


def _parcel(pile: Pile, person_id: UUID, kind: str, some: list[Ungathered]) -> _Parcel | None:
    """What of a person's touches goes into one message now; None when nothing does."""
    fresh = [one for one in some if not _went_stale(one, pile)]
    prompt = [one for one in fresh if is_prompt(one.campaign, one.touch)]
    ready = prompt or [one for one in fresh if not _postponed(one, pile)]
    if not ready:
        return None
    known = pile.reach.get((ready[0].ask.board_id, person_id))
    if known is None or known.address is None or known.barred:
        skip(ready, f"{known.person.name} {known.barred}" if known else "nobody is behind it any more")
        return None
    if kind == DIGEST and not (ready := within_budget(pile, known, ready)):
        return None
    first = ready[0]
    free = is_free(first.campaign, first.touch)
    key = f"first:{first.touch.id}:{pile.today}" if free else f"{BUDGETED}{person_id}:{pile.today}"
    alone = goes_alone(first.campaign, first.touch.role)
    return _Parcel(key, person_id, known.address.id, bool(prompt), alone, ready)


def _row(pile: Pile, parcel: _Parcel) -> dict[str, Any]:
    return {
        "id": ordered_id(),
        "key": parcel.key,
        "person_id": parcel.person_id,
        "address_id": parcel.address_id,
        "channel": "email",
        "is_first": parcel.is_first,
        "any_hour": parcel.any_hour,
        "local_day": pile.today,
        "state": DeliveryState.WAITING,
        "made_at": pile.now,
        "next_try_at": pile.now,
        "attempts": 0,
        "doubts": 0,
    }


def _went_stale(one: Ungathered, pile: Pile) -> bool:
    """Give up a chasing letter that waited too long; a first letter, or one a person approved, never is."""
    touch = one.touch
    if touch.is_first or touch.approved_at is not None:
        return False
    if pile.now - touch.not_before < STALE:
        return False
    touch.state = TouchState.REFUSED
    touch.reason = f"it could not be delivered for {STALE.days} days"
    # One chore a campaign: what keeps a letter back for days keeps hundreds back.
    chore.open_once(
        pile.session,
        ChoreKind.PHONE,
        f"{one.campaign.id}:undelivered",
        f"Reminders of {one.campaign.slug} could not be delivered for {STALE.days} days and were given up, "
        f"among them “{touch.rung}” to {one.agency.name}. Look at the mail server, and ring whoever should "
        "have heard.",
        pile.now,
        board_id=one.ask.board_id,
    )
    return True


def _postponed(one: Ungathered, pile: Pile) -> bool:
    """Whether a touch has to wait for its agency's next working hour."""
    polite = pile.almanac.polite(one.agency, pile.now, pile.zone)
    if polite <= pile.now:
        return False
    one.touch.not_before = polite
    return True
