"""The deputy hears of an absence once, and once more when whoever was asked is gone for good."""

from datetime import date, timedelta

from messages import recording
from messages.channel import DeliveryError
from store.chore import ChoreKind
from store.database import Database
from tests.make import START
from tests.story import ACKNOWLEDGED, WHO, Story, by_name, local


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
