"""Whoever holds everything matches anonymous answers to people by chance only, from the night on."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from store.ask import Ask
from store.database import Database, Session
from store.surveying import remains
from surveys import anonymous
from tests.drills import attacker, poll
from tests.drills.poll import Poll
from tests.make import START, ZONE

FEW, MANY = 60, 200
DAY = START.date()
#: A true guard fails the test no more often than once in so many runs.
SELDOM = 1e-5
#: Where a row of the ledger lies tells something of when it was changed: answers have no order to hold it to.
WHERE_IT_LIES = ("ctid", "place", "file ")

#: What is done with a poll after its day.
Night = Callable[[Poll], None]


@dataclass(frozen=True)
class Findings:
    """What the attacker came to."""

    tried: int
    best: int
    how: str
    #: The trait of the ledger, and of the answers, that tells most of the order of answering.
    ledger: tuple[float, str]
    answers: tuple[float, str]

    def is_chance(self, people: int) -> bool:
        """Whether all of it would come about by chance."""
        limit = order_by_chance(people)
        return (
            self.best <= pairs_by_chance(self.tried) and self.ledger[0] <= limit and self.answers[0] <= limit
        )


def pairs_by_chance(tried: int) -> int:
    """The most right pairs that the best of some blind strategies may have.

    A blind one is right for one pair on average, whatever their number, by Poisson's law.
    """
    most, tail = 0, 1 - math.exp(-1)
    while tried * tail > SELDOM:
        most += 1
        tail -= math.exp(-1) / math.factorial(most)
    return most


def order_by_chance(people: int) -> float:
    """The highest rank correlation of a hundred blind traits: it falls off like a normal one's 5.5 sigmas."""
    return 5.5 / math.sqrt(people - 1)


def real_night(held: Poll) -> None:
    """The night as the worker does it, with the files cleared."""
    with_shuffle(anonymous.SHUFFLE)(held)


def with_shuffle(shuffle: Callable[[list[anonymous.Renamed]], None]) -> Night:
    """A night that shuffles so."""

    def go_by(held: Poll) -> None:
        moved = held.database.write_now(
            lambda session: anonymous.rewrite(session, held.campaign_id, DAY, ZONE, shuffle)
        )
        assert moved == len(held.tokens)
        remains.clear(held.database.url)

    return go_by


def no_night(held: Poll) -> None:
    """Nothing is rewritten."""
    remains.clear(held.database.url)


def night_without_clearing(held: Poll) -> None:
    """What was deleted stays in the files."""
    held.database.write_now(lambda session: anonymous.rewrite(session, held.campaign_id, DAY, ZONE))


def night_without_rounding(held: Poll) -> None:
    """The ledger keeps the moments, as if nothing were rounded or evened out."""
    real_night(held)

    def put_back(session: Session) -> None:
        for ask_id, moment in held.moments.items():
            session.get_one(Ask, ask_id).closed_at = moment

    held.database.write_now(put_back)


def investigate(held: Poll) -> Findings:
    """Let the attacker try everything, and tell how far it leads."""
    haul = attacker.carry_off(held)
    assert len({word for trait in haul.answers.values() for word in trait}) == len(held.tokens)
    tried = [(attacker.right_pairs(pairs, held.wrote), how) for how, pairs in attacker.strategies(haul)]
    order: dict[object, int] = {ask_id: place for place, ask_id in enumerate(held.arrived)}
    order |= {held.wrote[ask_id]: place for place, ask_id in enumerate(held.arrived)}
    rows = {
        name: trait
        for name, trait in haul.asks.items()
        if name.startswith("asks.") and not any(word in name for word in WHERE_IT_LIES)
    }
    best, how = max(tried)
    return Findings(
        len(tried),
        best,
        how,
        max((attacker.order_told(trait, order), name) for name, trait in rows.items()),
        max((attacker.order_told(trait, order), name) for name, trait in haul.answers.items()),
    )


def test_the_attacker_does_no_better_than_chance(database: Database) -> None:
    held = poll.hold(database, FEW, seed=1)
    real_night(held)
    findings = investigate(held)
    assert findings.tried > 500
    assert findings.is_chance(FEW), findings


@pytest.mark.parametrize(
    ("night", "finds"),
    [
        (no_night, "pairs"),
        (night_without_clearing, "pairs"),
        (with_shuffle(lambda rows: None), "order of answers"),
        (night_without_rounding, "order of the ledger"),
    ],
    ids=["no rewrite", "no clearing", "no shuffling", "no rounding"],
)
def test_the_attacker_succeeds_where_a_guard_is_taken_out(
    database: Database, night: Night, finds: str
) -> None:
    held = poll.hold(database, FEW, seed=2)
    night(held)
    findings = investigate(held)
    assert not findings.is_chance(FEW), findings
    if finds == "pairs":
        assert findings.best > FEW / 2
    told = {"order of answers": findings.answers, "order of the ledger": findings.ledger}
    if finds in told:
        assert told[finds][0] > 0.99


@pytest.mark.drill
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_two_hundred_answers_and_a_night_tell_the_attacker_nothing(database: Database, seed: int) -> None:
    held = poll.hold(database, MANY, seed)
    real_night(held)
    findings = investigate(held)
    assert findings.is_chance(MANY), findings
