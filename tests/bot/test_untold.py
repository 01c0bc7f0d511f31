"""That somebody's letters do not arrive is listed until they do, or until none goes there any more."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from messages.sending.channel import DeliveryError
from store.chore import Chore, ChoreKind
from store.database import Database, Session
from store.letters import bounce
from store.people.person import Address
from surveys.open.anonymous import midnight_of
from tests.bot.make_alerts import MOMENT, NIGHT, RITA, SOL, ask_for_contact, open_house, send
from tests.bot.make_ready import TODAY, TOMORROW
from tests.make import START, ZONE
from tests.story import Story, by_name

LATER = DeliveryError("451 later")
GONE = DeliveryError("550 5.1.1 unknown", permanent=True, about_address=True)
EVENING = START + timedelta(hours=8, minutes=11, seconds=7)
NEXT_NIGHT = NIGHT + timedelta(days=1)

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
def story(database: Database) -> Story:
    """A house whose alerts will be tried."""
    return open_house(database)


def untold(story: Story) -> list[Chore]:
    """The chores of letters that do not arrive, done or not, by key."""
    return story.read(
        lambda session: session.query(Chore).filter_by(kind=ChoreKind.UNTOLD).order_by(Chore.key).all()
    )


def is_listed(story: Story) -> bool:
    return any(one.done_at is None for one in untold(story))


async def try_in_vain(story: Story, error: DeliveryError = LATER) -> None:
    """Rita's letter is tried three times, and then not this hour any more."""
    story.channel.refuses = {RITA: error}
    ask_for_contact(story)
    for minutes in (0, 20, 40):
        await send(story, MOMENT + timedelta(minutes=minutes))
    assert is_listed(story)


async def test_a_letter_that_arrives_at_last_ticks_off_that_it_did_not(story: Story) -> None:
    await try_in_vain(story)
    story.channel.refuses = {}
    assert RITA in await send(story, EVENING)
    [told] = untold(story)
    assert (told.done_at, told.done_by) == (midnight_of(TODAY, ZONE), "cascade")


async def test_a_letter_to_somebody_else_ticks_nothing_off(story: Story) -> None:
    await try_in_vain(story)
    ask_for_contact(story, EVENING)
    assert await send(story, EVENING) == [SOL]
    assert is_listed(story)


async def test_what_arrived_once_and_then_does_not_is_listed_again(story: Story) -> None:
    await try_in_vain(story)
    story.channel.refuses = {}
    await send(story, EVENING)
    assert not is_listed(story)
    story.channel.refuses = {RITA: GONE}
    late = EVENING + timedelta(hours=2)
    ask_for_contact(story, late)
    await send(story, late)
    assert is_listed(story)


async def test_when_it_was_ticked_off_cannot_be_told_after_the_night(story: Story) -> None:
    def touched(session: Session) -> set[str]:
        """The transactions that wrote it last; rows keep none on SQLite."""
        query = "SELECT CAST(xmin AS TEXT) FROM chores WHERE kind = 'untold'"
        return set() if story.database.is_sqlite else set(session.execute(text(query)).scalars())

    await try_in_vain(story)
    # Once its wish is mixed, the next night has nothing else to write anew.
    await story.worker.empty_box(NIGHT)
    story.channel.refuses = {}
    assert RITA in await send(story, EVENING + timedelta(days=1))
    assert not is_listed(story)
    by_day = story.read(touched)
    await story.worker.empty_box(NEXT_NIGHT)
    assert by_day.isdisjoint(story.read(touched))
    assert [one.done_at for one in untold(story)] == [midnight_of(TOMORROW, ZONE)]


async def test_another_address_that_takes_letters_ticks_it_off_in_the_night(story: Story) -> None:
    def change(session: Session) -> None:
        rita = by_name(session, "Rita Reader")
        session.add(Address(person_id=rita.id, channel="email", value="rita@home.example"))

    await try_in_vain(story, GONE)
    await story.worker.empty_box(NIGHT)
    assert is_listed(story)  # so far there is none
    story.write(change)
    await story.worker.empty_box(NEXT_NIGHT)
    [told] = untold(story)
    assert told.done_at == midnight_of(TOMORROW + timedelta(days=1), ZONE)


async def test_another_address_that_refuses_as_well_ticks_nothing_off(story: Story) -> None:
    def change(session: Session) -> None:
        rita = by_name(session, "Rita Reader")
        other = Address(person_id=rita.id, channel="email", value="rita@home.example")
        session.add(other)
        session.flush()
        bounce.mark(session, other, "550 unknown", MOMENT, "the mail server")

    await try_in_vain(story, GONE)
    story.write(change)
    await story.worker.empty_box(NIGHT)
    assert is_listed(story)


async def test_of_whoever_has_left_no_letter_is_missed(story: Story) -> None:
    def leave(session: Session) -> None:
        left: datetime = MOMENT
        by_name(session, "Rita Reader").left_at = left

    await try_in_vain(story, GONE)
    story.write(leave)
    await story.worker.empty_box(NIGHT)
    assert not is_listed(story)
