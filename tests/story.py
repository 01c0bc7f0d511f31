"""A whole installation on a virtual clock: people answer, a worker wakes, and letters land in a list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from bot.clock import real_now
from bot.worker import Worker
from messages.chasing.climb import climb_due
from messages.gathering.gather import gather_due
from messages.letters.press import Press
from messages.sending.channel import Channel
from messages.sending.sender import Sender
from store import chore
from store.answers.inbound import Source
from store.asking import ask
from store.asking.ask import Ask
from store.asking.campaign import Campaign
from store.chore import Chore
from store.database import Database, Session
from store.decision import Decision
from store.letters import touch
from store.letters.delivery import Delivery
from store.letters.touch import Touch
from store.people import person
from store.people.agency import Agency
from store.people.board import Board
from store.people.person import Address, Person
from surveys.answering.answers import Problems
from surveys.answering.intake import Arrival, Receipt, Refusal, receive
from surveys.paging.keystrokes import Raw
from tests import make
from tests.fakes import FakeChannel
from tests.make import START, ZONE

T = TypeVar("T")

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
    #: What tells leases the time.
    real_now: Callable[[], datetime] = real_now

    def __post_init__(self) -> None:
        self.worker = self.new_worker("first")

    def new_worker(self, name: str) -> Worker:
        """One more worker on the same database."""
        channel = self.real or self.channel
        press = Press(make.IDENTITY)
        sender = Sender(self.database, {"email": channel}, press, name, self.real_now, lease=self.lease)
        return Worker(self.database, sender)

    def write(self, fn: Callable[[Session], T]) -> T:
        return self.database.write_now(fn)

    def read(self, fn: Callable[[Session], T]) -> T:
        return self.database.read_now(fn)

    async def until(self, end: datetime) -> None:
        """Step through every wake-up before `end`, then stand there."""
        while self.now < end:
            self.channel.now = self.now
            await self.worker.step(self.now)
            following = await self.worker.next_wake(self.now)
            assert following > self.now, "the worker wants to look again at the moment it has just looked"
            self.now = min(end, following)
        self.channel.now = self.now
        await self.worker.step(self.now)

    def climb(self) -> int:
        return self.write(lambda session: climb_due(session, self.now, ZONE))

    def gather(self) -> int:
        return self.write(lambda session: gather_due(session, self.now, ZONE))

    def begin(self, letters: Sequence[str] = "A", **settings: object) -> Board:
        """A world of agencies with a lesson launched now."""

        def build(session: Session) -> Board:
            board, _ = make.world(session, letters)
            wren = make.campaign(session, board, **settings)  # type: ignore[arg-type]
            make.launched(session, wren, self.now)
            return board

        return self.write(build)

    def answer(self, reference: str, raw: Raw, who: str, once: str = "") -> Receipt | Problems | Refusal:
        """Somebody answers on the page."""

        def give(session: Session) -> Receipt | Problems | Refusal:
            known = by_name(session, who)
            arrival = Arrival(Source.WEB, once or f"{reference}.{known.id}.{self.now}", raw, known.id)
            today = self.now.astimezone(ZONE).date()
            return receive(session, find(session, reference).id, arrival, self.now, today)

        return self.write(give)

    def touches(self, reference: str) -> list[Touch]:
        return self.read(lambda session: touch.of_ask(session, find(session, reference).id))

    def rungs(self, reference: str) -> list[tuple[str, str, str]]:
        """Each touch as rung, role and state."""
        return [(one.rung, one.role, one.state.value) for one in self.touches(reference)]

    def ask(self, reference: str) -> Ask:
        return self.read(lambda session: find(session, reference))

    def deliveries(self) -> list[Delivery]:
        return self.read(lambda session: session.query(Delivery).order_by(Delivery.id).all())

    def chores(self) -> list[Chore]:
        return self.read(chore.waiting)

    def decisions(self, what: str) -> list[Decision]:
        return self.read(lambda session: session.query(Decision).filter_by(what=what).all())

    def letters(self) -> list[tuple[str, str]]:
        """Every letter as local moment and address."""
        return [(local(letter.at), letter.address) for letter in self.channel.sent]


def local(moment: datetime | None) -> str:
    """A moment as the wall clock showed it."""
    return "" if moment is None else moment.astimezone(ZONE).strftime("%d %b %H:%M")


def find(session: Session, reference: str) -> Ask:
    """An ask by its reference."""
    found = ask.by_reference(session, reference)
    assert found is not None, f"there is no ask {reference}"
    return found


def by_name(session: Session, name: str) -> Person:
    """A person by name."""
    return session.query(Person).filter_by(name=name).one()


def address_of(session: Session, name: str) -> Address:
    """The address of a person by name."""
    found = person.email_of(session, by_name(session, name).id)
    assert found is not None
    return found


def campaign_of(session: Session, slug: str = "wren") -> Campaign:
    """A campaign by its short name."""
    return session.query(Campaign).filter_by(slug=slug).one()


def number_of(session: Session, agency: str, step: int = 1) -> str:
    """The reference of an agency's ask in a step of the first campaign."""
    asks: list[Ask] = [
        one for one in session.query(Ask).order_by(Ask.number) if _agency(session, one.agency_id) == agency
    ]
    return f"wren-{asks[step - 1].number}"


def _agency(session: Session, agency_id: UUID) -> str:
    return session.get_one(Agency, agency_id).name
