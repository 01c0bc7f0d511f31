"""A whole installation on a virtual clock: people answer, a worker wakes, and letters land in a list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.clock import real_now
from bot.worker import Worker
from messages.channel import Channel
from messages.climb import climb_due
from messages.gather import gather_due
from messages.press import Press
from messages.sender import Sender
from store import ask, delivery, person, touch
from store.ask import Ask
from store.campaign import Campaign
from store.chore import Chore
from store.chore import waiting as waiting_chores
from store.database import Database, Session
from store.delivery import Delivery
from store.inbound import Source
from store.person import Person
from store.touch import Touch
from surveys import intake
from surveys.answers import Problems
from surveys.intake import Arrival, Raw, Receipt, Refusal
from tests import make
from tests.fakes import FakeChannel, Letter
from tests.make import START, ZONE

WHO = "morgan.ellery@west.example.org"
ACKNOWLEDGED: Raw = {"staff": ["30"]}
CASCADED: Raw = {
    "shared": ["all"],
    "staff": ["30"],
    "reached": ["24"],
    "basis": ["counted"],
    "first_shared-day": ["12"],
    "first_shared-month": ["10"],
    "first_shared-year": ["2026"],
    "how": ["team_meeting"],
}


@dataclass
class Story:
    """One database, one worker, one clock."""

    database: Database
    channel: FakeChannel = field(default_factory=FakeChannel)
    now: datetime = START
    #: A real channel in place of the recording one.
    real: Channel | None = None
    lease: float = 60.0

    def __post_init__(self) -> None:
        self.worker = self.new_worker("first")

    def new_worker(self, name: str) -> Worker:
        """One more worker on the same database."""
        channel = self.real or self.channel
        sender = Sender(
            self.database, {"email": channel}, Press(make.IDENTITY), name, real_now, lease=self.lease
        )
        return Worker(self.database, sender)

    def write[T](self, fn: Callable[[Session], T]) -> T:
        """Write, and wait for it."""
        return self.database.write_now(fn)

    def read[T](self, fn: Callable[[Session], T]) -> T:
        """Read."""
        return self.database.read_now(fn)
