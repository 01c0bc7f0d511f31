"""Wishes to be contacted: kept, told to those on duty, done with, and mixed each night like answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from store import chore
from store.chore import ChoreKind
from store.database import Session
from store.people import board
from store.surveying import contact_wish, night
from store.surveying.contact_wish import ContactWish, Outcome
from surveys.open.anonymous import SHUFFLE, midnight_of


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody typed who wishes to be contacted."""

    language: str
    first_name: str
    safe_way: str
    safe_time: str
    may_leave_message: bool


def keep_wish(
    session: Session,
    board_id: UUID,
    campaign_id: UUID,
    wish_id: UUID,
    wish: Wish,
    day: date,
    zone: ZoneInfo,
) -> bool:
    """Keep a wish once, and with it a chore that tells those on duty that one waits, and nothing else.

    Tells whether it is new. Whoever writes a letter about it in the same transaction does so after this:
    of two that come at once, the second waits here for the first.
    """
    if contact_wish.is_there(session, wish_id):
        return False
    contact_wish.keep(
        session,
        board_id,
        campaign_id,
        wish.language,
        wish.first_name,
        wish.safe_way,
        wish.safe_time,
        day,
        may_leave_message=wish.may_leave_message,
        wish_id=wish_id,
    )
    _tell(session, board_id, day, zone)
    return True


def close_wish(
    session: Session, wish: ContactWish, outcome: Outcome, by: str, now: datetime, zone: ZoneInfo
) -> None:
    """Note what was done about a wish; its words are forgotten at once."""
    day = now.astimezone(zone).date()
    contact_wish.close(session, wish, outcome, by, day)
    if contact_wish.count_waiting(session, wish.board_id):
        _tell(session, wish.board_id, day, zone)
    else:
        chore.finish(session, ChoreKind.CONTACT, str(wish.board_id), by, now)


def mix(
    session: Session,
    day: date,
    zone: ZoneInfo,
    shuffle: Callable[[list[dict[str, Any]]], None] = SHUFFLE,
) -> int:
    """Write every wish since the last night anew in a random order; tells how many there are.

    `day` is the local day that has just ended. From then on neither the place of a row nor the transaction
    that wrote it tells when in the day it came, and so none leads to an answer that came about then.
    """
    kept = contact_wish.take_since(session, night.last_over(session))
    if not kept:
        return 0
    shuffle(kept)
    contact_wish.write(session, kept)
    night.add(session, day, 0)
    for board_id in sorted({row["board_id"] for row in kept if row["closed_on"] is None}):
        _tell(session, board_id, day, zone)
    return len(kept)


def _name_board(session: Session, board_id: UUID) -> str:
    slug = board.slug_to_say(session, board_id)
    return f" --board {slug}" if slug else ""


def _tell(session: Session, board_id: UUID, day: date, zone: ZoneInfo) -> None:
    """List the chore of a board's wishes; of the time it tells no more than the day."""
    # Listed before they are counted: of two who wish at once, the second waits here and counts both.
    for _ in ("list", "count"):
        waiting = contact_wish.count_waiting(session, board_id)
        said = "1 wish to be contacted waits" if waiting == 1 else f"{waiting} wishes to be contacted wait"
        chore.open_once(
            session,
            ChoreKind.CONTACT,
            str(board_id),
            f"{said}: cascade wishes{_name_board(session, board_id)}",
            midnight_of(day, zone),
            board_id=board_id,
        )
