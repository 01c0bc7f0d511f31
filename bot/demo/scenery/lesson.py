"""The lesson “Wren”: drafted from the sample and launched to every agency of the board."""

from datetime import datetime
from pathlib import Path

from bot.asking.drafting import draft, keep_lesson
from bot.asking.lesson_file import BadLesson, read_lesson
from bot.demo.scenery.founding import COORDINATOR, SceneError, find_board, found_board, open_sample
from bot.demo.scenery.making import launch_now
from bot.demo.stage import Stage
from messages.letters.identity import Identity
from messages.playbooks import playbook
from store.asking import campaign
from store.asking.campaign import Campaign
from store.database import Session

SLUG = "wren"


async def set_scene(stage: Stage, now: datetime) -> int:
    """Found the board and launch the lesson; tells how many agencies are asked."""
    await found_board(stage.house.database, now)
    return await launch_lesson(stage, now)


async def launch_lesson(stage: Stage, now: datetime) -> int:
    """Launch the lesson to every agency of the board; tells how many are asked."""
    identity = stage.house.identity
    with open_sample() as folder:
        return await stage.house.database.write(lambda session: _launch(session, folder, now, identity))


def wren(session: Session) -> Campaign:
    """The campaign that the demonstration plays."""
    found = campaign.by_slug(session, SLUG)
    if found is None:
        raise SceneError("the campaign “wren” is not there")
    return found


def _launch(session: Session, folder: Path, now: datetime, identity: Identity) -> int:
    board_id = find_board(session)
    told = read_lesson(folder / "lessons" / "wren.toml")
    book = playbook.load("lesson")
    if isinstance(told, BadLesson) or book is None:
        raise SceneError(f"the lesson “Wren” cannot be read: {told}")
    about = keep_lesson(session, board_id, told)
    if isinstance(about, str):
        raise SceneError(about)
    made = draft(session, board_id, book, SLUG, now, COORDINATOR, about=about)
    return launch_now(session, made, now, identity)
