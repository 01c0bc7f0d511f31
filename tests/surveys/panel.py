"""A panel: people asked an anonymous question by name, in a campaign of its own, who answer or do not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, Step
from store.base import ordered_id
from store.database import Database, Session
from store.people.agency import Agency
from store.people.person import Person
from surveys.answering.answers import Answers
from surveys.answering.intake import Refusal
from surveys.open import anonymous
from surveys.open.anonymous import Kept
from tests import make, make_asking
from tests.make import START, ZONE

#: What everybody is asked, whose answer in these tests is who they are.
FORM = {
    "key": "poll",
    "version": 1,
    "title": "Poll",
    "purpose": "Tests.",
    "minutes": 1,
    "privacy": "anonymous",
    "notice": "Please name nobody.",
    "sections": [
        {
            "name": "main",
            "title": "Main",
            "questions": [
                {"kind": "integer", "name": "who", "label": "Who?"},
                {"kind": "long_text", "name": "more", "label": "Anything else?"},
            ],
        }
    ],
}


class Panel:
    """One database with one question; whoever is asked is known by a number."""

    def __init__(self, database: Database, people: int) -> None:
        self.database, self.nights = database, 0
        self.asks: list[UUID] = []
        #: Whose answers were taken.
        self.taken: set[int] = set()
        database.write_now(self._begin)
        self.join(people)

    def join(self, people: int) -> None:
        """Ask more people."""
        self.asks += [self.database.write_now(self._ask) for _ in range(people)]

    def top_up(self, people: int) -> bool:
        """Ask more people where the campaign may still ask any."""
        shut = self.database.read_now(lambda session: anonymous.find_ended(session, self.campaign_id))
        if not shut:
            self.join(people)
        return not shut

    def find(self, *states: AskState) -> list[int]:
        """Whose ask is in one of some states."""

        def look(session: Session) -> list[int]:
            return [n for n, one in enumerate(self.asks) if session.get_one(Ask, one).state in states]

        return self.database.read_now(look)

    def answer(self, who: int) -> Kept | Refusal:
        """Somebody answers."""

        def take(session: Session) -> Kept | Refusal:
            asked = session.get_one(Ask, self.asks[who])
            assert asked.person_id is not None
            said = Answers("poll", 1, {"who": who, "more": f"words of {who}"})
            token = f"token-{who}"
            return anonymous.take_for_ask(
                session, asked.id, asked.person_id, token, said, "en", {}, self.day, ZONE
            )

        kept = self.database.write_now(take)
        if isinstance(kept, Kept):
            self.taken.add(who)
        return kept

    def close(self, who: int, state: AskState) -> None:
        """Somebody's ask lapses, or is said not to be for them."""

        def put(session: Session) -> None:
            session.get_one(Ask, self.asks[who]).state = state

        self.database.write_now(put)

    def night(self) -> None:
        """A night passes."""
        self.database.write_now(lambda s: anonymous.rewrite(s, self.campaign_id, self.day, ZONE))
        self.nights += 1

    def told(self) -> frozenset[int]:
        """Whose answers may be told of."""

        def look(session: Session) -> frozenset[int]:
            found = anonymous.find_told(session, session.get_one(Step, self.step_id))
            return frozenset(int(one.answers["who"]) for one in found)

        return self.database.read_now(look)

    @property
    def day(self) -> date:
        """The day it is."""
        return START.date() + timedelta(days=self.nights)

    def _begin(self, session: Session) -> None:
        board = make.board(session)
        make.agency(session, board, "Agency A")
        asking = make_asking.asking(session, board, "poll", "Poll")
        step = make_asking.step(session, asking, "poll", said=FORM)
        self.campaign_id, self.step_id = asking.id, step.id

    def _ask(self, session: Session) -> UUID:
        number = session.query(Ask).count() + 1
        person = Person(id=ordered_id(), name=f"Person {number}")
        session.add(person)
        session.flush()
        made = Ask(
            id=ordered_id(),
            board_id=session.get_one(Campaign, self.campaign_id).board_id,
            campaign_id=self.campaign_id,
            step_id=self.step_id,
            number=number,
            person_id=person.id,
            agency_id=session.query(Agency).one().id,
            state=AskState.ASKED,
            asked_at=START,
            original_due_on=START.date(),
            due_on=START.date(),
        )
        session.add(made)
        session.flush()
        return made.id


@contextmanager
def held(url: str, people: int) -> Iterator[Panel]:
    """A panel on a database of its own, closed after it."""
    database = Database(url)
    try:
        yield Panel(database, people)
    finally:
        database.close_now()
