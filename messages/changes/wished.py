"""Wished: a letter that somebody asked for, which is no rung of a ladder and waits for no other letter."""

from datetime import datetime
from uuid import UUID

from store.asking.ask import Ask
from store.base import ordered_id
from store.database import Session
from store.letters import alarm
from store.letters.touch import TouchState


def write_wished(
    session: Session,
    asked: Ask,
    reader_id: UUID,
    role: str,
    rung: str,
    words_id: UUID,
    reason: str,
    now: datetime,
) -> None:
    """Write a letter about an ask to one reader, to go at once: no reminder, so it keeps to no day."""
    row = {
        "id": ordered_id(),
        "board_id": asked.board_id,
        "ask_id": asked.id,
        "round": asked.round,
        "rung": rung,
        "role": role,
        "person_id": reader_id,
        "state": TouchState.TO_SEND,
        "reason": reason,
        "words_id": words_id,
        "is_first": True,
        "climbed_at": now,
        "not_before": now,
    }
    alarm.write_touches(session, [row])
