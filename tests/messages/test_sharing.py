"""One message for several debts: each says whose it is, and `why` tells the words that were really used."""

from datetime import timedelta
from uuid import UUID

import pytest

from messages.chasing.explain import explain
from store.database import Database, Session
from store.people.person import Person, first_name_of
from store.people.seat import SeatRole
from tests import make
from tests.make import START
from tests.story import Story

pytestmark = pytest.mark.sqlite_first


def two_boards(session: Session) -> UUID:
    """Rowan represents one agency with two boards that share it, and both ask on the same day."""
    readers = []
    for slug, name in (("west", "West Board"), ("reading", "Reading Board")):
        board = make.board(session, slug, name)
        where = make.agency(session, board, "Agency A")
        readers.append(make.holder(session, board, where, "Rowan A", SeatRole.REPRESENTATIVE))
        make.launched(session, make.campaign(session, board, f"wren-{slug}"))
    return readers[0].id


async def test_boards_that_share_a_message_are_told_apart_in_it(database: Database) -> None:
    story = Story(database)
    story.write(two_boards)
    await story.until(START + timedelta(days=4))
    [chaser] = [letter for letter in story.channel.to("rowan.a") if "still needed" in letter.subject]
    assert "Asked by: West Board" in chaser.text
    assert "Asked by: Reading Board" in chaser.text
    flowing = " ".join(chaser.text.split())
    assert "Asked by: West Board (Morgan Ellery, morgan.ellery@west.example.org)" in flowing
    assert "Asked by: Reading Board (Morgan Ellery, morgan.ellery@reading.example.org)" in flowing
    assert chaser.text.startswith(("West Board and Reading Board", "Reading Board and West Board"))


async def test_why_does_not_tell_words_that_nobody_got(database: Database) -> None:
    story = Story(database)
    reader = story.write(two_boards)
    await story.until(START + timedelta(days=4))
    account = story.read(lambda session: explain(session, session.get_one(Person, reader)))
    reminders = [
        line.reason for line in account.lines if "“reminder”" in line.reason and line.what == "climbed"
    ]
    assert len(reminders) == 2
    assert all("in one message with 1 more, in the words of a digest" in reason for reason in reminders)


def test_a_mailbox_that_several_share_is_not_called_by_a_first_name() -> None:
    assert first_name_of("School office") == ""
    assert first_name_of("Training Desk") == ""
    assert first_name_of("Rosalind Peverell") == "Rosalind"
