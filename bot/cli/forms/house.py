"""What an installation knows of forms, where there is one: some commands do without."""

from collections.abc import Callable
from typing import TypeVar

from bot.cli.named import find_board
from bot.cli.options import Refused, open_house, refuse
from store.database import Session
from store.errors import DriverError, StoreError, tell
from store.people.board import Board, every

T = TypeVar("T")
#: Whoever copies a command writes their board's short name in its place.
BOARD = "BOARD"


def look_up(board: str | None, fn: Callable[[Session, Board], T]) -> T | None:
    """What the database says for a board; None without an installation or board, unless one was named.

    Ends the command where a named board is not there, or where several are and none was named.
    """
    try:
        house = open_house()
    except Refused:
        if board is not None:
            raise
        return None
    try:
        return house.database.read_now(lambda session: _with_board(session, board, fn))
    except StoreError as error:
        refuse(str(error))
    except DriverError as error:
        refuse(tell(error))
    finally:
        house.database.close_now()


def board_to_say() -> str:
    """What stands for a board's short name in a command where there are several; else empty."""
    try:
        house = open_house()
    except Refused:
        return ""
    try:
        return BOARD if house.database.read_now(lambda session: len(every(session))) > 1 else ""
    except (StoreError, DriverError):
        return ""
    finally:
        house.database.close_now()


def _with_board(session: Session, board: str | None, fn: Callable[[Session, Board], T]) -> T | None:
    if board is None and session.query(Board).first() is None:
        return None
    return fn(session, find_board(session, board))
