"""A process that is told to stop ends after the group that is going out; the rest waits, none is in doubt."""

from dataclasses import dataclass, field

from bot.clock import real_now
from messages.chasing.climb import climb_due
from messages.gathering.gather import gather_due
from messages.letters.message import Message
from messages.letters.press import Press
from messages.sending.sender import Sender
from store.database import Database, Session
from store.letters.delivery import Delivery, DeliveryState
from tests import make
from tests.fakes import FakeChannel

LETTERS = [f"{number:02}" for number in range(40)]


@dataclass
class StoppingChannel(FakeChannel):
    """Tells its sender to stop at the first letter."""

    senders: list[Sender] = field(default_factory=list)

    async def send(self, message: Message, address: str) -> str:
        """Take the letter."""
        for sender in self.senders:
            sender.halted = True
        return await super().send(message, address)


def _launch(session: Session) -> None:
    board, _ = make.world(session, LETTERS)
    make.launched(session, make.campaign(session, board))
    climb_due(session, make.START, make.ZONE)
    gather_due(session, make.START, make.ZONE)


async def test_told_to_stop_it_finishes_one_group_and_leaves_the_rest_waiting(database: Database) -> None:
    await database.write(_launch)
    channel = StoppingChannel()
    sender = Sender(database, {"email": channel}, Press(make.IDENTITY), "one", real_now)
    channel.senders.append(sender)
    await sender.send_due(make.START)
    states = await database.read(lambda session: [one.state for one in session.query(Delivery)])
    assert 0 < len(channel.sent) < len(LETTERS)
    assert states.count(DeliveryState.SENT) == len(channel.sent)
    assert states.count(DeliveryState.WAITING) == len(LETTERS) - len(channel.sent)
