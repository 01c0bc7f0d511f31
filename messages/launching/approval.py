"""Approval: the letters of the upper rungs, drafted and waiting for a person."""

from collections.abc import Iterable
from datetime import datetime

from store.asking.ask import Ask, AskState
from store.asking.campaign import words
from store.database import Session
from store.decision import note
from store.letters.touch import Touch, TouchState


def take_newest_words(session: Session, drafted: Iterable[Touch]) -> int:
    """Let letters that wait for a yes say what is saved for their rung now; tells how many change.

    What was drafted keeps its words otherwise, whatever is saved after.
    """
    changed = 0
    for touch in drafted:
        step_id = session.get_one(Ask, touch.ask_id).step_id
        newest = {(saved.rung, saved.role): saved.id for saved in words(session, [step_id])}
        found = newest.get((touch.rung, touch.role))
        if touch.state is TouchState.DRAFTED and found not in (None, touch.words_id):
            touch.words_id = found
            changed += 1
    session.flush()
    return changed


def approve(session: Session, drafted: Iterable[Touch], now: datetime, by: str) -> int:
    """Let drafted letters go, those that are still owed; tells how many will."""
    approved = 0
    for touch in drafted:
        ask = session.get_one(Ask, touch.ask_id)
        if touch.state is not TouchState.DRAFTED:
            continue
        if ask.state is not AskState.ASKED:
            touch.state, touch.reason = TouchState.DROPPED, f"no longer owed: {ask.state.value}"
            continue
        touch.state, touch.approved_by, touch.approved_at, touch.not_before = TouchState.TO_SEND, by, now, now
        note(
            session,
            now,
            "approved",
            f"letter “{touch.rung}” to the {touch.role.replace('_', ' ')}",
            by,
            board_id=touch.board_id,
            campaign_id=ask.campaign_id,
            ask_id=ask.id,
            agency_id=ask.agency_id,
            person_id=touch.person_id,
        )
        approved += 1
    session.flush()
    return approved
