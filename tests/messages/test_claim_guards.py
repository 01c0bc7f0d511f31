"""What is looked at once more in the claim and just before sending, whatever came between."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import pytest

from messages.changes import seating
from messages.letters.message import Message
from store.database import Database, Session
from store.people import person, seat
from store.people.agency import Agency
from store.people.seat import SeatRole
from tests import make
from tests.fakes import FakeChannel
from tests.make import START
from tests.story import WHO, Story, by_name, find

pytestmark = pytest.mark.sqlite_first

T = TypeVar("T")


async def test_a_letter_whose_ask_has_just_gone_to_a_colleague_stays(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.worker.wake(START)

    def hand_over_at_this_moment(session: Session) -> None:
        """As a hand-over that commits between the gathering and the claim."""
        find(session, "wren-1").delegate_id = person.keep(session, "Kim B", "kim@agencya.example").id

    story.write(hand_over_at_this_moment)
    await story.worker.send(START)
    assert story.channel.sent == []
    [issue] = story.touches("wren-1")
    assert (issue.state.value, issue.reason) == ("dropped", "it was handed to a colleague")


class Interrupted(Database):
    """Runs a write twice: once in vain, and again after something has changed."""

    meanwhile: Callable[[Session], object] | None = None

    async def write(self, fn: Callable[[Session], T], *, urgent: bool = False) -> T:
        """As a transaction that a deadlock undid, and that is run again."""
        between, self.meanwhile = self.meanwhile, None
        if between is None:
            return await super().write(fn, urgent=urgent)

        def twice(session: Session) -> T:
            undone = session.begin_nested()
            fn(session)
            undone.rollback()
            between(session)
            session.flush()
            return fn(session)

        return await super().write(twice, urgent=urgent)


async def test_what_was_written_for_an_undone_claim_is_never_sent(database: Database) -> None:
    story = Story(Interrupted(database.url))
    story.begin("A")
    await story.worker.wake(START)

    def rename(session: Session) -> None:
        by_name(session, "Rowan A").name = "Robin A"

    assert isinstance(story.database, Interrupted)
    story.database.meanwhile = rename
    await story.worker.sender.send_due(START)
    [letter] = story.channel.sent
    assert "Robin" in letter.text
    assert "Rowan" not in letter.text
    await story.database.close()


class Slow(FakeChannel):
    """Takes more than two seconds for each letter."""

    async def send(self, message: Message, address: str) -> str:
        """Take a letter, in its own time."""
        await asyncio.sleep(2.1)
        return await super().send(message, address)


async def test_a_slow_server_gets_smaller_groups(database: Database) -> None:
    story = Story(database, channel=Slow())
    story.begin("AB")
    await story.worker.wake(START)
    sender = story.worker.sender
    sender.group = 8
    await story.worker.send(START)
    assert len(story.channel.sent) == 2
    assert sender.group < 8


async def test_a_deputy_who_leaves_one_boards_seat_still_stands_in_for_the_other(database: Database) -> None:
    story = Story(database)
    story.begin("A")

    reading = story.write(lambda s: make.second_board(s, "Devi A", SeatRole.DEPUTY)).id
    await story.until(datetime(2026, 10, 21, 7, tzinfo=UTC))
    story.now = datetime(2026, 10, 21, 8, tzinfo=UTC)
    story.climb()  # the deputy's rung

    def reseat(session: Session) -> None:
        where = session.query(Agency).filter_by(folded="agency a").one()
        place = seat.ensure(session, reading, where.id, SeatRole.DEPUTY)
        nia = person.keep(session, "Nia N", "nia@agencya.example")
        assert seating.fill(session, place, where, nia, story.now, WHO)

    story.write(reseat)
    waits = [one.state.value for one in story.touches("wren-1") if one.role == "deputy"]
    assert waits == ["to_send"]
