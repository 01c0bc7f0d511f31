"""Rungs after a stop or a change of hands: none in haste, none twice, and no lapse on a letter's heels."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from messages.changes import handing_over, more_time, resting, seating
from messages.changes.new_link import write_again
from messages.launching import running
from store.asking.ask import AskState
from store.database import Database, Session
from store.letters.touch import TouchState
from store.people import person, seat
from store.people.agency import Agency
from store.people.board import Board
from store.people.seat import SeatRole
from tests.make import START, ZONE
from tests.story import ACKNOWLEDGED, WHO, Story, campaign_of, find, local

pytestmark = pytest.mark.sqlite_first


async def asked_to_cascade(database: Database, until: datetime) -> Story:
    """An agency that acknowledged the lesson and has not told how it passed it on by a moment."""
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    await story.until(until)
    return story


def letters_after(story: Story, moment: datetime) -> list[str]:
    """What went after a moment: the days and the addressees."""
    return [
        f"{local(one.at)[:6]} {one.address.partition('@')[0]}"
        for one in story.channel.sent
        if one.at and one.at > moment
    ]


async def test_after_a_hold_an_ask_does_not_lapse_on_the_heels_of_its_last_letter(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))

    def rest(session: Session) -> None:
        one = find(session, "wren-1")
        resting.hold(session, one.board_id, date(2026, 11, 20), "inspection", story.now, WHO, ask=one)

    story.write(rest)
    await story.until(datetime(2026, 12, 1, tzinfo=UTC))
    one, last = story.ask("wren-1"), max(touch.climbed_at for touch in story.touches("wren-1"))
    assert one.state is AskState.LAPSED
    assert one.closed_at is not None
    assert local(last) == "24 Nov 09:00"
    assert local(one.closed_at) == "27 Nov 09:00"


@pytest.mark.drill
async def test_after_a_pause_an_ask_does_not_lapse_on_the_heels_of_its_last_letter(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    story.write(lambda session: running.halt(session, campaign_of(session), story.now, WHO))
    await story.until(datetime(2026, 11, 10, 12, tzinfo=UTC))
    story.write(lambda session: running.resume(session, campaign_of(session), story.now, WHO))
    await story.until(datetime(2026, 11, 20, tzinfo=UTC))
    one, last = story.ask("wren-1"), max(touch.climbed_at for touch in story.touches("wren-1"))
    assert one.closed_at is not None
    assert (local(last), local(one.closed_at)) == ("11 Nov 09:00", "16 Nov 10:00")


@pytest.mark.drill
async def test_a_colleague_who_takes_it_late_has_three_days_and_the_deputy_hears_it_once(
    database: Database,
) -> None:
    story = await asked_to_cascade(database, datetime(2026, 11, 12, 12, tzinfo=UTC))
    assert ("deputy", "deputy", "sent") in story.rungs("wren-2")
    taken = story.now
    story.write(
        lambda s: handing_over.hand_over(
            s, find(s, "wren-2"), None, "Pat P", "pat@agencya.example", taken, WHO
        )
    )
    await story.until(datetime(2026, 11, 17, 8, tzinfo=UTC))
    assert letters_after(story, taken - timedelta(minutes=1)) == ["12 Nov pat"]
    await story.until(datetime(2026, 11, 27, tzinfo=UTC))
    mine = [one for one in story.touches("wren-2") if one.round == 2 and one.role == "asked"]
    assert sorted({local(one.climbed_at)[:6] for one in mine})[:2] == ["12 Nov", "17 Nov"]
    to_pat = [one for one in letters_after(story, taken + timedelta(minutes=1)) if "pat" in one]
    assert to_pat[0] == "19 Nov pat"  # a week after the last
    behind = next(one for one in story.touches("wren-2") if one.rung == "deputy" and one.round == 2)
    assert (behind.state, behind.reason) == (TouchState.SKIPPED, "climbed before it was handed over")


async def test_a_new_representative_after_the_due_day_is_not_chased_up_the_whole_line_again(
    database: Database,
) -> None:
    story = await asked_to_cascade(database, datetime(2026, 11, 24, 12, tzinfo=UTC))
    climbed = {rung for rung, role, state in story.rungs("wren-2") if role != "asked" and state == "sent"}
    assert {"deputy", "line_manager"} <= climbed
    changed = story.now

    def change(session: Session) -> None:
        where = session.query(Agency).filter_by(folded="agency a").one()
        place = seat.ensure(session, session.query(Board).one().id, where.id, SeatRole.REPRESENTATIVE)
        nia = person.keep(session, "Nia N", "nia@agencya.example")
        assert seating.fill(session, place, where, nia, story.now, WHO)

    story.write(change)
    await story.until(changed + timedelta(days=9))
    after = letters_after(story, changed - timedelta(minutes=1))
    assert after[0] == "24 Nov nia"
    assert not [one for one in after if "devi" in one or "lena" in one]
    days = [datetime.strptime(f"{one[:6]} 2026", "%d %b %Y").date() for one in after]  # noqa: DTZ007
    assert days[1] - days[0] >= timedelta(days=3)
    assert all(later > earlier for earlier, later in pairwise(days))


@pytest.mark.drill
async def test_more_time_lets_the_rungs_apply_again(database: Database) -> None:
    story = await asked_to_cascade(database, datetime(2026, 11, 12, 12, tzinfo=UTC))
    assert ("deputy", "deputy", "sent") in story.rungs("wren-2")
    story.write(lambda s: more_time.extend(s, find(s, "wren-2"), 10, "an inspection", story.now, WHO, ZONE))
    await story.until(datetime(2026, 12, 10, tzinfo=UTC))
    again = [
        (one.role, one.state) for one in story.touches("wren-2") if (one.rung, one.round) == ("deputy", 2)
    ]
    assert ("deputy", TouchState.SENT) in again


async def test_asking_for_a_new_link_every_day_puts_no_reminder_off(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    for day in range(1, 20):
        await story.until(START + timedelta(days=day, hours=-3))  # before the day's letters
        story.write(lambda session: write_again(session, "rowan.a@agencya.example", story.now, ZONE))
    climbed = {one.rung: local(one.climbed_at) for one in story.touches("wren-1")}
    assert climbed["reminder"] == "15 Oct 09:00"
    assert climbed["deputy"] == "21 Oct 09:00"
    assert story.ask("wren-1").state is AskState.LAPSED
