"""The deputy hears of an absence once, and once more when whoever was asked is gone for good."""

from datetime import UTC, date, datetime, timedelta

import pytest

from messages.changes import recording
from messages.sending.channel import DeliveryError
from store.chore import ChoreKind
from store.database import Database
from store.people.seat import SeatRole
from tests.make import START
from tests.story import ACKNOWLEDGED, WHO, Story, by_name, local
from tests.story_seat import reseat

pytestmark = pytest.mark.sqlite_first


def be_away(story: Story, name: str, until: date) -> None:
    story.write(lambda session: recording.away(session, by_name(session, name), until, story.now, WHO))


async def test_a_bounce_after_an_absence_tells_the_deputy_anew_and_a_seat_is_to_be_filled(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    story.write(
        lambda session: recording.away(
            session, by_name(session, "Rowan A"), date(2026, 10, 13), story.now, WHO
        )
    )
    await story.until(START + timedelta(days=2))
    assert [rung for rung, _, _ in story.rungs("wren-1")] == ["issue", "cover"]
    assert story.chores() == []
    story.channel.refuses["rowan.a@agencya.example"] = DeliveryError(
        "550 5.1.1 unknown", permanent=True, about_address=True
    )
    await story.until(START + timedelta(days=7))
    assert ("cover_gone", "deputy", "sent") in story.rungs("wren-1")
    assert [rung for rung, _, _ in story.rungs("wren-1")].count("cover_gone") == 1
    assert ChoreKind.FILL_SEAT in {one.kind for one in story.chores()}


async def test_a_deputy_who_answered_the_first_question_hears_of_the_second_on_its_own_day(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("A")
    story.write(
        lambda session: recording.away(
            session, by_name(session, "Rowan A"), date(2026, 12, 31), story.now, WHO
        )
    )
    await story.until(START + timedelta(days=1))
    assert ("cover", "deputy", "sent") in story.rungs("wren-1")
    story.answer("wren-1", ACKNOWLEDGED, "Devi A")
    await story.until(START + timedelta(days=3))
    assert story.rungs("wren-2") == []
    await story.until(START + timedelta(days=30))
    assert ("cover", "deputy", "sent") in story.rungs("wren-2")
    first = min(row.climbed_at for row in story.touches("wren-2"))
    assert local(first) == "26 Oct 10:00"


async def test_a_deputy_found_later_hears_of_the_vacancy(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(minutes=1))
    reseat(story, SeatRole.REPRESENTATIVE, None)
    reseat(story, SeatRole.DEPUTY, None)
    await story.until(START + timedelta(hours=1))
    reseat(story, SeatRole.DEPUTY, "Newby A")
    await story.until(START + timedelta(days=1))
    assert len(story.channel.to("newby.a")) == 1


async def test_a_deputy_who_takes_over_from_a_deputy_hears_of_the_vacancy_too(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(minutes=1))
    reseat(story, SeatRole.REPRESENTATIVE, None)
    await story.until(START + timedelta(hours=1))
    reseat(story, SeatRole.DEPUTY, "Newby A")
    await story.until(START + timedelta(days=1))
    assert [len(story.channel.to(who)) for who in ("devi.a", "newby.a")] == [1, 1]


async def test_each_absence_is_told_once(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    for until in (date(2026, 10, 14), date(2026, 10, 15)):  # the second prolongs the first
        be_away(story, "Rowan A", until)
        await story.until(story.now + timedelta(days=1))
    assert len(story.channel.to("devi.a")) == 1
    await story.until(datetime(2026, 10, 16, 8, tzinfo=UTC))
    be_away(story, "Rowan A", date(2026, 11, 13))
    await story.until(datetime(2026, 10, 17, tzinfo=UTC))
    assert len(story.channel.to("devi.a")) == 2
    assert [rung for rung, _, _ in story.rungs("wren-1") if rung.startswith("cover")] == ["cover", "cover 2"]


async def test_where_nobody_can_stand_in_somebody_is_to_ring(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    for name in ("Rowan A", "Devi A"):
        be_away(story, name, date(2026, 11, 14))
    await story.until(START + timedelta(days=1))
    assert story.channel.sent == []
    [ring] = [one for one in story.chores() if one.kind is ChoreKind.PHONE]
    assert "Devi A is away until 2026-11-14" in ring.text


async def test_somebody_away_gets_no_letter_in_any_of_their_seats(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    reseat(story, SeatRole.DEPUTY, "Rowan A")
    be_away(story, "Rowan A", date(2026, 11, 10))
    await story.until(datetime(2026, 10, 30, 18, tzinfo=UTC))
    assert story.channel.to("rowan.a") == []
