"""Missed: alerts that did not go, told to somebody else, and to the board by the day alone."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from messages.alerts import TOLD, alert_others
from store import alert, chore
from store.alert import Missed
from store.chore import ChoreKind
from store.database import Session
from store.delivery import DeliveryState
from store.person import AddressState
from store.settlement import Outcome, Settled

#: After so many tries in vain the board is told, while they go on.
TRIES = 3


def see_to_missed(session: Session, tried: Sequence[Settled], now: datetime, zone: ZoneInfo) -> None:
    """See to the alerts among messages that were just tried in vain.

    Where an address refuses, whoever was not told yet is told instead: at another address of the same person,
    or, where no reviewer can be reached, the office. A chore says whose letters do not arrive, without when.
    """
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
    for one in found:
        if _is_lost(one) or one.letter.state is DeliveryState.DOUBTFUL or one.letter.attempts >= TRIES:
            _tell(session, one, midnight)


def _is_lost(one: Missed) -> bool:
    return one.letter.state is DeliveryState.REFUSED or one.address.state is AddressState.BOUNCED


def _tell(session: Session, one: Missed, midnight: datetime) -> None:
    """List, once for each address of a board, that letters to it do not arrive."""
    if _is_lost(one):
        what = "are refused. Others were told in their place where there are any"
    elif one.letter.state is DeliveryState.DOUBTFUL:
        what = "may not have arrived: the line was lost each time"
    else:
        what = "do not go for now, and are still being tried"
    text = (
        f"Letters to {one.name} <{one.address.value}>, that {TOLD[one.kind]}, {what}. Tell them by other "
        "means, see to the address or the mail server, or put somebody else on duty: "
        "cascade duty EMAIL --from DAY"
    )
    key = f"{one.board_id}:{one.address.id}"
    chore.open_once(session, ChoreKind.UNTOLD, key, text, midnight, board_id=one.board_id)
