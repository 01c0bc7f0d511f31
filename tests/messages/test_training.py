"""A course through a virtual year: who is asked what, when, and nothing before its day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from messages.changes import recording
from messages.sending.channel import DeliveryError
from store.asking.ask import AskState
from store.database import Database, Session
from store.people.term import Term
from surveys.answering.intake import Receipt, Refusal, decline
from tests import make, make_training
from tests.make_training import BEFORE, ON, ON_THE_DAY
from tests.story import WHO, Story, by_name, find, local

pytestmark = pytest.mark.sqlite_first

YEAR = datetime(2027, 10, 1, tzinfo=UTC)
#: When a course of October is over and done with.
END = datetime(2027, 2, 15, tzinfo=UTC)
#: The references of somebody who is booked first: numbers are given step by step.
JO = ("course-1", "course-3", "course-5")
KIM = ("course-2", "course-4", "course-6")


def begin(database: Database) -> Story:
    story = Story(database)
    story.write(lambda session: make_training.course(session))
    return story


def states(story: Story, references: Sequence[str]) -> list[str]:
    return [story.ask(reference).state.value for reference in references]


def days(story: Story, name: str) -> list[str]:
    """When somebody got a letter, by the wall clock."""
    return [local(letter.at) for letter in story.channel.sent if letter.address.startswith(name)]


@pytest.mark.drill
async def test_each_person_is_asked_before_on_the_day_and_three_months_on(database: Database) -> None:
    story = begin(database)
    await story.until(YEAR)
    expected = [
        "12 Oct 10:00",  # at once
        "20 Oct 09:00",  # two working days before the course
        "22 Oct 09:00",  # the day of the course
        "23 Oct 09:00",
        "20 Jan 09:00",  # ninety days on
        "27 Jan 09:00",
        "03 Feb 09:00",
    ]
    assert days(story, "jo.ash") == expected
    assert days(story, "kim.birch") == expected
    assert {letter.address for letter in story.channel.sent} == {
        "jo.ash@agencya.example",
        "kim.birch@agencya.example",
    }
    assert states(story, JO) == ["lapsed"] * 3
    closed = [story.ask(reference).closed_at for reference in JO]
    assert [local(moment) for moment in closed] == ["22 Oct 09:00", "28 Oct 09:00", "11 Feb 09:00"]
    assert [story.ask(reference).due_on for reference in JO] == [ON, date(2026, 10, 27), date(2027, 2, 10)]


@pytest.mark.drill
async def test_nothing_opens_before_its_day_whatever_is_answered(database: Database) -> None:
    story = begin(database)
    await story.until(datetime(2026, 10, 14, 12, tzinfo=UTC))
    assert isinstance(story.answer(JO[0], BEFORE, "Jo Ash"), Receipt)
    assert states(story, JO) == ["answered", "pending", "pending"]
    assert isinstance(story.answer(JO[1], ON_THE_DAY, "Jo Ash"), Refusal)
    await story.until(datetime(2026, 10, 22, 7, 59, tzinfo=UTC))
    assert states(story, JO) == ["answered", "pending", "pending"]
    await story.until(datetime(2026, 10, 22, 8, tzinfo=UTC))
    assert states(story, JO) == ["answered", "asked", "pending"]
    assert isinstance(story.answer(JO[1], ON_THE_DAY, "Jo Ash"), Receipt)
    await story.until(datetime(2027, 1, 20, 8, 59, tzinfo=UTC))
    assert states(story, JO) == ["answered", "answered", "pending"]
    await story.until(datetime(2027, 1, 20, 9, tzinfo=UTC))
    assert states(story, JO) == ["answered", "answered", "asked"]


async def test_the_day_opens_though_nobody_answered_before_and_ends_what_came_before(
    database: Database,
) -> None:
    story = Story(database, now=datetime(2026, 10, 21, 12, tzinfo=UTC))
    story.write(lambda session: make_training.course(session, now=story.now))
    await story.until(datetime(2026, 10, 22, 8, tzinfo=UTC))
    assert states(story, JO) == ["lapsed", "asked", "pending"]
    assert [one.reason for one in story.decisions("lapsed")] == [
        "the day of “How was the course?” has come"
    ] * 2


@pytest.mark.parametrize(
    ("on", "opens"),
    [
        (date(2026, 10, 23), "2026-10-23 08:00"),  # in summer time, two days before it ends
        (date(2026, 10, 26), "2026-10-26 10:00"),  # the Monday after it
        (date(2027, 3, 26), "2027-03-30 08:00"),  # Good Friday: Tuesday after Easter, in summer time again
        (date(2027, 1, 2), "2027-01-04 10:00"),  # a Saturday
    ],
)
async def test_the_day_opens_in_the_morning_by_the_wall_clock(
    database: Database, on: date, opens: str
) -> None:
    story = Story(database, now=datetime.combine(on, time(), UTC) - timedelta(days=9))
    story.write(lambda session: make_training.course(session, ["Jo Ash"], on=on, now=story.now))
    await story.until(story.now + timedelta(days=14))
    asked = story.ask("course-2").asked_at
    assert asked is not None
    assert asked.strftime("%Y-%m-%d %H:%M") == opens


@pytest.mark.parametrize(
    ("sector", "has_terms", "opens"),
    [
        ("education", True, "02 Sep 09:00"),  # the first day of term
        # Its terms were never imported.
        pytest.param("primary school", False, "01 Sep 09:00", marks=pytest.mark.drill),
        pytest.param("health", False, "11 Aug 09:00", marks=pytest.mark.drill),
    ],
)
async def test_staff_of_schools_are_not_asked_in_august(
    database: Database, sector: str, has_terms: bool, opens: str
) -> None:
    story = Story(database, now=datetime(2027, 5, 10, 9, tzinfo=UTC))

    def build(session: Session) -> None:
        board = make.board(session)
        named = make.terms(session) if has_terms else None
        if named:
            first, last = date(2027, 9, 2), date(2027, 12, 17)
            session.add(Term(term_set=named, name="Autumn 2027", first_day=first, last_day=last))
        where = make.agency(session, board, "Kennet Place", sector, named)
        booked = [("Jo Ash", where)]
        wanted = make_training.training(session, board, booked, on=date(2027, 5, 13))
        make.launched(session, wanted, story.now)

    story.write(build)
    await story.until(datetime(2027, 9, 3, tzinfo=UTC))
    assert local(story.ask("course-3").asked_at) == opens


@pytest.mark.drill
async def test_whoever_says_no_on_the_day_is_not_asked_again_and_the_record_says_why(
    database: Database,
) -> None:
    story = begin(database)
    await story.until(datetime(2026, 10, 22, 16, tzinfo=UTC))
    story.answer(JO[1], {**ON_THE_DAY, "follow_up": ["no"]}, "Jo Ash")
    story.answer(KIM[1], ON_THE_DAY, "Kim Birch")
    await story.until(END)
    assert states(story, [JO[2], KIM[2]]) == ["withdrawn", "lapsed"]
    assert days(story, "jo.ash")[-1] == "22 Oct 09:00"
    [why] = story.decisions("withdrawn")
    assert why.reason == "on the day they asked not to be asked again"
    assert why.ask_id == story.ask(JO[2]).id


@pytest.mark.drill
async def test_a_no_that_became_a_yes_counts_as_a_yes(database: Database) -> None:
    story = begin(database)
    await story.until(datetime(2026, 10, 22, 16, tzinfo=UTC))
    story.answer(JO[1], {**ON_THE_DAY, "follow_up": ["no"]}, "Jo Ash")
    story.answer(JO[1], ON_THE_DAY, "Jo Ash", once="corrected")
    await story.until(datetime(2027, 1, 20, 10, tzinfo=UTC))
    assert story.ask(JO[2]).state is AskState.ASKED


@pytest.mark.drill
async def test_whoever_was_not_there_is_not_asked_what_came_of_it(database: Database) -> None:
    story = begin(database)
    await story.until(datetime(2026, 10, 13, 16, tzinfo=UTC))

    def was_not_me(session: Session) -> None:
        who = by_name(session, "Jo Ash")
        assert decline(session, find(session, JO[0]).id, who.id, "I am not booked", "once", story.now) is None

    story.write(was_not_me)
    await story.until(END)
    assert states(story, JO) == ["declined", "withdrawn", "withdrawn"]
    assert days(story, "jo.ash") == ["12 Oct 10:00"]


async def test_an_answer_after_a_no_brings_back_what_follows_on_its_own_day(database: Database) -> None:
    story = begin(database)
    await story.until(datetime(2026, 10, 13, 16, tzinfo=UTC))

    def was_not_me(session: Session) -> None:
        who = by_name(session, "Jo Ash")
        decline(session, find(session, JO[0]).id, who.id, "I am not booked", "once", story.now)

    story.write(was_not_me)
    story.answer(JO[0], BEFORE, "Jo Ash")
    await story.until(datetime(2026, 10, 21, 16, tzinfo=UTC))
    assert states(story, JO) == ["answered", "pending", "pending"]
    await story.until(datetime(2026, 10, 22, 8, tzinfo=UTC))
    assert states(story, JO) == ["answered", "asked", "pending"]


@pytest.mark.drill
async def test_nothing_goes_to_an_address_that_bounced_nor_to_a_deputy(database: Database) -> None:
    story = begin(database)
    refusal = DeliveryError("550 no such mailbox", permanent=True, about_address=True)
    story.channel.refuses["jo.ash@agencya.example"] = refusal
    await story.until(END)
    assert days(story, "jo.ash") == []
    assert len(days(story, "kim.birch")) == 7
    assert {letter.address for letter in story.channel.sent} == {"kim.birch@agencya.example"}
    assert states(story, JO) == ["lapsed"] * 3
    skipped = [one.reason for one in story.touches(JO[1])]
    assert all("cannot be reached" in reason for reason in skipped)


@pytest.mark.drill
async def test_whoever_has_left_is_asked_nothing_more(database: Database) -> None:
    story = begin(database)
    await story.until(datetime(2026, 11, 2, 12, tzinfo=UTC))
    story.write(lambda session: recording.left(session, by_name(session, "Jo Ash"), story.now, WHO))
    await story.until(END)
    assert days(story, "jo.ash")[-1] == "23 Oct 09:00"
    assert story.ask(JO[2]).state is AskState.WITHDRAWN
    assert [one.reason for one in story.decisions("withdrawn")] == ["Jo Ash has left"]
