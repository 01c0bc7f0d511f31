"""A head teacher after the summer: one message, which says that nothing ran and lists what is needed."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from store.database import Database, Session
from store.letters.touch import TouchState
from store.people.seat import SeatRole
from store.people.term import Term
from tests import chosen, make
from tests.story import Story, local

pytestmark = pytest.mark.sqlite_first

JULY = datetime(2027, 7, 15, 9, tzinfo=UTC)
TERMS = (("Summer", date(2027, 6, 7), date(2027, 7, 21)), ("Autumn", date(2027, 9, 2), date(2027, 10, 22)))


def small_school(session: Session, now: datetime = JULY) -> None:
    """A school whose head fills every seat, asked for two returns on one day."""
    board, _ = make.world(session, "")
    for name, first, last in TERMS:
        session.add(Term(term_set="community", name=name, first_day=first, last_day=last))
    session.flush()
    school = make.agency(session, board, "Kennet School", "education", "community")
    for role in SeatRole:
        make.holder(session, board, school, "Hana Headley", role)
    for slug in ("assured", "counted"):
        made = chosen.campaign(session, board, "return", slug, forms=("assurance",))
        make.launched(session, made, now)


async def test_nothing_runs_over_the_summer_and_september_begins_with_one_message(database: Database) -> None:
    story = Story(database, now=JULY)
    story.write(small_school)
    await story.until(datetime(2027, 9, 9, tzinfo=UTC))
    days = [local(letter.at)[:6] for letter in story.channel.sent]
    assert days == ["15 Jul", "02 Sep"]
    september = story.channel.sent[1]
    flowing = " ".join(september.text.split())
    assert "Nothing ran over the summer" in flowing
    assert flowing.count("Minutes it takes: about") == 2
    assert {letter.address for letter in story.channel.sent} == {"hana.headley@kennetschool.example"}


async def test_a_head_who_fills_every_seat_gets_no_escalation_but_is_rung(database: Database) -> None:
    story = Story(database, now=JULY)
    story.write(small_school)
    await story.until(datetime(2027, 10, 20, tzinfo=UTC))
    per_day = Counter(local(letter.at)[:6] for letter in story.channel.sent)
    assert max(per_day.values()) == 1
    others = [one for one in story.touches("assured-1") if one.role != "asked"]
    assert others
    assert {one.state for one in others} == {TouchState.SKIPPED}
    assert [one for one in story.chores() if "Ring Kennet School" in one.text]


async def test_a_school_that_was_asked_after_the_summer_hears_nothing_of_it(database: Database) -> None:
    story = Story(database, now=datetime(2027, 9, 3, 9, tzinfo=UTC))
    story.write(lambda session: small_school(session, story.now))
    await story.until(datetime(2027, 9, 10, tzinfo=UTC))
    assert "back" not in " ".join(rung for rung, _, _ in story.rungs("assured-1"))
