"""A poll: many people answer an anonymous question in one day, while other work goes on around them."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from messages.proof.links import Purpose, sign_link
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, Step
from store.base import ordered_id
from store.database import Database, Session
from store.decision import note_about
from store.people.agency import Agency
from store.people.board import Board
from store.people.person import Person
from surveys.answering.answers import Answers
from surveys.answering.value import Value
from surveys.open import anonymous
from tests import make, make_asking
from tests.make import IDENTITY, START, ZONE

#: Seconds between two answers.
GAP = timedelta(seconds=97)

#: How one answer is taken: (session, ask, person, token, answers, now).
Door = Callable[[Session, UUID, UUID, str, Answers, datetime], object]


@dataclass
class Poll:
    """What there is to know afterwards; `wrote` and `arrived` are the truth that nobody else may know."""

    database: Database
    campaign_id: UUID
    #: The asks of the anonymous step, by any identifier of theirs or of what belongs to their person.
    asks: dict[str, UUID] = field(default_factory=dict)
    tokens: dict[UUID, str] = field(default_factory=dict)
    #: Ask → the word that only its answer holds.
    wrote: dict[UUID, str] = field(default_factory=dict)
    #: The asks in the order in which they were answered.
    arrived: list[UUID] = field(default_factory=list)
    #: Ask → when it was answered.
    moments: dict[UUID, datetime] = field(default_factory=dict)
    #: What the web server and the application wrote down.
    log: list[str] = field(default_factory=list)


def through_the_door(
    session: Session, ask_id: UUID, person_id: UUID, token: str, checked: Answers, now: datetime
) -> object:
    """The real door."""
    day = now.astimezone(ZONE).date()
    return anonymous.take_for_ask(session, ask_id, person_id, token, checked, "en", {}, day, ZONE)


def hold(database: Database, people: int, seed: int, door: Door = through_the_door) -> Poll:
    """Ask many people, and let all of them answer in an order that is not that of their asks."""
    chance = random.Random(seed)
    poll = database.write_now(lambda session: _ask_everybody(session, database, people))
    listener = _Listener(poll.log)
    logging.getLogger().addHandler(listener)
    try:
        order = list(poll.tokens)
        chance.shuffle(order)
        for number, ask_id in enumerate(order):
            _answer(poll, ask_id, START + number * GAP, chance, door)
            if chance.random() < 0.5:
                _go_about_other_work(poll, chance.choice(order), START + number * GAP)
    finally:
        logging.getLogger().removeHandler(listener)
    return poll


class _Listener(logging.Handler):
    """Writes down what the application says, in the order in which it says it."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _answer(poll: Poll, ask_id: UUID, now: datetime, chance: random.Random, door: Door) -> None:
    token, word = poll.tokens[ask_id], f"word-{chance.getrandbits(48):012x}"
    person_id = poll.database.read_now(lambda session: session.get_one(Ask, ask_id).person_id)
    assert person_id is not None
    values: dict[str, Value] = {
        "heard": chance.choice(["yes", "no"]),
        "use": chance.randint(1, 5),
        "comment": f"I say {word}.",
    }
    # Pages come in more than one order.
    checked = Answers("s1", 1, dict(chance.sample(list(values.items()), len(values))))
    poll.database.write_now(lambda session: door(session, ask_id, person_id, token, checked, now))
    poll.log.append(f"{now.isoformat()} POST /a/{token} 303")
    poll.wrote[ask_id], poll.moments[ask_id] = word, now
    poll.arrived.append(ask_id)


def _go_about_other_work(poll: Poll, ask_id: UUID, now: datetime) -> None:
    """A reminder is put off, and something is noted about somebody."""

    def work(session: Session) -> None:
        asked = session.get_one(Ask, ask_id)
        if asked.state is AskState.ASKED:
            asked.next_touch_at = now + timedelta(days=2)
        note_about(session, asked, now, "put off", "somebody is away", "the worker")

    poll.database.write_now(work)


def _ask_everybody(session: Session, database: Database, people: int) -> Poll:
    board = make.board(session)
    agency = make.agency(session, board, "Agency A")
    asking = make_asking.asking(session, board, "heard", "What was heard")
    poll = Poll(database, asking.id)
    steps = [make_asking.step(session, asking, f"s{number}", position=number) for number in (1, 2)]
    for number in range(people):
        _ask_somebody(session, poll, (board, agency, asking), steps, number)
    session.flush()
    return poll


def _ask_somebody(
    session: Session, poll: Poll, of: tuple[Board, Agency, Campaign], steps: list[Step], number: int
) -> None:
    board, agency, asking = of
    person = Person(id=ordered_id(), name=f"Person {number}")
    session.add(person)
    session.flush()
    due = START.date() + timedelta(days=14)
    asks = [
        Ask(
            id=ordered_id(),
            board_id=board.id,
            campaign_id=asking.id,
            step_id=step.id,
            number=2 * number + step.position,
            person_id=person.id,
            agency_id=agency.id,
            state=AskState.ASKED if step.position == 1 else AskState.PENDING,
            next_touch_at=START if step.position == 1 else None,
            asked_at=START,
            original_due_on=due,
            due_on=due,
        )
        for step in steps
    ]
    session.add_all(asks)
    session.flush()
    mine = asks[0].id
    poll.asks |= {one.hex: mine for one in (mine, asks[1].id, person.id)}
    poll.tokens[mine] = sign_link(IDENTITY.keyring, mine, person.id, Purpose.ANSWER, 0)
