"""Founding: the fictional board with its officers, and the directory of its agencies."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from uuid import UUID

from bot.directory.apply import Import, bring_in
from bot.directory.difference import compare
from bot.directory.existing import read_existing
from bot.directory.reading import read
from bot.directory.sheets.sheet import Refusal
from store.base import ordered_id
from store.database import Database, Session
from store.people import board, person
from store.people.board import Board, Office, OfficeRole

BOARD = "West Berkshire Safeguarding Children Board"
COORDINATOR = "morgan.ellery@westberks-lscb.example"
#: Fictional officers of the fictional board.
OFFICERS = (
    ("Morgan Ellery", COORDINATOR, OfficeRole.COORDINATOR),
    ("Adaeze Thornhill", "adaeze.thornhill@westberks-lscb.example", OfficeRole.MANAGER),
    ("Celia Marsden", "celia.marsden@westberks-lscb.example", OfficeRole.SUBGROUP_CHAIR),
    ("Robert Ainscough", "robert.ainscough@westberks-lscb.example", OfficeRole.INDEPENDENT_CHAIR),
    ("Tomasz Lindqvist", "tomasz.lindqvist@schools.westberks.example", OfficeRole.EDUCATION_LEAD),
)


class SceneError(Exception):
    """The sample that ships with Cascade cannot be used; the text says which part."""


async def found_board(database: Database, now: datetime) -> None:
    """Make the board, and bring its agencies, seats and school terms in."""
    with open_sample() as folder:
        await database.write(lambda session: _found(session, folder, now))


@contextmanager
def open_sample() -> Iterator[Path]:
    """The folder of the sample that ships with Cascade."""
    with as_file(files("bot.demo").joinpath("sample")) as folder:
        yield folder


def find_board(session: Session) -> UUID:
    """The fictional board. Raises SceneError where it was not founded."""
    for one in board.every(session):
        if one.name == BOARD:
            return one.id
    raise SceneError(f"the {BOARD} is not there")


def _found(session: Session, folder: Path, now: datetime) -> None:
    board_id = _add_board(session)
    for name in ("terms.csv", "agencies.csv", "seats.csv"):
        existing = read_existing(session, board_id)
        told = read(folder / name, known=existing.known)
        if isinstance(told, Refusal):
            raise SceneError(str(told))
        if told.rejected:
            raise SceneError(str(told.rejected[0]))
        one = Import(session, board_id, now, COORDINATOR)
        bring_in(one, compare(told, existing), step=lambda: None)


def _add_board(session: Session) -> UUID:
    made = Board(
        id=ordered_id(),
        slug="west-berkshire",
        name=BOARD,
        contact_name="Morgan Ellery",
        contact_email=COORDINATOR,
        contact_phone="",
        terms={},
    )
    session.add(made)
    session.flush()
    for name, address, role in OFFICERS:
        holder = person.keep(session, name, address)
        session.add(Office(board_id=made.id, person_id=holder.id, role=role))
    session.flush()
    return made.id
