"""Whoever is on duty is told by letter that something waits, and by no letter what, of whom, or when."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.asking.standby import watch
from messages.sending.channel import DeliveryError
from store import chore, rows
from store.chore import ChoreKind
from store.database import Database, Session
from store.decision import Decision
from store.letters.alert import Alert
from store.letters.delivery import Delivery, DeliveryState
from store.people.board import Board
from store.people.person import Person
from store.surveying import contact_wish
from store.surveying.contact_wish import Outcome
from store.surveying.duty import Duty
from surveys.open.wishes import close_wish
from tests.bot.make_alerts import MANAGER, MOMENT, NIGHT, RITA, SOL, ask_for_contact, open_house, send
from tests.bot.make_ready import TODAY, TOMORROW, staff_rota
from tests.make import START, ZONE
from tests.story import Story


@pytest.fixture
def story(database: Database) -> Story:
    """An open survey of families, two reviewers on duty today and tomorrow, and an office."""
    return open_house(database)


async def told_of_wishes(story: Story, at: datetime) -> list[str]:
    """The same, of letters about wishes alone."""
    before = len(story.channel.sent)
    await send(story, at)
    return sorted(one.address for one in story.channel.sent[before:] if "Something waits" in one.subject)


def change(story: Story, fn: Callable[[Session], object]) -> None:
    story.write(fn)


async def test_those_on_duty_get_a_letter_that_says_nothing_of_anybody(story: Story) -> None:
    ask_for_contact(story)
    assert await send(story, MOMENT) == [RITA, SOL]
    letter = story.channel.sent[0]
    assert "Something waits for those on duty." in letter.text
    assert "cascade wishes --as EMAIL" in " ".join(letter.text.split())
    assert letter.parsed["Auto-Submitted"] == "auto-generated"
    whole = letter.message.body.decode().lower()
    for word in ("persephone", "school office", "wren", "contacted", "what families say", "willow"):
        assert word not in whole


async def test_however_many_come_nobody_is_told_more_than_once_an_hour(story: Story) -> None:
    for minutes in range(0, 60, 10):
        at = MOMENT + timedelta(minutes=minutes)
        ask_for_contact(story, at)
        assert await send(story, at) == ([] if minutes else [RITA, SOL])
    assert await send(story, MOMENT + timedelta(minutes=59)) == []
    assert await send(story, MOMENT + timedelta(minutes=60)) == [RITA, SOL]
    assert await send(story, MOMENT + timedelta(hours=3)) == []


async def test_what_was_dealt_with_meanwhile_is_told_to_nobody(story: Story) -> None:
    ask_for_contact(story)

    def close(session: Session) -> None:
        [one] = contact_wish.waiting(session, session.query(Board).one().id)
        close_wish(session, one, Outcome.REACHED, RITA, MOMENT, ZONE)

    story.write(close)
    assert await send(story, MOMENT) == []
    states = story.read(lambda session: {one.state for one in session.query(Delivery)})
    assert states == {DeliveryState.DROPPED}


async def test_whoever_has_left_is_not_told(story: Story) -> None:
    ask_for_contact(story)
    change(
        story, lambda session: session.query(Person).filter_by(name="Rita Reader").update({"left_at": START})
    )
    assert await send(story, MOMENT) == [SOL]


async def test_where_nobody_is_on_duty_the_office_is_told_in_its_hours(story: Story) -> None:
    change(story, lambda session: session.query(Duty).delete())
    evening = START + timedelta(hours=10)
    ask_for_contact(story, evening)
    assert await send(story, evening) == []
    assert await send(story, START + timedelta(days=1)) == [MANAGER]


async def test_those_on_duty_are_told_at_any_hour(story: Story) -> None:
    evening = START + timedelta(hours=10)
    ask_for_contact(story, evening)
    assert await send(story, evening) == [RITA, SOL]


async def test_a_letter_in_doubt_goes_again_as_the_same_letter(story: Story) -> None:
    story.channel.refuses = {RITA: DeliveryError("the line was lost", doubtful=True)}
    ask_for_contact(story)
    await send(story, MOMENT)
    story.channel.refuses = {}
    assert await send(story, MOMENT + timedelta(minutes=20)) == [RITA]
    [one] = story.read(lambda session: session.query(Delivery).filter(Delivery.doubts == 1).all())
    assert one.id.hex in str(story.channel.to("rita")[0].parsed["Message-ID"])


async def test_a_refusal_that_is_not_of_the_address_is_tried_for_two_days_and_no_longer(story: Story) -> None:
    story.channel.refuses = {who: DeliveryError("554 no", permanent=True) for who in (RITA, SOL)}
    ask_for_contact(story)
    await send(story, MOMENT)
    waits = story.read(lambda session: {one.state for one in session.query(Delivery)})
    await send(story, MOMENT + timedelta(hours=49))
    ended = story.read(lambda session: {one.state for one in session.query(Delivery) if one.attempts > 1})
    assert (waits, ended) == ({DeliveryState.WAITING}, {DeliveryState.REFUSED})


async def test_after_the_night_nothing_tells_when_in_the_day_a_wish_came(story: Story) -> None:
    def dump(session: Session) -> str:
        return "\n".join(repr(row) for table in rows.TABLES for row in session.execute(table.select()))

    ask_for_contact(story)
    await send(story, MOMENT)
    identifiers = [one.hex for (one,) in story.read(lambda session: session.query(Delivery.id).all())]
    traces = [f"{MOMENT.hour}, {MOMENT.minute}, {MOMENT.second}", repr(MOMENT)]
    assert any(one in story.read(dump) for one in traces)
    assert {one[12] for one in identifiers} == {"4"}  # of the versions of identifiers this one holds no time
    await story.worker.empty_box(NIGHT)
    after = story.read(dump)
    assert not [one for one in (*traces, *identifiers) if one in after.replace("-", "")]
    told = story.read(lambda session: session.query(Decision).filter_by(what="alerts").all())
    assert {one.reason for one in told} == {
        f"letters that somebody wishes to be contacted, on {TODAY}: 1 sent"
    }
    assert len({one.person_id for one in told}) == 2


async def test_while_a_wish_waits_those_on_duty_are_told_of_it_each_morning(story: Story) -> None:
    ask_for_contact(story)
    await send(story, MOMENT)
    await story.worker.empty_box(NIGHT)
    assert await send(story, NIGHT) == []
    assert await told_of_wishes(story, START + timedelta(days=1)) == [RITA, SOL]
    # On the day after that nobody is on duty, and the office is told.
    await story.worker.empty_box(NIGHT + timedelta(days=1))
    assert await told_of_wishes(story, START + timedelta(days=2)) == [MANAGER]


async def test_the_office_is_told_once_that_a_survey_is_shut(story: Story) -> None:
    def shut(session: Session) -> None:
        session.query(Duty).filter_by(day=TOMORROW).delete()

    change(story, shut)
    for hours in (0, 1):
        at = START + timedelta(hours=hours)
        change(story, lambda session, at=at: watch(session, at, ZONE))  # type: ignore[misc]
        assert await send(story, at) == ([] if hours else [MANAGER])
    assert "cascade status" in story.channel.sent[0].text
    change(story, lambda session: staff_rota(session, session.query(Board).one(), TODAY, 7))
    change(story, lambda session: watch(session, START, ZONE))
    later = START + timedelta(days=1)
    change(story, lambda session: session.query(Duty).delete())
    change(story, lambda session: watch(session, later, ZONE))
    assert await send(story, later) == [MANAGER]


async def test_a_letter_about_a_survey_that_is_open_again_does_not_go(story: Story) -> None:
    change(story, lambda session: session.query(Duty).filter_by(day=TOMORROW).delete())
    change(story, lambda session: watch(session, START, ZONE))
    change(story, lambda session: staff_rota(session, session.query(Board).one(), TODAY, 7))
    change(story, lambda session: watch(session, START, ZONE))
    assert await send(story, START) == []
    assert story.read(lambda session: session.query(Alert).count()) == 1


def rota_chores(session: Session) -> list[str]:
    # Those of one instant stand in no order: by the day that each names.
    chores = [one for one in chore.waiting(session) if one.kind is ChoreKind.ROTA]
    return [one.text for one in sorted(chores, key=lambda one: one.key)]


async def test_three_working_days_ahead_each_day_that_is_short_is_listed_once(story: Story) -> None:
    # Today is Monday, and the rota ends on Tuesday: Wednesday and Thursday are near.
    for _ in range(2):
        change(story, lambda session: watch(session, START, ZONE))
    told = story.read(rota_chores)
    assert [one.partition(",")[0] for one in told] == [
        "Nobody is on duty on 14/10/2026",
        "Nobody is on duty on 15/10/2026",
    ]
    assert "cascade duty EMAIL --name NAME --from 2026-10-14" in told[0]

    def half(session: Session) -> None:
        [someone, *_] = session.query(Duty).filter_by(day=TODAY)
        session.add(
            Duty(board_id=someone.board_id, person_id=someone.person_id, day=TODAY + timedelta(days=2))
        )

    change(story, half)
    change(story, lambda session: watch(session, START, ZONE))
    assert "Only one of two reviewers is on duty on 14/10/2026" in story.read(rota_chores)[0]
    change(story, lambda session: staff_rota(session, session.query(Board).one(), TODAY, 7))
    change(story, lambda session: watch(session, START, ZONE))
    assert story.read(rota_chores) == []
