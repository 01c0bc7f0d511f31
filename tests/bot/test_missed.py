"""Where an alert does not arrive somebody else is told at once, and the board by the day alone."""

from datetime import UTC, datetime, timedelta

import pytest

from messages.chasing.explain import explain
from messages.sending.alerts import alert_those_on_duty
from messages.sending.channel import DeliveryError
from store.chore import Chore, ChoreKind
from store.database import Database, Session
from store.letters.alert import Alert, AlertKind
from store.letters.delivery import Delivery, DeliveryState
from store.people.board import Board
from store.people.person import Address, AddressState
from store.surveying.duty import Duty
from surveys.open.anonymous import midnight_of
from tests.bot.make_alerts import MANAGER, MOMENT, NIGHT, RITA, SOL, ask_for_contact, open_house, send
from tests.bot.make_ready import TODAY
from tests.make import START, ZONE
from tests.story import Story, by_name

GONE = DeliveryError(
    "550 5.1.1 <rita.reader@west.example.org> unknown, 1700000000-abc", permanent=True, about_address=True
)
ELSEWHERE = "rita@home.example"


pytestmark = pytest.mark.sqlite_first


@pytest.fixture
def story(database: Database) -> Story:
    """A house whose alerts will be tried."""
    return open_house(database)


def refuse(story: Story, *addresses: str) -> None:
    story.channel.refuses = dict.fromkeys(addresses, GONE)


def untold(story: Story) -> list[Chore]:
    return story.read(lambda session: session.query(Chore).filter_by(kind=ChoreKind.UNTOLD).all())


def dump(session: Session) -> str:
    tables = (Address.__table__, Chore.__table__)
    return "".join(repr(row) for table in tables for row in session.execute(table.select()))


async def test_where_one_address_refuses_another_of_theirs_is_tried(story: Story) -> None:
    def add(session: Session) -> None:
        session.add(Address(person_id=by_name(session, "Rita Reader").id, channel="email", value=ELSEWHERE))

    story.write(add)
    refuse(story, RITA)
    ask_for_contact(story)
    assert await send(story, MOMENT) == [ELSEWHERE, SOL]


async def test_while_another_reviewer_was_told_nobody_else_is_and_the_board_hears_whose_address_it_was(
    story: Story,
) -> None:
    refuse(story, RITA)
    ask_for_contact(story)
    assert await send(story, MOMENT) == [SOL]
    [told] = untold(story)
    assert f"Letters to Rita Reader <{RITA}>" in told.text
    assert "are refused" in told.text
    assert (told.opened_at, told.id.version) == (midnight_of(TODAY, ZONE), 4)


async def test_where_no_reviewer_can_be_reached_the_office_is_told_in_its_hours(story: Story) -> None:
    refuse(story, RITA, SOL)
    ask_for_contact(story)
    assert await send(story, MOMENT) == [MANAGER]
    assert len(untold(story)) == 2
    evening = START + timedelta(hours=10)
    ask_for_contact(story, evening)
    assert await send(story, evening) == []
    assert await send(story, START + timedelta(days=1)) == [MANAGER]


async def test_words_that_wait_for_an_address_that_refused_go_to_somebody_else(story: Story) -> None:
    def leave_one(session: Session) -> None:
        session.query(Duty).filter_by(person_id=by_name(session, "Sol Secondread").id).delete()

    def wait(session: Session) -> None:
        board = session.query(Board).one()
        chores = {"kind": ChoreKind.WORDS, "key": "words:x", "text": "", "opened_at": MOMENT}
        session.add(Chore(board_id=board.id, **chores))
        alert_those_on_duty(session, AlertKind.WORDS, board.id, TODAY, MOMENT)

    story.write(leave_one)
    story.write(wait)
    refuse(story, RITA)
    ask_for_contact(story)
    await send(story, MOMENT)
    assert len(story.channel.to("mo.")) == 2
    assert {letter.subject for letter in story.channel.to("mo.")} == {
        "Something waits for those on duty",
        "Something waits to be read",
    }


async def test_what_is_marked_and_noted_tells_no_moment(story: Story) -> None:
    def marks(session: Session) -> tuple[AddressState, str | None, datetime | None]:
        one = session.query(Address).filter_by(value=RITA).one()
        return one.state, one.reason, one.marked_at

    refuse(story, RITA)
    ask_for_contact(story)
    await send(story, MOMENT)
    assert story.read(marks) == (AddressState.BOUNCED, "550 5.1.1", None)
    assert story.decisions("bounced") == []
    said = story.read(dump)
    assert "1700000000" not in said
    assert repr(MOMENT) not in said
    await story.worker.empty_box(NIGHT)
    assert story.read(marks) == (AddressState.BOUNCED, "550 5.1.1", midnight_of(TODAY, ZONE))
    [noted] = story.decisions("bounced")
    assert (noted.at, noted.reason) == (midnight_of(TODAY, ZONE), f"{RITA}: 550 5.1.1")


async def test_the_log_has_no_line_of_its_own_for_an_alert(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    refuse(story, RITA)
    ask_for_contact(story)
    await send(story, MOMENT)
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (DeliveryError("451 later"), "are still being tried"),
        (DeliveryError("the line was lost", doubtful=True), "may not have arrived"),
    ],
)
async def test_the_board_hears_of_an_alert_that_is_tried_in_vain_three_times(
    story: Story, error: DeliveryError, said: str
) -> None:
    story.channel.refuses = {RITA: error}
    ask_for_contact(story)
    for minutes in (0, 20):
        await send(story, MOMENT + timedelta(minutes=minutes))
        assert untold(story) == []
    await send(story, MOMENT + timedelta(minutes=40))
    [told] = untold(story)
    assert said in told.text


async def test_why_tells_an_alert_by_the_day_before_the_night_and_after_it(story: Story) -> None:
    def told(session: Session) -> list[tuple[str, str]]:
        lines = explain(session, by_name(session, "Sol Secondread")).lines
        return [(line.at.strftime("%H:%M"), line.reason) for line in lines if line.what == "alerts"]

    ask_for_contact(story)
    await send(story, MOMENT)
    reason = f"letters that somebody wishes to be contacted, on {TODAY}: 1 sent"
    assert story.read(told) == [("00:00", reason)]
    await story.worker.empty_box(NIGHT)
    assert (midnight_of(TODAY, ZONE).strftime("%H:%M"), reason) in story.read(told)


async def test_a_letter_about_a_shut_survey_is_forgotten_once_it_went_and_not_before(story: Story) -> None:
    def states(session: Session) -> list[DeliveryState]:
        shut = session.query(Delivery).join(Alert, Alert.delivery_id == Delivery.id)
        return [one.state for one in shut.filter(Alert.kind == AlertKind.SHUT)]

    story.write(lambda session: session.query(Duty).delete())
    nights = [NIGHT + timedelta(days=count) for count in range(3)]
    await story.worker.empty_box(nights[0])
    assert story.read(states) == [DeliveryState.WAITING]
    await story.worker.empty_box(nights[1])
    assert story.read(states) == [DeliveryState.WAITING]
    morning = datetime(2026, 10, 14, 9, tzinfo=UTC)
    await send(story, morning)
    assert story.read(states) == [DeliveryState.SENT]
    await story.worker.empty_box(nights[2])
    assert story.read(states) == []
    assert "letters that a survey is shut to families" in story.decisions("alerts")[-1].reason
