"""Whoever holds everything learns from the night on neither who of a crowd wrote what, nor in which order."""

from collections.abc import Callable
from typing import Any

import pytest

from store.database import Database, Session
from store.surveying import remains
from store.surveying.anonymous import AnonymousAnswer
from store.surveying.box import WaitingAnswer
from surveys.open import anonymous, wishes
from tests.drills import crowd
from tests.drills.findings import investigate
from tests.drills.poll import Poll
from tests.make import START, ZONE

FEW, MANY = 60, 200
DAY = START.date()

Shuffle = Callable[[list[Any]], None]


def pass_night(held: Poll, answers: Shuffle = anonymous.SHUFFLE, wished: Shuffle = anonymous.SHUFFLE) -> None:
    """The night as the worker does it, with these ways to shuffle."""

    def rewrite(session: Any) -> int:
        return anonymous.rewrite(session, held.campaign_id, DAY, ZONE, answers)

    assert held.database.write_now(rewrite) == len(held.wrote)
    assert held.database.write_now(lambda session: wishes.mix(session, DAY, ZONE, wished)) == len(held.wrote)
    remains.clear(held.database.url)


def leave(rows: list[Any]) -> None:
    """Shuffle nothing."""


def test_a_wish_to_be_contacted_leads_to_no_answer(database: Database) -> None:
    held = crowd.hold(database, FEW, seed=3)
    pass_night(held)
    findings = investigate(held, "contact_wishes")
    assert findings.tried > 100
    assert findings.is_chance(FEW), findings


@pytest.mark.sqlite_first
@pytest.mark.parametrize(
    ("answers", "wished"), [(leave, leave), (leave, anonymous.SHUFFLE), (anonymous.SHUFFLE, leave)]
)
def test_the_attacker_learns_the_order_where_either_is_left_in_it(
    database: Database, answers: Shuffle, wished: Shuffle
) -> None:
    held = crowd.hold(database, FEW, seed=4)
    pass_night(held, answers, wished)
    findings = investigate(held, "contact_wishes")
    assert not findings.is_chance(FEW), findings
    assert (findings.answers[0] > 0.99) is (answers is leave), findings
    assert (findings.people[0] > 0.99) is (wished is leave), findings


@pytest.mark.sqlite_first
def test_before_the_night_each_wish_lies_beside_its_answer(database: Database) -> None:
    findings = investigate(crowd.hold(database, FEW, seed=5), "contact_wishes")
    assert findings.best > FEW / 2


def test_a_language_that_few_share_leads_from_no_wish_to_an_answer(database: Database) -> None:
    held = crowd.hold(database, FEW, seed=6, are_asked_in_theirs=True)
    pass_night(held)
    findings = investigate(held, "contact_wishes")
    assert findings.is_chance(FEW), findings


@pytest.mark.sqlite_first
@pytest.mark.parametrize(("in_theirs", "leads"), [(True, True), (False, False)])
def test_it_leads_there_where_answers_keep_it_and_the_wish_says_it(
    database: Database, in_theirs: bool, leads: bool
) -> None:
    held = crowd.hold(database, FEW, seed=7, are_asked_in_theirs=in_theirs)
    spoken = database.read_now(
        lambda session: {str(one.answers["change"]): one.language for one in session.query(WaitingAnswer)}
    )
    pass_night(held)

    def put_back(session: Session) -> None:
        for one in session.query(AnonymousAnswer):
            one.language = spoken[str(one.answers["change"])]

    database.write_now(put_back)
    assert investigate(held, "contact_wishes").is_chance(FEW) is not leads


@pytest.mark.drill
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [21, 22])
def test_two_hundred_of_a_crowd_and_a_night_tell_the_attacker_nothing(database: Database, seed: int) -> None:
    held = crowd.hold(database, MANY, seed)
    pass_night(held)
    findings = investigate(held, "contact_wishes")
    assert findings.is_chance(MANY), findings
