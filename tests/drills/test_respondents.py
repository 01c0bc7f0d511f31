"""Many people answer at the same moment, some pressing Send twice: none is lost and none is kept twice."""

from collections import Counter
from dataclasses import replace

import pytest

from bot.bench import questions, respondents
from bot.bench.respondents import Crowd, Errand
from bot.bench.served import server_process
from bot.serve import Part
from store.answers.inbound import Inbound
from store.answers.response import Response
from store.asking.ask import Ask, AskState
from store.base import Row
from store.database import Database, Session
from store.surveying.box import WaitingAnswer

#: Every so-many-th presses Send twice, over two lines at once.
PRESSES_TWICE = 4
PEOPLE = [40, pytest.param(200, marks=pytest.mark.drill)]


def answer_all(url: str, errands: list[Errand]) -> Crowd:
    """Let everybody answer at once."""
    twice = [replace(one, presses=2 if not n % PRESSES_TWICE else 1) for n, one in enumerate(errands)]
    with server_process(url, 1, frozenset((Part.WEB,))) as server:
        return respondents.go(server.port, twice, len(twice))


def count(session: Session, kind: type[Row]) -> int:
    return session.query(kind).count()


@pytest.mark.sqlite_first
@pytest.mark.parametrize("people", PEOPLE)
@pytest.mark.drill
def test_of_many_answers_to_asks_at_once_none_is_lost_and_none_kept_twice(
    empty_database_url: str, people: int
) -> None:
    errands = questions.ask_many(empty_database_url, people)
    crowd = answer_all(empty_database_url, errands)
    assert (sorted(crowd.kept), crowd.errors) == (list(range(people)), {})
    database = Database(empty_database_url)

    def look(session: Session) -> None:
        assert questions.count_answers(session, errands) == Counter(range(people))
        assert (count(session, Response), count(session, Inbound)) == (people, people)
        answered = session.query(Ask).filter_by(state=AskState.ANSWERED)
        opened = session.query(Ask).filter_by(state=AskState.ASKED)
        assert (answered.count(), opened.count()) == (people, people)

    database.read_now(look)
    database.close_now()


@pytest.mark.sqlite_first
@pytest.mark.parametrize("people", PEOPLE)
@pytest.mark.drill
def test_of_many_answers_by_open_codes_at_once_none_is_lost_and_none_kept_twice(
    empty_database_url: str, people: int
) -> None:
    questions.ask_many(empty_database_url, 2)
    errands = questions.open_codes(empty_database_url, people)
    crowd = answer_all(empty_database_url, errands)
    assert (sorted(crowd.kept), crowd.errors) == (list(range(people)), {})
    database = Database(empty_database_url)

    def look(session: Session) -> None:
        assert questions.count_answers(session, errands) == Counter(range(people))
        assert count(session, WaitingAnswer) == people

    database.read_now(look)
    database.close_now()
