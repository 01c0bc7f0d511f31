"""The deputy hears of an absence once, and once more when whoever was asked is gone for good."""

from datetime import date, timedelta

from messages import recording
from messages.channel import DeliveryError
from store.chore import ChoreKind
from store.database import Database
from tests.make import START
from tests.story import WHO, Story, by_name


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
