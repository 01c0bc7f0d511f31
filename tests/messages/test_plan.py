"""The plan agrees with what launch, climb, gathering and sending then do; each exclusion has one reason."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest

from bot.clock import real_now
from bot.worker import Worker
from messages.changes import recording
from messages.launching import approval
from messages.launching.audience import Audience
from messages.launching.compose import save_words
from messages.launching.plan import Plan, plan
from messages.letters.press import Press
from messages.sending.sender import Sender
from store.asking import campaign
from store.asking.campaign import Campaign, WordsVersion
from store.asking.lesson import Priority
from store.database import Database, Session
from store.letters import touch
from store.people import person, seat
from store.people.board import OfficeRole
from store.people.person import Unsubscription
from store.people.seat import SeatRole
from tests import chosen, make
from tests.bot.dump import dump
from tests.fakes import FakeChannel
from tests.make import START, ZONE

pytestmark = pytest.mark.sqlite_first

WHO = "morgan.ellery@west.example.org"


def town(session: Session, book: str, priority: Priority | None, audience: Audience | None) -> UUID:
    """Agencies with every kind of trouble, and a draft campaign."""
    board, [_, away, bounced, bare] = make.world(session, "ABCD")
    terms = make.terms(session)
    make.officer(session, board, "Ines Ward", OfficeRole.EDUCATION_LEAD)
    school = make.agency(session, board, "Kennet School", "education", terms)
    make.holder(session, board, school, "Sam Head")
    make.holder(session, board, school, "Ada Chair", SeatRole.CHAIR_OF_GOVERNORS)
    lost = make.agency(session, board, "Far School", "education", "never imported")
    make.holder(session, board, lost, "Lost Head")
    # Their seats stand vacant already: a launch would number those that it adds itself in any order.
    make.seat_of(session, board, make.agency(session, board, "Vacant Trust"))
    half = make.agency(session, board, "Half Trust")
    make.seat_of(session, board, half)
    make.holder(session, board, half, "Dana Deputy", SeatRole.DEPUTY)
    lone = make.agency(session, board, "Lone Trust")
    make.seat_of(session, board, lone)
    make.holder(session, board, lone, "Bo Member", SeatRole.BOARD_MEMBER)
    for name in ("First Charity", "Second Charity"):
        where = make.agency(session, board, name, "voluntary")
        shared = person.keep(session, "Umbrella desk", "desk@umbrella.example")
        place = make.seat_of(session, board, where)
        seat.seat_person(session, place.id, shared.id, START)
    left = make.agency(session, board, "Left Trust")
    recording.left(session, make.holder(session, board, left, "Leo Gone"), START, WHO)
    absent = make.holder(session, board, away, "Rowan B")
    recording.away(session, absent, date(2026, 10, 20), START, WHO)
    refusing = make.holder(session, board, bounced, "Rowan C")
    address = person.email_of(session, refusing.id)
    assert address is not None
    recording.bounced(session, address, "550 no such mailbox", START, WHO)
    reader = make.holder(session, board, bare, "Rowan D")
    session.add(Unsubscription(board_id=board.id, person_id=reader.id, at=START))
    about = make.campaign if book in ("lesson", "bulletin") else chosen.campaign
    made = about(session, board, book=book, priority=priority, audience=audience)
    return made.id


def planned(session: Session, campaign_id: UUID, now: datetime) -> Plan:
    return plan(session, session.get_one(Campaign, campaign_id), now, ZONE, Press(make.IDENTITY))


def say_yes(session: Session, now: datetime) -> int:
    return approval.approve(session, touch.drafted(session), now, WHO)


async def really(
    database: Database, campaign_id: UUID, now: datetime, days: int
) -> Counter[tuple[datetime, str, str]]:
    """Launch, then let a worker run; a coordinator says yes at once to every drafted letter."""
    channel = FakeChannel()
    sender = Sender(database, {"email": channel}, Press(make.IDENTITY), "test", real_now)
    worker = Worker(database, sender)
    await database.write(lambda session: make.launched(session, session.get_one(Campaign, campaign_id), now))
    moment, until = now, now + timedelta(days=days)
    while moment < until:
        channel.now = moment
        await worker.step(moment)
        if await database.write(partial(say_yes, now=moment)):
            continue
        moment = await worker.next_wake(moment)
    return Counter((letter.at, letter.address, letter.subject) for letter in channel.sent if letter.at)


CASES = [
    pytest.param("lesson", None, None, START, id="a lesson", marks=pytest.mark.drill),
    pytest.param(
        "lesson", Priority.URGENT, None, datetime(2026, 10, 24, 20, tzinfo=UTC), id="urgent, on a Saturday"
    ),
    pytest.param("lesson", Priority.INFORMATION, None, START, id="for information", marks=pytest.mark.drill),
    pytest.param("bulletin", None, None, START, id="a bulletin", marks=pytest.mark.drill),
    pytest.param("return", None, None, START, id="a return", marks=pytest.mark.drill),
    pytest.param("survey", None, None, START, id="a survey", marks=pytest.mark.drill),
    pytest.param(
        "lesson",
        None,
        Audience(sectors=frozenset({"voluntary"})),
        START,
        id="one sector",
        marks=pytest.mark.drill,
    ),
]


@pytest.mark.parametrize(("book", "priority", "audience", "now"), CASES)
async def test_what_is_planned_is_what_is_sent(
    database: Database, book: str, priority: Priority | None, audience: Audience | None, now: datetime
) -> None:
    campaign_id = await database.write(lambda session: town(session, book, priority, audience))
    made = await database.read(lambda session: planned(session, campaign_id, now))
    assert made.errors == []
    sent = await really(database, campaign_id, now, 60)
    until = now + timedelta(days=60)
    expected = Counter((one.at, one.address, one.subject) for one in made.letters if one.at < until)
    assert sent == expected
    assert sent


@pytest.mark.parametrize(("book", "priority", "audience", "now"), CASES)
async def test_every_agency_is_written_to_or_has_exactly_one_reason(
    database: Database, book: str, priority: Priority | None, audience: Audience | None, now: datetime
) -> None:
    campaign_id = await database.write(lambda session: town(session, book, priority, audience))
    made = await database.read(lambda session: planned(session, campaign_id, now))
    written = [(agency, one.role) for one in made.first for agency in one.agencies]
    excluded = [(one.agency, one.role) for one in made.excluded]
    assert not set(written) & set(excluded)
    assert max(Counter(excluded).values()) == 1
    asked = Counter(agency for agency, role in written + excluded if role == "asked")
    assert len(asked) == made.members
    assert set(asked.values()) == {1}
    assert all(one.reason for one in made.excluded)


async def test_a_plan_changes_no_row(database: Database) -> None:
    campaign_id = await database.write(lambda session: town(session, "lesson", None, None))
    before = dump(database.url)
    await database.read(lambda session: planned(session, campaign_id, START))
    assert dump(database.url) == before


async def test_words_that_are_missing_stop_the_launch(database: Database) -> None:
    campaign_id = await database.write(lambda session: town(session, "lesson", None, None))

    def lose_words(session: Session) -> None:
        [_, step] = campaign.steps(session, campaign_id)
        session.query(WordsVersion).filter_by(step_id=step.id, rung="soon", role="asked").delete()

    await database.write(lose_words)
    made = await database.read(lambda session: planned(session, campaign_id, START))
    assert any("rung “soon” to the training representative: no words are saved" in one for one in made.errors)
    assert not any(letter.rung == "soon" for letter in made.letters)


async def test_words_that_cannot_be_written_for_their_reader_stop_the_launch(database: Database) -> None:
    campaign_id = await database.write(lambda session: town(session, "lesson", None, None))
    # Sound in itself; but the letters of a task have no preferences to lead to.
    body = "[Change what you get]({{ preferences_link }})"

    def write_words(session: Session) -> object:
        step = campaign.steps(session, campaign_id)[0]
        return save_words(session, step.id, "reminder", "asked", "About [{{ reference }}]", body, START, WHO)

    kept = await database.write(write_words)
    assert isinstance(kept, WordsVersion), kept
    made = await database.read(lambda session: planned(session, campaign_id, START))
    [error] = made.errors
    assert "rung “reminder”: it cannot be written" in error
    assert "preferences_link" in error


async def test_an_unknown_variable_kept_by_another_way_is_found(database: Database) -> None:
    campaign_id = await database.write(lambda session: town(session, "lesson", None, None))

    def spoil(session: Session) -> None:
        step = campaign.steps(session, campaign_id)[0]
        session.query(WordsVersion).filter_by(step_id=step.id, rung="deputy", role="deputy").update(
            {"body": "Dear {{ nickname }}"}
        )

    await database.write(spoil)
    made = await database.read(lambda session: planned(session, campaign_id, START))
    assert any("nobody will supply nickname" in one for one in made.errors)


async def test_gaps_stop_nothing_and_name_what_is_missing(database: Database) -> None:
    campaign_id = await database.write(lambda session: town(session, "lesson", None, None))
    made = await database.read(lambda session: planned(session, campaign_id, START))
    gaps = {(gap.agency, gap.text) for gap in made.gaps}
    assert ("Vacant Trust", "no deputy is named") in gaps
    assert ("Half Trust", "no line manager is named") in gaps
    assert ("Kennet School", "no holiday contact is named") in gaps
    assert ("Kennet School", "no chair of governors is named") not in gaps
    assert any(agency == "Far School" and "never imported" in text for agency, text in gaps)
    assert made.errors == []


async def test_an_urgent_lesson_in_the_holidays_lists_whom_to_ring(database: Database) -> None:
    campaign_id = await database.write(lambda session: town(session, "lesson", Priority.URGENT, None))
    half_term = datetime(2026, 10, 27, 11, tzinfo=UTC)
    made = await database.read(lambda session: planned(session, campaign_id, half_term))
    assert [one.agency for one in made.calls] == ["Far School", "Kennet School"]
    in_term = await database.read(lambda session: planned(session, campaign_id, START))
    assert [one.agency for one in in_term.calls] == ["Far School"]


async def test_a_campaign_that_is_live_has_no_plan(database: Database) -> None:
    campaign_id = await database.write(lambda session: town(session, "lesson", None, None))
    await database.write(lambda session: make.launched(session, session.get_one(Campaign, campaign_id)))
    made = await database.read(lambda session: planned(session, campaign_id, START))
    assert made.errors == ["wren is live already"]


async def test_an_urgent_lesson_reaches_a_school_whose_terms_are_missing(database: Database) -> None:
    campaign_id = await database.write(lambda session: town(session, "lesson", Priority.URGENT, None))
    made = await database.read(lambda session: planned(session, campaign_id, START))
    assert "lost.head@farschool.example" in {letter.address for letter in made.first}
