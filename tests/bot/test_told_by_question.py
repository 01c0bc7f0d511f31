"""Whoever keeps every table of totals never finds one person's answers between two of them."""

import itertools
from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.hearing.told import find_telling
from store.asking.campaign import Campaign, CampaignState, Step
from store.database import Database, Session
from store.surveying import code
from surveys import library
from surveys.answering.answers import Answers
from surveys.figures.release import TOGETHER
from surveys.open import anonymous
from tests import make, make_asking
from tests.make import START, ZONE

TODAY = START.date()
STAFF = {"supervises": "no", "heard": "yes_well", "confident": 4}
MANAGER = {"supervises": "yes", "heard": "yes_well", "usable": "yes", "confident_supervise": 4}
#: One manager among nine of the staff, whose answers are like nobody else's.
ODD = {"supervises": "yes", "heard": "no", "usable": "no", "confident_supervise": 1}


def begin(session: Session) -> str:
    of = make.board(session)
    asking = make_asking.asking(session, of, "heard", "Did it reach you?")
    shipped = library.load("s1")
    make_asking.step(session, asking, "s1", said=dict(shipped.to_json()), is_open=True)
    return code.make(session, of.id, asking.id, "Oak Hill", 500, START).code


class Survey:
    """A survey of staff without names, answered by a code, night after night."""

    def __init__(self, database: Database) -> None:
        self.database, self.nights = database, 0
        self.code = database.write_now(begin)

    def pass_day(self, *some: Mapping[str, object]) -> None:
        """So many send their answers, and a night passes."""
        day = TODAY + timedelta(days=self.nights)

        def take(session: Session) -> None:
            for number, values in enumerate(some):
                word = f"page-{self.nights}-{number}"
                said = Answers("s1", library.load("s1").version, dict(values))  # type: ignore[arg-type]
                kept = anonymous.take_for_code(session, self.code, word, said, "en", {}, day, ZONE)
                assert isinstance(kept, anonymous.Kept)

        self.database.write_now(take)
        self.database.write_now(lambda session: anonymous.rewrite(session, _campaign(session).id, day, ZONE))
        self.nights += 1

    def close(self) -> None:
        def end(session: Session) -> None:
            _campaign(session).state = CampaignState.CLOSED

        self.database.write_now(end)

    def told(self) -> dict[str, int]:
        """How many answered each question, by what is told now."""

        def look(session: Session) -> dict[str, int]:
            [step] = _campaign_steps(session)
            [version] = find_telling(session, step, ZONE).versions
            found = {one.field: one.answered or 0 for one in version.tally.totals or ()}
            return found | {"": version.tally.people}

        return self.database.read_now(look)


def _campaign(session: Session) -> Campaign:
    return session.query(Campaign).one()


def _campaign_steps(session: Session) -> list[Step]:
    return session.query(Step).all()


@pytest.mark.sqlite_first
async def test_a_question_that_one_of_ten_is_led_to_waits_for_more(database: Database) -> None:
    survey = Survey(database)
    seen = [survey.told()]
    days = ([MANAGER] * 10, [STAFF] * 10, [*[STAFF] * 9, ODD], [STAFF] * 12, [*[STAFF] * 3, ODD])
    for some in days:
        survey.pass_day(*some)
        seen.append(survey.told())
    before = survey.told()
    assert (before[""], before.get("usable"), before.get("supervises")) == (30, 0, 30)
    survey.close()
    survey.pass_day()
    seen.append(survey.told())
    assert (seen[-1][""], seen[-1]["usable"], seen[-1]["supervises"]) == (46, 12, 46)
    for number, (one, other) in enumerate(itertools.pairwise(seen)):
        grown = {field: count - one.get(field, 0) for field, count in other.items()}
        assert all(more == 0 or more >= TOGETHER for more in grown.values()), (number, grown)
