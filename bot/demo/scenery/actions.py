"""Actions: what three agencies promised after a review in spring, brought in from the sample's sheet."""

from datetime import datetime
from pathlib import Path

from bot.demo.scenery.founding import COORDINATOR, SceneError, find_board, open_sample
from bot.demo.stage import Stage
from bot.directory.apply import Import, bring_in
from bot.directory.difference import compare
from bot.directory.existing import read_existing
from bot.directory.reading import read
from bot.directory.sheets.sheet import Refusal
from store.database import Session

SHEET = "actions.csv"


async def bring_actions(stage: Stage, now: datetime) -> None:
    """Bring the promised changes in, as the coordinator would."""
    with open_sample() as folder:
        await stage.house.database.write(lambda session: _bring(session, folder / SHEET, now))


def _bring(session: Session, path: Path, now: datetime) -> None:
    board_id = find_board(session)
    existing = read_existing(session, board_id)
    told = read(path, known=existing.known)
    if isinstance(told, Refusal):
        raise SceneError(str(told))
    if told.rejected:
        raise SceneError(str(told.rejected[0]))
    bring_in(Import(session, board_id, now, COORDINATOR), compare(told, existing), step=lambda: None)
