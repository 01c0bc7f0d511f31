"""Random interleavings of climbing, gathering, claiming, settling, answering and pausing, by two workers."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messages.launching import running
from store.asking import ask
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign
from store.asking.lesson import Lesson
from store.database import Database, Session
from store.letters.delivery import Delivery, DeliveryState
from store.letters.outbox import Claim
from store.letters.touch import Touch, TouchState
from store.people.agency import Agency
from store.people.board import Board
from tests import make
from tests.make import START
from tests.messages.test_interleaving import finish, take
from tests.story import WHO, Story

pytestmark = pytest.mark.sqlite_first

LETTERS = "ABCD"
moves = st.lists(
    st.one_of(
        st.sampled_from(["climb", "gather", "one claims", "two claims", "one settles", "two settles"]),
        st.sampled_from([f"answer {letter}" for letter in LETTERS]),
        st.sampled_from(["pause", "resume"]),
    ),
    min_size=4,
    max_size=25,
)
#: Most random lists claim nothing; these begin where there is something to claim.
lively = moves.map(lambda some: ["climb", "gather", *some])


@dataclass
class Yard:
    """One campaign, two workers, and what has been claimed, answered and paused so far."""

    story: Story
    campaign_id: UUID
    asks: dict[str, UUID]
    claims: dict[str, Claim] = field(default_factory=dict)
    claimed: list[UUID] = field(default_factory=list)
    answered: set[UUID] = field(default_factory=set)
    paused: bool = False

    def make(self, move: str) -> None:
        """Do one move; one that has no sense just now is passed over."""
        match move.split():
            case ["climb"]:
                self.story.climb()
            case ["gather"]:
                self.story.gather()
            case [worker, "claims"] if worker not in self.claims:
                self.claim(worker)
            case [worker, "settles"] if worker in self.claims:
                held = self.claims.pop(worker)
                self.story.write(lambda session: finish(session, held, self.story.now, worker))
            case ["answer", letter]:
                self.answer(self.asks[letter])
            case ["pause" | "resume" as what]:
                self.pause(what == "pause")
            case _:
                pass

    def claim(self, worker: str) -> None:
        held = self.story.write(lambda session: take(session, self.story.now, worker, limit=2))
        parts = [part for one in held.taken for part in one.owed]
        assert not {part.ask_id for part in parts} & self.answered
        assert not (parts and self.paused)
        assert len(held.taken) <= 2
        self.claims[worker] = held
        self.claimed += [part.touch_id for part in parts]

    def answer(self, ask_id: UUID) -> None:
        def close(session: Session) -> bool:
            return ask.close(session, ask_id, AskState.ANSWERED, self.story.now)

        if self.story.write(close):
            self.answered.add(ask_id)

    def pause(self, wanted: bool) -> None:
        def change(session: Session) -> bool:
            act = running.halt if wanted else running.resume
            return act(session, session.get_one(Campaign, self.campaign_id), self.story.now, WHO)

        self.story.write(change)
        self.paused = wanted


def begin(database: Database) -> Yard:
    """A fresh campaign; that of the example before is called back."""

    def build(session: Session) -> tuple[UUID, dict[str, UUID]]:
        known = session.query(Campaign).all()
        for before in known:
            running.withdraw(session, before, "the example before", START, WHO)
        # Messages left over would be claimed before those of this example.
        session.query(Delivery).update({"state": DeliveryState.DROPPED})
        board = session.query(Board).one_or_none() or make.world(session, LETTERS)[0]
        about = session.query(Lesson).one_or_none() or make.lesson(session, board)
        made = make.campaign(session, board, f"wren{len(known)}", about=about)
        make.launched(session, made)
        first = session.query(Ask).filter_by(campaign_id=made.id, state=AskState.ASKED)
        names = {one.id: one.name[-1] for one in session.query(Agency)}
        return made.id, {names[one.agency_id]: one.id for one in first}

    story = Story(database)
    return Yard(story, *story.write(build))


@given(lively)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
def test_no_message_is_claimed_twice_nor_once_nothing_in_it_is_owed(
    database_url: str, some: list[str]
) -> None:
    database = Database(database_url)
    yard = begin(database)
    for move in some:
        yard.make(move)
    assert len(yard.claimed) == len(set(yard.claimed))
    held = {part.touch_id for claim in yard.claims.values() for one in claim.taken for part in one.owed}
    sent = {
        one.id
        for one in yard.story.read(
            lambda session: session.query(Touch).filter_by(state=TouchState.SENT).all()
        )
    }
    assert set(yard.claimed) - held <= sent
    yard.story.now += timedelta(minutes=1)
    database.close_now()
