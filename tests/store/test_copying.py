"""A copy has every row of the database, ids kept, and the database it came from is only read."""

from datetime import timedelta
from pathlib import Path

from store import copying
from store.answers.inbound import Source, keep
from store.answers.response import Response, replace
from store.asking import ask
from store.asking.campaign import Step
from store.base import ordered_id
from store.database import Database, Session
from tests import make
from tests.bot.dump import dump
from tests.make import START


def fill(session: Session) -> None:
    """Rows of most kinds, with one that points to a later one of its own table."""
    board, _ = make.world(session)
    make.terms(session)
    wanted = make.campaign(session, board)
    make.launched(session, wanted)
    asked = ask.by_reference(session, "wren-1")
    assert asked is not None
    for number in range(2):
        arrived, _ = keep(session, Source.WEB, f"page-{number}", b"\x00raw\xff", START, asked.id)
        given = Response(
            id=ordered_id(),
            board_id=board.id,
            ask_id=asked.id,
            form_version_id=session.get_one(Step, asked.step_id).form_version_id,
            inbound_id=arrived.id,
            answers={"staff": 40 + number, "teams": "Zoë"},
            at=START + timedelta(hours=number),
        )
        replace(session, given)


async def test_a_copy_holds_the_very_same_rows(database: Database, tmp_path: Path) -> None:
    await database.write(fill)
    before = dump(database.url)
    target = f"sqlite:///{tmp_path / 'copy.db'}"
    copied = copying.copy(database.url, target)
    assert copied > 50
    assert dump(target) == before
    assert dump(database.url) == before


async def test_an_empty_database_copies_to_an_empty_one(database: Database, tmp_path: Path) -> None:
    assert copying.copy(database.url, f"sqlite:///{tmp_path / 'copy.db'}") == 0
