"""What does not go: a bad address, a lost lease, many doubts, a letter called back on its way."""

from datetime import UTC, date, datetime, timedelta

import pytest

from messages.chasing.explain import explain
from messages.launching import running
from messages.sending.channel import DeliveryError
from store.asking.ask import AskState
from store.asking.lesson import Lesson, Priority
from store.chore import ChoreKind
from store.database import Database, Session
from store.letters import outbox, settlement
from store.letters.delivery import DeliveryState
from store.letters.settlement import Outcome, Settled
from store.letters.touch import TouchState
from store.people.board import Board
from store.people.person import Address, AddressState
from tests import make
from tests.make import START, ZONE
from tests.story import WHO, Story, address_of, by_name, campaign_of

pytestmark = pytest.mark.sqlite_first

ROWAN = "rowan.a@agencya.example"
GONE = DeliveryError("550 5.1.1 no such user", permanent=True, about_address=True)
LOST = DeliveryError("line lost", doubtful=True)


def ids(story: Story) -> list[str]:
    """The Message-IDs of the letters that were taken."""
    return [letter.parsed["Message-ID"] for letter in story.channel.sent]


def second_campaign(session: Session, now: datetime) -> None:
    board, about = session.query(Board).one(), session.query(Lesson).one()
    make.launched(session, make.campaign(session, board, "heron", about=about), now)


async def test_a_bounce_on_one_letter_lets_every_campaigns_deputy_hear(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.write(lambda session: second_campaign(session, story.now))
    story.channel.refuses[ROWAN] = GONE
    await story.until(START + timedelta(hours=2))
    [told] = story.channel.to("devi.a")
    assert told.text.count("Rowan A cannot see to it now, and you stand in") == 2
    covered = [
        one.state for name in ("wren-1", "heron-1") for one in story.touches(name) if one.role == "deputy"
    ]
    assert covered == [TouchState.SENT, TouchState.SENT]


async def test_a_deputys_refused_address_is_somebodys_to_see_to(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.channel.refuses["devi.a@agencya.example"] = GONE
    await story.until(START + timedelta(days=10))
    [vacancy] = [one for one in story.chores() if one.kind is ChoreKind.FILL_SEAT]
    assert "needs a deputy" in vacancy.text
    assert len(story.decisions("bounced")) == 1


async def test_a_letter_that_one_address_refuses_goes_to_the_other_at_once(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    other = "rowan.elsewhere@agencya.example"
    story.write(lambda s: s.add(Address(person_id=by_name(s, "Rowan A").id, channel="email", value=other)))
    story.channel.refuses[ROWAN] = GONE
    await story.until(START + timedelta(hours=1))
    assert [letter.address for letter in story.channel.sent] == [other]
    assert story.rungs("wren-1") == [("issue", "asked", "sent")]
    assert story.chores() == []


async def test_a_worker_that_lost_its_lease_marks_no_address(database: Database) -> None:
    clock = [datetime(2030, 1, 1, tzinfo=UTC)]
    story = Story(database, real_now=lambda: clock[0])
    story.begin("A")
    await story.worker.wake(START)
    lease = clock[0] + timedelta(seconds=60)
    claimed = story.write(
        lambda s: outbox.claim(s, "slow", START, lease, date(2026, 10, 12), 9, office_open=True)
    )
    clock[0] += timedelta(seconds=61)
    await story.worker.sender.repair(START)
    await story.until(START + timedelta(hours=1))
    assert len(story.channel.sent) == 1
    late = Settled(claimed.taken[0].delivery_id, Outcome.REFUSED, "550 no", story.now, bounced=True)
    story.write(lambda s: settlement.settle(s, "slow", story.now, [late]))
    assert [one.state for one in story.deliveries()] == [DeliveryState.SENT]
    assert story.read(lambda s: address_of(s, "Rowan A")).state is AddressState.GOOD


async def test_refusals_for_now_are_no_doubts(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.channel.refuses[ROWAN] = DeliveryError("451 later")
    await story.until(START + timedelta(minutes=30))
    story.channel.refuses[ROWAN] = LOST
    await story.until(START + timedelta(minutes=60))
    story.channel.refuses.clear()
    await story.until(START + timedelta(hours=3))
    assert len(story.channel.sent) == 1
    assert story.rungs("wren-1") == [("issue", "asked", "sent")]


async def test_a_first_letter_in_doubt_each_time_is_listed_and_goes_again_as_the_same_letter(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("A")
    story.channel.refuses[ROWAN] = LOST
    await story.until(START + timedelta(hours=3))
    [delivery] = story.deliveries()
    assert (delivery.state, delivery.doubts) == (DeliveryState.DOUBTFUL, 3)
    [listed] = [one for one in story.chores() if one.kind is ChoreKind.SEND_AGAIN]
    assert "cascade resume wren" in listed.text
    story.channel.refuses.clear()
    again = story.write(lambda s: running.send_again(s, campaign_of(s), story.now, ZONE, WHO))
    await story.until(START + timedelta(hours=4))
    assert again == 1
    assert ids(story) == [make.IDENTITY.message_id(delivery.id)]


async def test_a_letter_in_doubt_keeps_its_message_id_through_a_pause(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.channel.refuses[ROWAN] = LOST
    await story.until(START + timedelta(minutes=3))
    story.channel.refuses.clear()
    story.write(lambda s: running.halt(s, campaign_of(s), story.now, WHO))
    await story.until(START + timedelta(minutes=30))
    story.write(lambda s: running.resume(s, campaign_of(s), story.now, WHO))
    await story.until(START + timedelta(hours=3))
    [delivery] = story.deliveries()
    assert ids(story) == [make.IDENTITY.message_id(delivery.id)]


async def test_a_letter_called_back_on_its_way_is_told_as_gone(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.worker.wake(START)
    sender = story.worker.sender
    held = story.write(
        lambda s: outbox.claim(
            s, sender.worker, START, sender.real_now() + timedelta(60), START.date(), 9, office_open=True
        )
    )
    story.write(lambda s: running.withdraw(s, campaign_of(s), "mistaken", story.now, WHO))
    went = Settled(held.taken[0].delivery_id, Outcome.SENT, "250 taken", story.now)
    story.write(lambda s: settlement.settle(s, sender.worker, story.now, [went]))
    [issue] = story.touches("wren-1")
    assert (issue.state, issue.reason) == (
        TouchState.SENT,
        "it was on its way already: the campaign was called back",
    )
    account = story.read(lambda s: explain(s, by_name(s, "Rowan A")))
    assert "sent" in [line.what for line in account.lines]


async def test_a_bulletin_refused_for_weeks_is_listed(database: Database) -> None:
    story = Story(database)

    def build(session: Session) -> None:
        board, _ = make.world(session, "A")
        make.launched(session, make.campaign(session, board, "news", book="bulletin"))

    story.write(build)
    story.channel.refuses[ROWAN] = DeliveryError("452 4.2.2 mailbox full")
    await story.until(START + timedelta(days=4))
    [listed] = [one for one in story.chores() if one.kind is ChoreKind.SEND_AGAIN]
    assert "452 4.2.2 mailbox full" in listed.text
    assert story.ask("news-1").state is AskState.ASKED


async def test_an_urgent_reminder_waits_for_the_morning(database: Database) -> None:
    story = Story(database)
    story.begin("A", priority=Priority.URGENT)
    await story.until(START + timedelta(minutes=5))
    story.channel.refuses[ROWAN] = DeliveryError("451 later")
    await story.until(START + timedelta(days=1, hours=14))
    story.channel.refuses.clear()
    await story.until(START + timedelta(days=3))
    hours = {letter.at.astimezone(ZONE).hour for letter in story.channel.to("rowan.a") if letter.at}
    assert hours <= set(range(8, 18))
    assert len(story.channel.to("rowan.a")) >= 2


async def test_a_schools_letter_in_doubt_waits_for_the_end_of_half_term(database: Database) -> None:
    story = Story(database, now=datetime(2026, 10, 23, 12, 50, tzinfo=UTC))

    def build(session: Session) -> None:
        board = make.board(session)
        school = make.agency(session, board, "School A", "education", make.terms(session))
        make.line(session, board, school, "A")
        make.launched(session, make.campaign(session, board), story.now)

    story.write(build)
    story.channel.refuses["rowan.a@schoola.example"] = LOST
    await story.until(story.now + timedelta(minutes=1))
    story.channel.refuses.clear()
    await story.until(story.now + timedelta(days=12))
    first, again = (at for _, at in story.channel.tries[:2])
    assert first is not None
    assert again is not None
    assert (first.date(), again.date()) == (date(2026, 10, 23), date(2026, 11, 2))
