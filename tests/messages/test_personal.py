"""What is put to a person by name rests with them alone, and is planned, topped up and told like all else."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from messages.changes import handing_over, more_time, recording
from messages.chasing.explain import explain
from messages.launching import launch
from messages.launching.audience import Audience
from messages.launching.plan import Plan, plan
from messages.letters.press import Press
from store.asking import campaign
from store.asking.ask import Ask
from store.asking.campaign import Campaign
from store.database import Database, Session
from store.people import person, standing
from store.people.agency import Agency
from store.people.board import Board
from store.people.person import Person
from surveys import library
from tests import make, make_training
from tests.make import IDENTITY, START, ZONE
from tests.story import WHO, Story, by_name, campaign_of, find

pytestmark = pytest.mark.sqlite_first

END = datetime(2027, 2, 15, tzinfo=UTC)


def draft(session: Session) -> Campaign:
    """A draft course, of whose three people one has left and one cannot be reached."""
    board, [where, other] = make.world(session, "AB")
    booked = [("Jo Ash", where), ("Kim Birch", other), ("Lee Gone", where)]
    wanted = make_training.training(session, board, booked)
    recording.left(session, by_name(session, "Lee Gone"), START, WHO)
    address = person.email_of(session, by_name(session, "Kim Birch").id)
    assert address is not None
    recording.bounced(session, address, "550 no such mailbox", START, WHO)
    return wanted


def planned(session: Session) -> Plan:
    return plan(session, campaign_of(session, "course"), START, ZONE, Press(IDENTITY))


@pytest.mark.drill
async def test_what_is_planned_is_what_is_then_sent(database: Database) -> None:
    story = Story(database)
    story.write(draft)
    made = story.read(planned)
    assert (made.errors, made.gaps, made.asked, made.members) == ([], [], 2, 3)
    assert [one.reason for one in made.excluded] == [
        "Lee Gone has left",
        "Kim Birch cannot be reached at kim.birch@agencyb.example: 550 no such mailbox",
    ]
    assert {letter.seat for letter in made.letters} == {"person_booked"}
    story.write(lambda session: make.launched(session, campaign_of(session, "course")))
    await story.until(END)
    sent = Counter((letter.at, letter.address, letter.subject) for letter in story.channel.sent)
    assert Counter((one.at, one.address, one.subject) for one in made.letters) == sent
    assert len(story.channel.sent) == 7
    assert [one.reason for one in story.decisions("left out")] == ["Lee Gone has left"]


def test_once_the_day_is_past_the_plan_says_that_what_comes_before_it_is_over(database: Database) -> None:
    story = Story(database)

    def build(session: Session) -> Plan:
        board, [where] = make.world(session, "A")
        on = START.date() - timedelta(days=3)
        wanted = make_training.training(session, board, [("Jo Ash", where)], on=on)
        return plan(session, wanted, START, ZONE, Press(IDENTITY))

    made = story.write(build)
    assert [one.reason for one in made.excluded] == [
        "“Before the course” is over: its day, 09/10/2026, is past. They are asked what comes next"
    ]
    first = next(letter for letter in made.first if letter.step == "day")
    assert first.subject == "“Neglect: seeing and acting”: tell us how it was [course-2]"
    assert "before" not in {letter.step for letter in made.letters}


async def test_people_booked_since_are_asked_by_a_top_up_and_nobody_else_again(database: Database) -> None:
    story = Story(database)
    story.write(make_training.course)
    await story.until(START + timedelta(days=2))

    def add(session: Session) -> int:
        wanted = campaign_of(session, "course")
        where = session.query(Agency).filter_by(folded="agency b").one()
        make_training.book(session, wanted, "Max Cole", where)
        launch.begin(session, wanted, story.now)
        after = None
        while after := launch.make_asks(session, wanted.id, after, story.now, ZONE, limit=2):
            pass
        return launch.top_up(session, wanted, story.now, WHO)

    assert story.write(add) == 1
    assert story.write(add) == 0
    asks = story.read(lambda session: session.query(Ask).all())
    assert len({(one.step_id, one.person_id) for one in asks}) == len(asks) == 9
    await story.until(END)
    assert Counter(letter.address for letter in story.channel.sent) == {
        "jo.ash@agencya.example": 7,
        "kim.birch@agencya.example": 7,
        "max.cole@agencyb.example": 7,
    }


async def test_a_launch_cut_off_half_way_resumes_and_asks_each_person_once(database: Database) -> None:
    story = Story(database)
    story.write(lambda session: draft(session).id)

    def chunk(session: Session) -> None:
        wanted = campaign_of(session, "course")
        launch.begin(session, wanted, START)
        launch.make_asks(session, wanted.id, None, START, ZONE, limit=1)

    story.write(chunk)
    await story.until(START + timedelta(days=1))
    assert story.channel.sent == []
    story.write(lambda session: make.launched(session, campaign_of(session, "course"), story.now))
    asks = story.read(lambda session: session.query(Ask).all())
    assert len({(one.step_id, one.person_id) for one in asks}) == len(asks) == 6


def test_it_cannot_be_handed_over_nor_given_more_time(database: Database) -> None:
    story = Story(database)
    story.write(make_training.course)

    def try_all(session: Session) -> tuple[object, object]:
        asked, jo = find(session, "course-1"), by_name(session, "Jo Ash")
        given = handing_over.hand_over(session, asked, jo.id, "Col A", "col@agencya.example", START, WHO)
        return given, more_time.ask_for(session, asked, jo.id, 5, "other", START, ZONE)

    given, longer = story.write(try_all)
    assert given == "This is asked of one person by name, so nobody else can answer it."
    assert longer == "No more time is needed: an answer is welcome for 30 days after the date."
    assert story.ask("course-1").delegate_id is None


def test_nobody_else_of_the_agency_may_open_or_answer_it(database: Database) -> None:
    story = Story(database)
    story.write(make_training.course)

    def stand(session: Session) -> dict[str, str | None]:
        asked = find(session, "course-1")
        people = session.query(Person).all()
        return {one.name: standing.of(session, asked, one.id) for one in people}

    told = story.read(stand)
    assert told.pop("Jo Ash") == "asked"
    assert set(told.values()) == {None}


async def test_it_shares_no_message_with_what_an_agency_owes(database: Database) -> None:
    """The representative is on the course too: the two reminders of one morning go on two days."""
    story = Story(database)

    def build(session: Session) -> None:
        make_training.course(session, ["Rowan A"])
        board = session.query(Board).one()
        wren = make.campaign(session, board, audience=Audience(agencies=frozenset({"agency a"})))
        for step in campaign.steps(session, wren.id):
            step.due_on = make_training.ON  # so that both reminders are for the twentieth
        make.launched(session, wren)

    story.write(build)
    await story.until(datetime(2026, 10, 21, 12, tzinfo=UTC))
    reminders = [one for one in story.channel.to("rowan.a") if one.at and one.at > START + timedelta(days=3)]
    assert len({one.at.date() for one in reminders if one.at}) == len(reminders) == 2
    for letter in reminders:
        assert ("[course-1]" in letter.subject) != ("[wren-1]" in letter.subject)


def test_the_letter_offers_what_a_person_can_do_and_no_more(database: Database) -> None:
    story = Story(database)
    story.write(draft)
    for letter in story.read(planned).letters:
        for page in (letter.rendered.text, letter.rendered.html):
            assert "This was not me" in page
            assert "/hand-over" in page
            assert "more-time" not in page
            assert "colleague" not in page
            assert "the code of your booking" in " ".join(page.split())


def test_why_tells_of_a_booking_or_of_none(database: Database) -> None:
    story = Story(database)
    story.write(draft)

    def tell(session: Session, name: str) -> str:
        account = explain(session, by_name(session, name), campaign_of(session, "course"))
        return account.absences[0].reason

    assert "has not been launched" in story.read(lambda session: tell(session, "Jo Ash"))
    story.write(lambda session: make.launched(session, campaign_of(session, "course")))
    assert story.read(lambda session: tell(session, "Jo Ash")) == (
        "Jo Ash is booked, and no letter to them has come up yet"
    )
    assert "has no booking in it" in story.read(lambda session: tell(session, "Rowan A"))


def test_what_withholds_a_question_is_a_question_of_the_form_before(database: Database) -> None:
    story = Story(database)
    story.write(make_training.course)

    def read(session: Session) -> dict[str, str]:
        [later] = [
            one for one in campaign.steps(session, campaign_of(session, "course").id) if one.withheld_if
        ]
        assert later.withheld_if is not None
        return dict(later.withheld_if)

    told = story.read(read)
    assert told["step"] == "day"
    question = library.load("s3_day").questions[told["question"]]
    assert question.kind == "yes_no"
