"""Whoever holds everything matches anonymous answers to people by chance only, from the night on."""

from collections.abc import Callable

import pytest

from store.asking.ask import Ask
from store.database import Database, Session
from store.surveying import remains
from surveys.open import anonymous
from tests.drills import poll
from tests.drills.findings import investigate
from tests.drills.poll import Poll
from tests.make import START, ZONE

FEW, MANY = 60, 200
DAY = START.date()
#: Where a row of the ledger lies tells something of when it was changed: answers have no order to hold it to.
WHERE_IT_LIES = ("ctid", "place", "file ")

#: What is done with a poll after its day.
Night = Callable[[Poll], None]


def real_night(held: Poll) -> None:
    """The night as the worker does it, with the files cleared."""
    with_shuffle(anonymous.SHUFFLE)(held)


def with_shuffle(shuffle: Callable[[list[anonymous.Renamed]], None]) -> Night:
    """A night that shuffles so."""

    def go_by(held: Poll) -> None:
        moved = held.database.write_now(
            lambda session: anonymous.rewrite(session, held.campaign_id, DAY, ZONE, shuffle)
        )
        assert moved == len(held.wrote)
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


def test_the_attacker_does_no_better_than_chance(database: Database) -> None:
    held = poll.hold(database, FEW, seed=1)
    real_night(held)
    findings = investigate(held, "asks", WHERE_IT_LIES)
    assert findings.tried > 500
    assert findings.is_chance(FEW), findings


@pytest.mark.sqlite_first
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
    findings = investigate(held, "asks", WHERE_IT_LIES)
    assert not findings.is_chance(FEW), findings
    if finds == "pairs":
        assert findings.best > FEW / 2
    told = {"order of answers": findings.answers, "order of the ledger": findings.people}
    if finds in told:
        assert told[finds][0] > 0.99


@pytest.mark.drill
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_two_hundred_answers_and_a_night_tell_the_attacker_nothing(database: Database, seed: int) -> None:
    held = poll.hold(database, MANY, seed)
    real_night(held)
    findings = investigate(held, "asks", WHERE_IT_LIES)
    assert findings.is_chance(MANY), findings
