"""Counts of asks, letters and answers come out as the rows stand."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from messages.changes import more_time, resting
from messages.chasing.climb import climb_due
from messages.gathering.gather import gather_due
from messages.launching import approval
from store.answers import tallies
from store.asking import ask
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign
from store.asking.lesson import Lesson
from store.database import Database, Session
from store.letters.delivery import Delivery, DeliveryState
from store.letters.touch import Touch, TouchState
from tests import make
from tests.make import START, ZONE

WHO = "morgan.ellery@west.example.org"


def lively(session: Session) -> UUID:
    """Three agencies asked; one answered, one at rest, one whose letter is in doubt."""
    board, _ = make.world(session)
    wanted = make.campaign(session, board)
    make.launched(session, wanted)
    make.campaign(session, board, "other", about=session.query(Lesson).first())
    climb_due(session, START, ZONE)
    gather_due(session, START, ZONE)
    answered, resting_ask, _ = session.query(Ask).filter_by(state=AskState.ASKED).order_by(Ask.number)
    ask.close(session, answered.id, AskState.ANSWERED, START)
    resting.hold(
        session, board.id, START.date() + timedelta(days=9), "inspection", START, WHO, ask=resting_ask
    )
    assert not isinstance(more_time.ask_for(session, resting_ask, None, 30, "inspection", START, ZONE), str)
    sent, doubtful, _ = session.query(Delivery).order_by(Delivery.id)
    sent.state = DeliveryState.SENT
    doubtful.state, doubtful.doubted_at, doubtful.error = DeliveryState.DOUBTFUL, START, "its worker stopped"
    session.flush()
    return wanted.id


async def test_asks_are_counted_by_step_and_state(database: Database) -> None:
    campaign_id = await database.write(lively)
    midnight = datetime(2026, 10, 13, tzinfo=UTC)
    first, second = await database.read(lambda session: tallies.steps(session, campaign_id, midnight))
    assert (first.form, first.asked) == ("acknowledge", 3)
    assert first.of(AskState.ANSWERED) == 1
    assert first.of(AskState.ASKED) == 2
    assert (second.asked, second.of(AskState.PENDING)) == (0, 3)


async def test_letters_are_counted_and_the_doubtful_listed(database: Database) -> None:
    campaign_id = await database.write(lively)
    tally = await database.read(lambda session: tallies.letters(session, campaign_id))
    assert tally.states == {DeliveryState.SENT: 1, DeliveryState.DOUBTFUL: 1, DeliveryState.WAITING: 1}
    [doubt] = tally.doubts
    assert doubt.said == "its worker stopped"
    assert doubt.address.startswith("rowan.")


async def test_what_waits_for_a_person_is_listed(database: Database) -> None:
    campaign_id = await database.write(lively)

    def read(session: Session) -> tuple[int, int, int]:
        wanted = session.get_one(Campaign, campaign_id)
        [rest] = tallies.holds(session, wanted, START.date())
        assert rest.reason == "inspection"
        later = tallies.holds(session, wanted, START.date() + timedelta(days=10))
        return len(later), len(tallies.chores(session, wanted)), len(tallies.drafted(session))

    assert await database.read(read) == (0, 1, 0)


async def test_drafted_letters_leave_the_list_once_approved(database: Database) -> None:
    campaign_id = await database.write(lively)

    def draft(session: Session) -> int:
        letter = session.query(Touch).filter_by(state=TouchState.TO_SEND).order_by(Touch.id.desc()).first()
        assert letter is not None
        letter.state, letter.delivery_id = TouchState.DRAFTED, None
        session.flush()
        [listed] = tallies.drafted(session)
        assert listed.part.slug == "wren"
        assert tallies.letters(session, campaign_id).drafted == 1
        approval.approve(session, [letter], datetime(2026, 10, 13, 9, tzinfo=UTC), WHO)
        return len(tallies.drafted(session))

    assert await database.write(draft) == 0
