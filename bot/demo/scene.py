"""The scene: a fictional board with its agencies, and the lesson “Wren” launched to all of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.demo.stage import Stage
from bot.directory.apply import Import, bring_in
from bot.directory.difference import compare
from bot.directory.existing import read_existing
from bot.directory.reading import read
from bot.directory.sheets.sheet import Refusal
from bot.drafting import draft, keep_lesson
from bot.lesson_file import BadLesson, read_lesson
from messages import launch
from messages.playbooks import playbook
from store import campaign, person
from store.base import ordered_id
from store.board import Board, Office, OfficeRole
from store.campaign import Campaign
from store.database import Session

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
SLUG = "wren"


class SceneError(Exception):
    """The sample that ships with Cascade cannot be used; the text says which part."""


async def set_scene(stage: Stage, now: datetime) -> int:
    """Make the board, bring its directory in and launch the lesson; tells how many are asked."""
    database, zone = stage.house.database, stage.house.identity.zone
    board_id = await database.write(_add_board)
    with _sample() as folder:
        await database.write(partial(_bring_in, folder=folder, board_id=board_id, now=now))
        await database.write(partial(_draft, folder=folder, board_id=board_id, now=now))
    return await database.write(partial(_launch, now=now, zone=zone))


@contextmanager
def _sample() -> Iterator[Path]:
    with as_file(files("bot.demo").joinpath("sample")) as folder:
        yield folder


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


def _bring_in(session: Session, *, folder: Path, board_id: UUID, now: datetime) -> None:
    for name in ("terms.csv", "agencies.csv", "seats.csv"):
        existing = read_existing(session, board_id)
        told = read(folder / name, known=existing.known)
        if isinstance(told, Refusal):
            raise SceneError(str(told))
        if told.rejected:
            raise SceneError(str(told.rejected[0]))
        one = Import(session, board_id, now, COORDINATOR)
        bring_in(one, compare(told, existing), step=lambda: None)


def _draft(session: Session, *, folder: Path, board_id: UUID, now: datetime) -> None:
    told = read_lesson(folder / "lessons" / "wren.toml")
    book = playbook.load("lesson")
    if isinstance(told, BadLesson) or book is None:
        raise SceneError(f"the lesson “Wren” cannot be read: {told}")
    about = keep_lesson(session, board_id, told)
    if isinstance(about, str):
        raise SceneError(about)
    draft(session, board_id, book, SLUG, now, COORDINATOR, about=about)


def _launch(session: Session, *, now: datetime, zone: ZoneInfo) -> int:
    wanted = wren(session)
    launch.begin(session, wanted, now)
    after: UUID | None = None
    while (after := launch.make_asks(session, wanted.id, after, now, zone)) is not None:
        pass
    return launch.go_live(session, wanted, now, COORDINATOR)


def wren(session: Session) -> Campaign:
    """The campaign that the demonstration plays."""
    found = campaign.by_slug(session, SLUG)
    if found is None:
        raise SceneError("the campaign “wren” is not there")
    return found
