"""Builders: a house with a launched lesson in it, its links, and every row of it as one text."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from starlette.testclient import TestClient

from bot.settings import Settings
from bot.web.app import build_app
from bot.wiring import House
from messages.letters.identity import Identity
from messages.proof.links import two_digits
from store import rows
from store.asking import ask
from store.asking.ask import Ask
from store.database import Database, Session
from store.people import person
from tests import make

T = TypeVar("T")
HOST = "http://127.0.0.1:8000"
BODY = """*A fictional lesson.*

## What was learned

1. Write “was not brought”, and what it may mean for this child.
2. Ask what it is like to be this child today.

## For a team meeting

* When did we last close because somebody did not come?
"""


@dataclass
class StandingClock:
    """A clock that moves only when told to."""

    moment: datetime = make.START

    async def now(self) -> datetime:
        """Where it stands."""
        return self.moment


@dataclass
class Scene:
    """A house, its clock, and a browser before its door."""

    house: House
    clock: StandingClock
    client: TestClient
    board_id: UUID
    asks: dict[str, UUID] = field(default_factory=dict)

    def read(self, fn: Callable[[Session], T]) -> T:
        """Ask the database."""
        return self.house.database.read_now(fn)

    def write(self, fn: Callable[[Session], T]) -> T:
        """Change the database."""
        return self.house.database.write_now(fn)

    def ask(self, step: str = "acknowledge", letter: str = "A") -> Ask:
        """One agency's ask as it stands."""
        return self.read(lambda session: session.get_one(Ask, self.asks[f"{step} {letter}"]))

    def person_id(self, name: str, where: str = "Agency A") -> UUID:
        """Somebody's id."""
        email = make.address(name, make.domain_of(where))
        known = self.read(lambda session: person.by_address(session, email))
        assert known is not None
        return known.id

    def link(self, step: str = "acknowledge", name: str = "Rowan A", letter: str = "A") -> str:
        """The path with which one person answers one ask."""
        asked = self.ask(step, letter)
        whole = self.house.identity.answer_link(
            asked.id, self.person_id(name, f"Agency {letter}"), asked.generation
        )
        return whole.removeprefix(self.house.identity.base_url)

    def digits(self, step: str = "acknowledge", name: str = "Rowan A") -> str:
        """The two digits in somebody's letter."""
        asked = self.ask(step)
        return two_digits(self.house.identity.keyring, asked.id, self.person_id(name), asked.generation)

    def preferences(self, name: str = "Rowan A") -> str:
        """The path of somebody's preferences."""
        link = self.house.identity.unsubscribe_link(self.board_id, self.person_id(name))
        return link.removeprefix(self.house.identity.base_url)

    def dump(self) -> str:
        """Every row of every table, as one text."""

        def every(session: Session) -> str:
            kept = {table.name: sorted(map(repr, session.execute(table.select()))) for table in rows.TABLES}
            return "\n".join(f"{name} {lines}" for name, lines in kept.items())

        return self.read(every)


def scene(url: str, folder: Path, *, base_url: str = HOST) -> Scene:
    """Two agencies, one board, and the lesson launched to both."""
    settings = Settings(database=url, base_url=base_url, key_file=folder / "none")
    clock = StandingClock()
    identity = Identity(base_url, settings.mailbox, make.IDENTITY.keyring, make.ZONE)
    house = House(settings, Database(url), identity, clock)

    def fill(session: Session) -> tuple[UUID, dict[str, UUID]]:
        board, agencies = make.world(session, ("A", "B"))
        lesson = make.lesson(session, board)
        lesson.body = BODY
        wanted = make.campaign(session, board, about=lesson)
        make.launched(session, wanted)
        asks = {}
        for where in agencies:
            first = ask.live_of_agency(session, where.id)[0]
            after = ask.following(session, first)
            assert after is not None
            asks[f"acknowledge {where.name[-1]}"] = first.id
            asks[f"cascade {where.name[-1]}"] = after.id
        return board.id, asks

    board_id, asks = house.database.write_now(fill)
    client = TestClient(build_app(house), base_url=base_url, follow_redirects=False)
    return Scene(house, clock, client, board_id, asks)
