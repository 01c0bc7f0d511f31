"""Handing over: the debt goes to a colleague with one letter; a stranger goes through the board."""

from datetime import timedelta

import pytest

from messages.changes import handing_over, recording
from messages.proof.known_domains import lies_in
from store.chore import ChoreKind
from store.database import Database, Session
from store.people import person, standing
from store.people.person import Person
from surveys.answering.intake import Receipt, Refusal
from tests.make import START
from tests.story import ACKNOWLEDGED, CASCADED, WHO, Story, by_name, find

pytestmark = pytest.mark.sqlite_first


def give(story: Story, name: str = "Kim B", email: str = "kim@agencya.example") -> Person | str:
    def hand(session: Session) -> Person | str:
        rowan = by_name(session, "Rowan A")
        return handing_over.hand_over(
            session, find(session, "wren-1"), rowan.id, name, email, story.now, "Rowan A"
        )

    return story.write(hand)


async def test_the_colleague_gets_one_letter_and_then_the_reminders(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    give(story)
    await story.until(START + timedelta(days=5))
    assert story.letters() == [
        ("12 Oct 10:00", "rowan.a@agencya.example"),
        ("12 Oct 11:00", "kim@agencya.example"),
        ("15 Oct 09:00", "kim@agencya.example"),
    ]
    assert "Passed to you" in story.channel.sent[1].subject
    assert [one.reason for one in story.touches("wren-1") if one.rung == "handed_over"] == [
        "handed over to Kim B"
    ]


async def test_only_the_colleague_may_answer_in_the_representatives_place(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    kim = give(story)
    assert isinstance(kim, Person)

    def roles(session: Session) -> list[str | None]:
        one = find(session, "wren-1")
        return [
            standing.of(session, one, person.id) for person in session.query(Person).order_by(Person.name)
        ]

    # Bose (board member), Devi (deputy), Kim, Lena (line manager), Rowan
    assert story.read(roles) == [None, "deputy", "asked", "line_manager", "asked"]
    assert isinstance(story.answer("wren-1", ACKNOWLEDGED, "Bose A"), Refusal)
    assert isinstance(story.answer("wren-1", ACKNOWLEDGED, "Kim B"), Receipt)


async def test_whoever_took_the_first_question_keeps_the_second(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    give(story)
    story.answer("wren-1", ACKNOWLEDGED, "Kim B")
    await story.until(START + timedelta(days=20))
    assert story.letters() == [("26 Oct 10:00", "kim@agencya.example")]
    assert isinstance(story.answer("wren-2", CASCADED, "Kim B"), Receipt)


async def test_handing_on_writes_to_the_next_one_and_handing_back_writes_no_second_letter(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START)
    give(story)
    await story.until(START + timedelta(hours=1))
    give(story, "Noor C", "noor@agencya.example")
    await story.until(START + timedelta(hours=2))
    give(story)
    await story.until(START + timedelta(hours=3))
    assert [who for _, who in story.letters()] == [
        "rowan.a@agencya.example",
        "kim@agencya.example",
        "noor@agencya.example",
    ]


@pytest.mark.parametrize(
    ("name", "email", "why"),
    [("Rowan A", "rowan.a@agencya.example", "has it already"), ("Lee D", "lee@agencya.example", "has left")],
)
async def test_a_senseless_hand_over_is_refused_in_words(
    database: Database, name: str, email: str, why: str
) -> None:
    story = Story(database)
    story.begin("A")

    def past(session: Session) -> None:
        lee = person.keep(session, "Lee D", "lee@agencya.example")
        recording.left(session, lee, story.now, WHO)

    story.write(past)
    assert why in str(give(story, name, email))
    assert story.ask("wren-1").delegate_id is None
    assert story.ask("wren-1").round == 1


async def test_what_is_answered_is_not_handed_over(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    assert "nothing to hand over" in str(give(story))


async def test_a_stranger_is_proposed_to_a_coordinator_and_written_to_by_nobody(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START)

    def propose(session: Session) -> None:
        one = find(session, "wren-1")
        rowan = by_name(session, "Rowan A")
        handing_over.propose(session, one, rowan, "Kim B", "kim@elsewhere.example", story.now)
        handing_over.propose(session, one, rowan, "Kim B", "kim@elsewhere.example", story.now)

    story.write(propose)
    await story.until(START + timedelta(days=3))
    [chore] = [one for one in story.chores() if one.kind is ChoreKind.DECIDE_HANDOVER]
    assert chore.text.endswith("cascade hand-over wren-1 --to kim@elsewhere.example --name 'Kim B'")
    assert {who for _, who in story.letters()} == {"rowan.a@agencya.example"}
    give(story, "Kim B", "kim@elsewhere.example")  # the coordinator says yes
    assert [one for one in story.chores() if one.kind is ChoreKind.DECIDE_HANDOVER] == []


@pytest.mark.parametrize(
    ("email", "known"),
    [
        ("kim@agencya.example", True),
        ("kim@north.agencya.example", True),
        (" KIM@AGENCYA.EXAMPLE ", True),
        ("kim@notagencya.example", False),
        ("kim@agencya.example.org", False),
        ("kim", False),
        ("kim@gmail.com", False),
    ],
)
def test_an_agencys_own_domains(email: str, known: bool) -> None:
    assert lies_in(email, ["agencya.example", "gmail.com"]) is known
