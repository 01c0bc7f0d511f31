"""Rungs that waited together because nobody sent them go to nobody on one day."""

from datetime import UTC, datetime, timedelta

import pytest

from store.asking.lesson import Priority
from store.database import Database
from tests.make import START
from tests.story import Story, local

pytestmark = pytest.mark.sqlite_first


async def test_two_rungs_of_an_urgent_ask_that_waited_go_as_one_letter(database: Database) -> None:
    story = Story(database)
    story.begin("A", priority=Priority.URGENT)
    await story.until(START + timedelta(hours=1))
    for day in (13, 14):  # the sender is off while the clock goes on
        story.now = datetime(2026, 10, day, 8, tzinfo=UTC)
        story.climb()
    await story.until(datetime(2026, 10, 14, 20, tzinfo=UTC))
    assert [local(letter.at)[:6] for letter in story.channel.to("rowan")] == ["12 Oct", "14 Oct"]
    told = {(one.rung, one.role): one for one in story.touches("wren-1")}
    assert told["reminder", "asked"].reason == "“deputy” goes to the same reader in the same message"
    assert told["deputy", "asked"].state.value == "sent"
