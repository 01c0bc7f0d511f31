"""Being out of the office acknowledges nothing, and brings the deputy one notice."""

from datetime import timedelta

import pytest

from tests.scenarios.desk import LESSON, Desk, row

pytestmark = pytest.mark.sqlite_first


def test_whoever_is_away_still_owes_and_the_deputy_hears_once(desk: Desk) -> None:
    desk.open(row("Orchard Trust", "orchard"))
    desk.terminal.done("new", "lesson", "wren", "--lesson", str(LESSON))
    desk.terminal.done("launch", "wren", "--yes")
    desk.until(desk.now + timedelta(hours=1))
    assert len(desk.to("rowan@")) == 1
    desk.terminal.done("record", "away", "rowan@orchard.example", "--until", "2026-10-16")
    desk.until(desk.now + timedelta(hours=22))
    assert (len(desk.to("rowan@")), len(desk.to("devi@"))) == (1, 1)
    [owed] = desk.terminal.told("owed")["owed"]
    assert owed["agency"] == "Orchard Trust"
