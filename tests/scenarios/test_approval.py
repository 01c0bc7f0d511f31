"""Ten working days after the due day a letter is drafted, and goes once when a person says yes."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.bot.cli.terminal import MANAGER
from tests.scenarios.desk import Desk, row

pytestmark = pytest.mark.sqlite_first

#: Long after the board member's day: a draft that has not come by then never comes.
LATEST = datetime(2026, 12, 8, 12, tzinfo=UTC)


@pytest.mark.drill
def test_a_board_members_letter_waits_for_a_yes_and_goes_once_across_restarts(desk: Desk) -> None:
    desk.open(row("Orchard Trust", "orchard"))
    desk.terminal.done("new", "return", "tna", "--form", "tna_short")
    desk.terminal.done("launch", "tna", "--yes")
    while not (drafted := desk.terminal.told("approve", "tna")["letters"]):
        assert desk.now < LATEST
        desk.until(desk.now + timedelta(days=2))
    desk.until(desk.now + timedelta(days=1))
    assert [one["role"] for one in drafted] == ["board_member"]
    assert desk.to("bose@") == []
    assert desk.terminal.told("approve", "tna", "--all", "--as", MANAGER)["approved"] == 1
    for _ in range(3):  # each stretch is another worker
        desk.until(desk.now + timedelta(days=1))
    assert len(desk.to("bose@")) == 1
