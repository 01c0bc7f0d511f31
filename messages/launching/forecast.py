"""Forecast: which rungs one ask will climb, when and towards whom, if nobody answers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from messages.chasing.addressees import Addressee
from messages.chasing.batch import Batch, climbed_of, facts_of, find_addressees
from messages.chasing.chase import Climb, Facts, Open, Skip, Stop, Wait, decide
from messages.chasing.ladder import Rung
from store.asking.ask import AskState
from store.letters.alarm import DueAsk
from store.letters.touch import TouchState


@dataclass(frozen=True, slots=True)
class Turn:
    """One rung climbed on the way, and whom it means on that day."""

    at: datetime
    rung: Rung
    reason: str
    found: tuple[Addressee, ...]

    @property
    def letters(self) -> tuple[Addressee, ...]:
        """Those who get a letter."""
        return tuple(addressee for addressee in self.found if not addressee.skipped)


@dataclass(frozen=True, slots=True)
class End:
    """The end of the ladder: the ask lapses, or is closed already."""

    at: datetime
    reason: str


def look_ahead(batch: Batch, one: DueAsk, now: datetime) -> Iterator[Turn | End]:
    """Give the turns of one ask from a moment on, as the climb would take them, if nobody answers.

    Writes nothing; the ask need not be in the database. Uses the batch up: its `now` moves along. Raises
    CalendarEnds where the term dates do not reach.
    """
    climbed, letters = _behind(batch, one, now)
    moment, opened = now, None
    while True:
        batch.now = moment
        facts = _opened_at(facts_of(batch, one, climbed, letters), opened)
        match decide(facts, moment):
            case Open():
                opened = moment
            case Climb(rung, reason):
                turn = Turn(moment, rung, reason, tuple(find_addressees(batch, one, rung)))
                yield turn
                climbed[rung.name] = moment
                if turn.letters:
                    letters[rung.name] = moment
            case Skip(rung, _):
                climbed[rung.name] = moment
            case Wait(until, _):
                moment = until
            case Stop(_, reason):
                yield End(moment, reason)
                return


def _opened_at(facts: Facts, opened: datetime | None) -> Facts:
    """The facts of an ask once its day has come on the way; nothing of it is written."""
    if opened is None:
        return facts
    return replace(facts, state=AskState.ASKED, asked_at=opened, round_began_at=opened)


def _behind(batch: Batch, one: DueAsk, now: datetime) -> tuple[dict[str, datetime], dict[str, datetime]]:
    """The rungs behind an ask, and those that led to a letter: what is held back goes before all else."""
    rows = batch.touched.get(one.ask.id, [])
    climbed, letters = climbed_of(row for row in rows if row.round == one.ask.round)
    for row in rows:
        if row.state is TouchState.HELD:
            climbed[row.rung] = letters[row.rung] = now
    return climbed, letters
