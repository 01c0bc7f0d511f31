"""Missed: alerts that did not go, told to somebody else, and to the board by the day alone."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.sending.alerts import TOLD, alert_others
from messages.writing.commands import name_board
from store import chore
from store.chore import ChoreKind, Wanted
from store.database import Session
from store.letters import alert
from store.letters.alert import Missed
from store.letters.delivery import DeliveryState
from store.letters.settlement import Outcome, Settled
from store.people import board, person
from store.people.person import Address, AddressState, Person

#: After so many tries in vain the board is told, while they go on.
TRIES = 3
#: Who ticks off what is not so any more.
CASCADE = "cascade"


def see_to_missed(session: Session, tried: Sequence[Settled], now: datetime, zone: ZoneInfo) -> None:
    """See to the alerts among messages that were just tried.

    Where an address refuses, whoever was not told yet is told instead: at another address of the same person,
    or, where no reviewer can be reached, the office. A chore says whose letters do not arrive, without when;
    once one arrives with them it is ticked off, by the day alone too.
    """
    went = [one.delivery_id for one in tried if one.is_alert and one.outcome is Outcome.SENT]
    arrived = {_key(*one) for one in alert.arrived(session, went)} if went else set()
    ids = [one.delivery_id for one in tried if one.outcome is not Outcome.SENT]
    found = alert.missed(session, ids) if ids else []
    lost = [one for one in found if _is_lost(one)]
    refusing = {one.address.id for one in lost}
    today = now.astimezone(zone).date()
    for one in lost:
        alert.give_up(session, one.letter.id)
    for kind, board_id in sorted({(one.kind, one.board_id) for one in lost}):
        alert_others(session, kind, board_id, today, now, refusing)
    midnight = datetime.combine(today, time(), zone).astimezone(UTC)
    told = [
        _tell(one, board.slug_to_say(session, one.board_id))
        for one in found
        if _is_lost(one) or one.letter.state is DeliveryState.DOUBTFUL or one.letter.attempts >= TRIES
    ]
    unreached = {one.key: one for one in told}
    # In one order for all workers: each chore is locked as it is ticked off or opened.
    for key in sorted(arrived | unreached.keys()):
        if key in unreached:
            chore.open_all(session, [unreached[key]], midnight)
        else:
            chore.finish(session, ChoreKind.UNTOLD, key, CASCADE, midnight)


def see_to_mended(session: Session, midnight: datetime) -> None:
    """Tick off whose letters do not arrive, where none goes to that address any more.

    They have another address by now that takes letters, or have left, or the address is gone.
    """
    for board_id in chore.boards_waiting(session, ChoreKind.UNTOLD):
        keys = chore.keys_open(session, ChoreKind.UNTOLD, board_id)
        _tick_off(session, {key for key in keys if not _is_written_to(session, key)}, midnight)


def _tick_off(session: Session, keys: set[str], midnight: datetime) -> None:
    for key in sorted(keys):
        chore.finish(session, ChoreKind.UNTOLD, key, CASCADE, midnight)


def _is_written_to(session: Session, key: str) -> bool:
    """Whether alerts would go to the address of a chore if it took them."""
    address = session.get(Address, UUID(key.partition(":")[2]))
    if address is None or session.get_one(Person, address.person_id).left_at is not None:
        return False
    best = person.email_of(session, address.person_id)
    return best is None or best.id == address.id or best.state is not AddressState.GOOD


def _is_lost(one: Missed) -> bool:
    return one.letter.state is DeliveryState.REFUSED or one.address.state is AddressState.BOUNCED


def _tell(one: Missed, slug: str) -> Wanted:
    """That letters to an address of somebody do not arrive; listed once for each board."""
    if _is_lost(one):
        what = "are refused. Others were told in their place where there are any"
    elif one.letter.state is DeliveryState.DOUBTFUL:
        what = "may not have arrived: the line was lost each time"
    else:
        what = "do not go for now, and are still being tried"
    text = (
        f"Letters to {one.name} <{one.address.value}>, that {TOLD[one.kind]}, {what}. Tell them by other "
        "means, see to the address or the mail server, or put somebody else on duty: "
        "cascade duty EMAIL --name NAME --from DAY"
    )
    key = _key(one.board_id, one.address.id)
    return Wanted(ChoreKind.UNTOLD, key, name_board(text, slug), one.board_id)


def _key(board_id: UUID, address_id: UUID) -> str:
    return f"{board_id}:{address_id}"
