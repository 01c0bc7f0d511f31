"""Round: the ladder begins afresh for an ask, and an ask goes back from a colleague who cannot be reached."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.asking.ask import Ask, AskState, following
from store.asking.campaign import Step
from store.decision import note_about
from store.letters import alarm, pause
from store.people.person import Address, AddressState


def begin_round(session: Session, ask: Ask, now: datetime, reason: str, *, keep_first: bool = False) -> None:
    """Begin the ladder afresh: what waited is dropped, and the alarm rings now.

    With `keep_first` a first letter that has not gone yet still goes: its reader stays the same.
    """
    pause.drop_waiting(session, ask.id, reason, keep_first=keep_first)
    ask.round += 1
    ask.round_began_at = now
    session.flush()
    alarm.ring(session, [ask.id], now)


def reopen(session: Session, ask: Ask, due_on: date, now: datetime, reason: str) -> None:
    """Ask again what was answered, due on a day to come; the first due day stays on record."""
    ask.state, ask.closed_at, ask.due_on = AskState.ASKED, None, due_on
    session.flush()
    begin_round(session, ask, now, reason)


def wait_again(session: Session, ask: Ask, reason: str, now: datetime, by: str) -> Ask | None:
    """Let the next step's ask wait again that an answer had opened; None where it is not owed.

    The next answer opens it anew, in a round of its own, and its reader is written to as for the first time.
    One that opens on a day of its own goes on.
    """
    after = following(session, ask)
    if after is None or after.state is not AskState.ASKED:
        return None
    if session.get_one(Step, after.step_id).opens_on is not None:
        return None
    pause.drop_waiting(session, after.id, reason)
    after.state, after.round = AskState.PENDING, after.round + 1
    after.asked_at = after.round_began_at = after.next_touch_at = None
    session.flush()
    note_about(session, after, now, "waits again", reason, by)
    return after


def take_back(session: Session, person_id: UUID, reason: str, now: datetime, by: str) -> int:
    """Give every open ask that a colleague was handed back to the seat it came from; tells how many."""
    states = (AskState.PENDING, AskState.ASKED)
    handed = select(Ask).where(Ask.delegate_id == person_id, Ask.state.in_(states)).with_for_update()
    asks = session.execute(handed.order_by(Ask.id)).scalars().all()
    for ask in asks:
        ask.delegate_id = None
        session.flush()
        note_about(session, ask, now, "handed back", reason, by, person_id)
        if ask.state is AskState.ASKED:
            begin_round(session, ask, now, f"handed back: {reason}")
    return len(asks)


def has_another_address(session: Session, address: Address) -> bool:
    """Whether the person behind an address can be reached at another."""
    others = select(Address.id).where(
        Address.person_id == address.person_id,
        Address.id != address.id,
        Address.channel == address.channel,
        Address.state == AddressState.GOOD,
    )
    return session.execute(others.limit(1)).first() is not None
