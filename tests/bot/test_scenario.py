"""What a scenario does besides answering: drafts are launched, agencies rest, and seats change hands."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.rehearsing import scenario
from bot.rehearsing.simulation import simulate
from store.database import Database, Session
from tests import make
from tests.make import IDENTITY, START, ZONE

pytestmark = pytest.mark.sqlite_first


def drafted(session: Session) -> None:
    """Agencies, and a lesson that nobody launched."""
    board, _ = make.world(session, "ABC")
    make.campaign(session, board)


async def test_asks_are_found_by_their_agency_before_they_have_a_number(
    database: Database, tmp_path: Path
) -> None:
    await database.write(drafted)
    file = tmp_path / "events.csv"
    file.write_text(
        "when,ask,what\n"
        "2026-10-13 10:30,wren,launched\n"
        "2026-10-13 11:30,wren/acknowledge: Agency A,answered,staff=45\n"
        "2026-10-13 11:30,wren: Agency B,held,until=2026-12-31,because=inspection\n"
        "2026-10-13 12:00,wren: agency  c,replaced,name=Sam Okoro,email=sam.okoro@agencyc.example\n"
        "2026-10-14,wren,launched\n"
        "2026-10-14,wren: Agency Z,answered,staff=45\n",
        encoding="utf-8",
    )
    events = scenario.read(file, ZONE)
    made = await simulate(database.url, IDENTITY, START, START + timedelta(days=6), events)
    went = {(part.agency, part.rung, letter.address) for letter in made.letters for part in letter.carried}
    assert {agency for agency, rung, _ in went if rung == "reminder"} == {"Agency C"}
    assert "sam.okoro@agencyc.example" in {address for agency, _, address in went if agency == "Agency C"}
    assert [reason for _, reason in made.refused] == [
        "there is no draft wren",
        "there is no ask wren: agency z",
    ]
