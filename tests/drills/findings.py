"""Findings: what an attacker came to, and how much of it would come about by chance."""

import math
from collections.abc import Collection
from dataclasses import dataclass

from tests.drills import attacker
from tests.drills.poll import Poll

#: A true guard fails the test no more often than once in so many runs.
SELDOM = 1e-5


@dataclass(frozen=True)
class Findings:
    """What the attacker came to."""

    tried: int
    best: int
    how: str
    #: The trait of what is known of people, and of the answers, that tells most of the order of answering.
    people: tuple[float, str]
    answers: tuple[float, str]

    def is_chance(self, count: int) -> bool:
        """Whether all of it would come about by chance among so many people."""
        limit = order_by_chance(count)
        return (
            self.best <= pairs_by_chance(self.tried) and self.people[0] <= limit and self.answers[0] <= limit
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


def investigate(held: Poll, table: str, besides: Collection[str] = ()) -> Findings:
    """Let the attacker try everything, and tell how far it leads.

    `table` is where people are known; traits of it whose name holds one of `besides` may tell an order.
    """
    haul = attacker.carry_off(held)
    assert len({word for trait in haul.answers.values() for word in trait}) == len(held.wrote)
    tried = [(attacker.right_pairs(pairs, held.wrote), how) for how, pairs in attacker.strategies(haul)]
    order: dict[object, int] = {one: place for place, one in enumerate(held.arrived)}
    order |= {held.wrote[one]: place for place, one in enumerate(held.arrived)}
    rows = {
        name: trait
        for name, trait in haul.asks.items()
        if name.startswith(f"{table}.") and not any(word in name for word in besides)
    }
    best, how = max(tried)
    return Findings(
        len(tried),
        best,
        how,
        max((attacker.order_told(trait, order), name) for name, trait in rows.items()),
        max((attacker.order_told(trait, order), name) for name, trait in haul.answers.items()),
    )
