"""The press: a letter for each reader, the same to the byte whenever it is written again."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from messages.letters.press import Press, date_in_words, distance_in_words
from messages.proof.links import Purpose, read_link, read_reference
from store.database import Database, Session
from store.letters import outbox, stationery
from store.letters.outbox import Claimed
from tests import make
from tests.make import IDENTITY, START
from tests.story import Story, by_name

pytestmark = pytest.mark.sqlite_first


async def claimed(story: Story) -> list[Claimed]:
    """What waits to go, as a worker holds it."""
    await story.worker.wake(story.now)
    day = story.now.date()

    def take(session: Session) -> outbox.Claim:
        return outbox.claim(
            session, "one", story.now, story.now + timedelta(minutes=1), day, 64, office_open=True
        )

    return list(story.write(take).taken)


def press(story: Story, some: list[Claimed]) -> Press:
    made = Press(IDENTITY)
    missing = made.missing(tuple(some))
    made.stationery.update(story.read(lambda session: stationery.fetch(session, missing)))
    return made


async def test_a_letter_written_twice_is_the_same_to_the_byte(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    some = await claimed(story)
    first = press(story, some).compose(some[0], START, 1.0)
    again = press(story, some).compose(some[0], START + timedelta(minutes=40), 2.0)
    assert first.body == again.body
    assert first.sender == again.sender


async def test_each_reader_gets_their_own_link_and_name(database: Database) -> None:
    story = Story(database)
    story.begin("AB")
    await story.until(START)
    links = set()
    for letter in story.channel.sent:
        who = "Rowan A" if "agencya" in letter.address else "Rowan B"
        person = story.read(partial(by_name, name=who))
        one = story.ask("wren-1" if who == "Rowan A" else "wren-2")
        link = IDENTITY.answer_link(one.id, person.id, one.generation)
        assert link in letter.text
        claim = read_link(IDENTITY.keyring, link.rpartition("/")[2])
        assert claim is not None
        assert claim.purpose is Purpose.ANSWER
        links.add(link)
        assert "Dear Rowan" in letter.text
        assert str(letter.parsed["To"]) == f"{who} <{letter.address}>"
        assert len(letter.message.body) < 100_000
    assert len(links) == 2


async def test_envelope_and_headers_lead_back_to_the_message(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START)
    [letter], [sent] = story.channel.sent, story.deliveries()
    parsed = letter.parsed
    assert parsed["Message-ID"] == IDENTITY.message_id(sent.id)
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["X-Auto-Response-Suppress"]
    assert parsed["List-Unsubscribe"] is None  # a task is not something to unsubscribe from
    assert parsed["Date"].datetime == START
    bounce = letter.message.sender.partition("@")[0].replace("bounce-", "").partition("+")[2]
    reference = read_reference(IDENTITY.keyring, bounce)
    assert reference is not None
    assert reference.purpose is Purpose.REPLY
    assert letter.message.sender != str(parsed["Reply-To"])


async def test_a_bulletin_can_be_unsubscribed_with_one_click(database: Database) -> None:
    story = Story(database)

    def build(session: Session) -> None:
        board, _ = make.world(session, "A")
        make.launched(session, make.campaign(session, board, "news", book="bulletin"))

    story.write(build)
    await story.until(START)
    [letter] = story.channel.sent
    assert letter.parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/u/" in letter.parsed["List-Unsubscribe"]


async def test_what_is_forwarded_carries_no_link(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START)
    [letter] = story.channel.sent
    text = letter.text
    at = text.lower().find("forward from here")
    assert at > 0
    assert "/a/" not in text[at:]
    assert "pattern of missed appointments" in text[at:]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 12), "today"),
        (date(2026, 10, 13), "tomorrow"),
        (date(2026, 10, 11), "yesterday"),
        (date(2026, 10, 19), "in 7 days"),
        (date(2026, 10, 2), "10 days ago"),
    ],
)
def test_distances_as_people_say_them(day: date, expected: str) -> None:
    assert distance_in_words(date(2026, 10, 12), day) == expected


def test_dates_as_people_say_them() -> None:
    assert date_in_words(date(2026, 11, 2)) == "Monday 2 November 2026"


async def test_the_days_in_a_letter_are_those_of_the_local_day(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(datetime(2026, 10, 15, 9, tzinfo=UTC))
    reminder = story.channel.sent[-1]
    assert "Monday 19 October 2026" in reminder.text
