"""Alerted: how many letters told those on duty, or the office, that something waits, by the day alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from messages.sending.alerts import say_told
from store.database import Session
from store.letters import alert
from store.letters.alert import AlertKind
from store.letters.delivery import DeliveryState
from store.people.board import Board

#: One that is just going counts as waiting: it would tell the second in which it goes.
STATES = [state for state in DeliveryState if state is not DeliveryState.SENDING]


@dataclass(frozen=True, slots=True)
class Alerted:
    """The letters of one kind that a board sent on one day; nothing in them is nearer than the day."""

    board: Board
    kind: AlertKind
    day: date
    states: Counter[DeliveryState]

    def __str__(self) -> str:
        """The figures in words."""
        return say_told(self.kind, self.day, self.states)

    def to_json(self) -> dict[str, object]:
        """The figures by name."""
        counts = {state.value: self.states[state] for state in STATES}
        return {"board": self.board.slug, "kind": self.kind.value, "day": self.day, **counts}


def read_alerted(session: Session, boards: Sequence[Board]) -> list[Alerted]:
    """What boards told by letter and no night has forgotten yet, by board, day and kind."""
    found: list[Alerted] = []
    for one in boards:
        days: dict[tuple[date, AlertKind], Counter[DeliveryState]] = {}
        for told in alert.of_board(session, one.id):
            state = told.state if told.state in STATES else DeliveryState.WAITING
            days.setdefault((told.day, told.kind), Counter())[state] += told.number
        found += [Alerted(one, kind, day, states) for (day, kind), states in sorted(days.items())]
    return found
