"""Whatever happens between two steps of the engine, nothing is claimed that was no longer owed by then."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from messages.changes import handing_over, more_time, recording, resting
from messages.launching import running
from store.asking.hold import Hold
from store.database import Database, Session
from store.letters import outbox
from store.letters.outbox import Claim
from store.letters.settlement import Outcome, Settled, settle
from store.letters.touch import TouchState
from tests import make
from tests.make import START, ZONE
from tests.story import ACKNOWLEDGED, WHO, Story, address_of, by_name, campaign_of, find

pytestmark = pytest.mark.sqlite_first

TODAY = date(2026, 10, 12)
STEPS = ("climb", "gather", "claim", "send")


def take(session: Session, now: datetime, worker: str = "one", limit: int = 64) -> Claim:
    until = now + timedelta(minutes=1)
    return outbox.claim(session, worker, now, until, TODAY, limit, office_open=True)


def finish(session: Session, claimed: Claim, now: datetime, worker: str = "one") -> None:
    results = [Settled(one.delivery_id, Outcome.SENT, "250 taken", now) for one in claimed.taken]
    settle(session, worker, now, results)


def answer(story: Story) -> None:
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")


def hold(story: Story) -> None:
    def rest(session: Session) -> None:
        held = find(session, "wren-1")
        resting.hold(session, held.board_id, date(2026, 10, 20), "inspection", story.now, WHO, ask=held)

    story.write(rest)


def hold_agency(story: Story) -> None:
    def rest(session: Session) -> None:
        one = find(session, "wren-1")
        until = date(2026, 10, 12)  # the last day is part of it
        resting.hold(session, one.board_id, until, "inspection", story.now, WHO, agency_id=one.agency_id)

    story.write(rest)


def pause(story: Story) -> None:
    story.write(lambda session: running.halt(session, campaign_of(session), story.now, WHO))


def withdraw(story: Story) -> None:
    story.write(lambda session: running.withdraw(session, campaign_of(session), "mistaken", story.now, WHO))


def hand_over(story: Story) -> None:
    def give(session: Session) -> None:
        rowan = by_name(session, "Rowan A")
        email = "kim@agencya.example"
        handing_over.hand_over(session, find(session, "wren-1"), rowan.id, "Kim B", email, story.now, WHO)

    story.write(give)


def more(story: Story) -> None:
    def ask_for(session: Session) -> None:
        asked = more_time.ask_for(session, find(session, "wren-1"), None, 5, "staff away", story.now, ZONE)
        assert not isinstance(asked, str)

    story.write(ask_for)


def leave(story: Story) -> None:
    story.write(lambda session: recording.left(session, by_name(session, "Rowan A"), story.now, WHO))


def bounce(story: Story) -> None:
    story.write(
        lambda session: recording.bounced(session, address_of(session, "Rowan A"), "550", story.now, WHO)
    )


EVENTS: list[Callable[[Story], None]] = [
    answer, hold, hold_agency, pause, withdraw, hand_over, more, leave, bounce,
]  # fmt: skip


@pytest.mark.parametrize("at", range(len(STEPS) + 1))
@pytest.mark.parametrize("happens", EVENTS, ids=lambda event: event.__name__)
@pytest.mark.parametrize("engine", ["sqlite"])
def test_what_happened_before_the_claim_keeps_the_letter_back(
    database_url: str, happens: Callable[[Story], None], at: int
) -> None:
    run_through(Database(database_url), happens, at)


@pytest.mark.parametrize("happens", EVENTS, ids=lambda event: event.__name__)
@pytest.mark.parametrize("engine", ["postgresql"])
def test_what_happened_between_gathering_and_claim_keeps_the_letter_back(
    database_url: str, happens: Callable[[Story], None]
) -> None:
    run_through(Database(database_url), happens, STEPS.index("claim"))


def run_through(database: Database, happens: Callable[[Story], None], at: int) -> None:
    """One letter to Rowan on its way; something happens before the step of this number."""
    story, claimed = Story(database), Claim((), 0)
    story.begin("A")
    rowan = story.read(lambda session: by_name(session, "Rowan A")).id
    for number, step in enumerate((*STEPS, "end")):
        if number == at:
            happens(story)
        match step:
            case "climb":
                story.climb()
            case "gather":
                story.gather()
            case "claim":
                claimed = story.write(lambda session: take(session, story.now))
            case "send":
                story.write(partial(finish, claimed=claimed, now=story.now))
            case _:
                pass
    to_rowan = [one for one in claimed.taken if one.person_id == rowan]
    if at <= STEPS.index("claim") and happens is not more:  # more time keeps nobody's first letter back
        assert to_rowan == []
        states = [one.state for one in story.touches("wren-1") if one.person_id == rowan]
        assert not {TouchState.TO_SEND, TouchState.SENT} & set(states) or happens is pause
    else:
        assert len(to_rowan) == 1
    reasons = [one.reason for one in story.touches("wren-1") if one.state is TouchState.DROPPED]
    assert all(reasons)
    database.close_now()


async def test_a_letter_held_back_by_a_pause_goes_when_it_is_resumed(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.worker.wake(START)
    pause(story)
    await story.until(START + timedelta(hours=1))
    assert story.channel.sent == []
    story.write(lambda session: running.resume(session, campaign_of(session), story.now, WHO))
    await story.until(START + timedelta(hours=2))
    assert len(story.channel.sent) == 1


async def test_a_letter_held_back_by_a_hold_goes_when_the_hold_is_over(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.worker.wake(START)
    hold_agency(story)
    await story.until(START + timedelta(hours=1))
    assert story.channel.sent == []
    assert story.rungs("wren-1") == [("issue", "asked", "held")]
    await story.until(START + timedelta(days=1))
    [first] = story.letters()
    assert first == ("13 Oct 09:00", "rowan.a@agencya.example")
    assert [one.reason for one in story.touches("wren-1")] == ["it had been held back (on hold: inspection)"]
    await story.until(START + timedelta(days=7))
    assert len({letter[0][:6] for letter in story.letters()}) == len(story.letters())


async def test_a_hold_lifted_early_lets_its_letter_go_at_once(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.worker.wake(START)
    hold(story)
    await story.until(START + timedelta(hours=1))
    story.write(lambda session: resting.lift(session, session.query(Hold).one(), story.now, WHO))
    await story.until(START + timedelta(hours=2))
    assert story.letters() == [("12 Oct 11:00", "rowan.a@agencya.example")]


async def test_a_letter_of_two_debts_goes_for_the_one_still_owed(database: Database) -> None:
    story = Story(database)

    def build(session: Session) -> None:
        board, _ = make.world(session, "A")
        about = make.lesson(session, board)
        for slug in ("wren", "heron"):
            make.launched(session, make.campaign(session, board, slug, about=about))

    story.write(build)
    await story.until(datetime(2026, 10, 15, 7, tzinfo=ZONE))
    story.now = datetime(2026, 10, 15, 9, tzinfo=ZONE)
    await story.worker.wake(story.now)
    answer(story)
    await story.worker.send(story.now)
    digest = story.channel.sent[-1]
    assert story.rungs("wren-1")[1] == ("reminder", "asked", "dropped")
    assert story.rungs("heron-1")[1] == ("reminder", "asked", "sent")
    assert "heron-1" in digest.subject
    assert "wren-1" not in digest.text
