"""Why: every decision around a person in order, and for whoever got nothing the reason."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from bot.clock import real_now
from bot.worker import Worker
from messages.changes import handing_over, recording, resting
from messages.chasing.explain import Account, explain
from messages.launching import approval
from messages.launching.audience import Audience
from messages.letters.press import Press
from messages.sending.sender import Sender
from store.answers.inbound import Source
from store.asking import ask, campaign
from store.asking.ask import Ask
from store.database import Database, Session
from store.letters import touch
from store.people import person
from store.people.agency import members
from store.people.board import Board
from store.people.seat import SeatRole
from surveys.answering import intake
from tests import make
from tests.fakes import FakeChannel
from tests.make import IDENTITY, START
from tests.story import Story, find

pytestmark = pytest.mark.sqlite_first

WHO = "morgan.ellery@west.example.org"


def account(session: Session, email: str, slug: str | None = None) -> Account:
    known = person.by_address(session, email)
    assert known is not None
    return explain(session, known, campaign.by_slug(session, slug) if slug else None)


def found(session: Session, reference: str) -> Ask:
    asked = ask.by_reference(session, reference)
    assert asked is not None
    return asked


def town(session: Session) -> UUID:
    board, _ = make.world(session)
    make.launched(session, make.campaign(session, board))
    return board.id


async def play(database: Database, days: int) -> None:
    """Let the worker run, with a yes for every drafted letter."""
    worker = Worker(database, Sender(database, {"email": FakeChannel()}, Press(IDENTITY), "test", real_now))
    moment = START
    while moment < START + timedelta(days=days):
        await worker.step(moment)
        await database.write(
            lambda session: approval.approve(session, touch.drafted(session), START + timedelta(days=50), WHO)
        )
        moment = await worker.next_wake(moment)


async def test_a_representative_reads_from_launch_to_answer_in_order(database: Database) -> None:
    await database.write(town)
    await play(database, 2)

    def live(session: Session) -> None:
        asked, later = found(session, "wren-1"), START + timedelta(days=2)
        holder = person.by_address(session, "rowan.a@agencya.example")
        assert holder is not None
        resting.hold(session, asked.board_id, date(2026, 10, 16), "inspection", later, WHO, ask=asked)
        arrival = intake.Arrival(Source.WEB, "page-1", {"staff": ["45"]}, holder.id)
        assert isinstance(intake.receive(session, asked.id, arrival, later, later.date()), intake.Receipt)

    await database.write(live)
    told = await database.read(lambda session: account(session, "rowan.a@agencya.example"))
    assert [line.at for line in told.lines] == sorted(line.at for line in told.lines)
    what = [line.what for line in told.lines]
    assert what[0] == "launched"
    assert what.index("climbed") < what.index("sent") < what.index("held") < what.index("answered")
    assert next(line.reason for line in told.lines if line.what == "answer kept") == "1 answer by web"
    sent = next(line for line in told.lines if line.what == "sent")
    assert sent.about == "wren-1"
    assert "rowan.a@agencya.example" in sent.reason
    assert "250 2.0.0 taken" in sent.reason
    climbed = next(line for line in told.lines if line.what == "climbed")
    assert "words version 1" in climbed.reason
    assert next(line for line in told.lines if line.what == "held").by == WHO
    assert told.absences == ()


async def test_a_letter_that_was_skipped_says_why(database: Database) -> None:
    await database.write(town)

    def leave(session: Session) -> None:
        deputy = person.by_address(session, "devi.b@agencyb.example")
        assert deputy is not None
        recording.left(session, deputy, START, WHO)

    await database.write(leave)
    await play(database, 12)
    told = await database.read(lambda session: account(session, "rowan.b@agencyb.example", "wren"))
    [skipped] = [line for line in told.lines if line.what == "no letter" and "“deputy”" in line.reason]
    assert "no deputy is named" in skipped.reason


async def test_an_approved_letter_names_who_said_yes(database: Database) -> None:
    await database.write(town)
    await play(database, 60)
    told = await database.read(lambda session: account(session, "bose.c@agencyc.example"))
    assert {line.by for line in told.lines if line.what == "approved"} == {WHO}


async def test_a_colleague_who_took_over_is_told_of_the_ask_they_have(database: Database) -> None:
    await database.write(town)

    def give(session: Session) -> None:
        asked = found(session, "wren-2")
        taker = handing_over.hand_over(session, asked, None, "Sam Okoro", "sam@agencyb.example", START, WHO)
        assert not isinstance(taker, str)

    await database.write(give)
    await play(database, 2)
    told = await database.read(lambda session: account(session, "sam@agencyb.example"))
    assert "handed over" in [line.what for line in told.lines]
    assert any(line.what == "sent" and "Sam Okoro" in line.reason for line in told.lines)


async def reasons(database: Database, email: str, prepare: Callable[[Session, Board], object]) -> list[str]:
    """Why a person got nothing from “wren”, on a board prepared in some way."""

    def fill(session: Session) -> None:
        board, _ = make.world(session, "A")
        prepare(session, board)

    await database.write(fill)
    told = await database.read(lambda session: account(session, email, "wren"))
    return [absence.reason for absence in told.absences]


async def test_whom_the_audience_leaves_out_is_told_so(database: Database) -> None:
    def prepare(session: Session, board: Board) -> None:
        audience = Audience(sectors=frozenset({"education"}))
        make.launched(session, make.campaign(session, board, audience=audience))

    [reason] = await reasons(database, "rowan.a@agencya.example", prepare)
    assert reason == "Agency A was left out: the audience is education; this is health"


async def test_whoever_holds_no_seat_is_told_so(database: Database) -> None:
    def prepare(session: Session, board: Board) -> None:
        person.keep(session, "Noor Reader", "noor@agencya.example")
        make.launched(session, make.campaign(session, board))

    [reason] = await reasons(database, "noor@agencya.example", prepare)
    assert reason == "Noor Reader holds no seat with West Berkshire Safeguarding Children Board"


async def test_whoever_has_left_is_told_so(database: Database) -> None:
    def prepare(session: Session, board: Board) -> None:
        holder = person.by_address(session, "rowan.a@agencya.example")
        assert holder is not None
        recording.left(session, holder, START, WHO)
        make.launched(session, make.campaign(session, board))

    [reason] = await reasons(database, "rowan.a@agencya.example", prepare)
    assert reason == "Rowan A has left"


async def test_an_agency_that_joined_later_is_told_how_it_gets_in(database: Database) -> None:
    def prepare(session: Session, board: Board) -> None:
        make.launched(session, make.campaign(session, board))
        make.holder(session, board, make.agency(session, board, "New Trust"), "Ola New")

    [reason] = await reasons(database, "ola.new@newtrust.example", prepare)
    assert reason == "New Trust joined after the launch; `cascade top-up wren` asks it too"


async def test_a_draft_and_a_rung_not_yet_climbed_are_told_apart(database: Database) -> None:
    def prepare(session: Session, board: Board) -> None:
        make.campaign(session, board)

    [reason] = await reasons(database, "devi.a@agencya.example", prepare)
    assert reason.startswith("it has not been launched")
    await database.write(lambda session: make.launched(session, found_campaign(session)))
    told = await database.read(lambda session: account(session, "devi.a@agencya.example", "wren"))
    [absence] = told.absences
    assert "from rung “deputy”, which has not been climbed" in absence.reason


def found_campaign(session: Session) -> campaign.Campaign:
    wanted = campaign.by_slug(session, "wren")
    assert wanted is not None
    return wanted


async def test_a_seat_that_no_rung_is_for_is_told_so(database: Database) -> None:
    def prepare(session: Session, board: Board) -> None:
        [agency] = members(session, board.id)
        make.holder(session, board, agency, "Ari Author", SeatRole.REPORT_AUTHOR)
        make.launched(session, make.campaign(session, board))

    [reason] = await reasons(database, "ari.author@agencya.example", prepare)
    assert reason == "no rung of wren is for a report author, which is their seat at Agency A"


async def test_a_colleague_who_was_handed_it_is_not_called_by_the_seat(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    story.write(
        lambda session: handing_over.hand_over(
            session, find(session, "wren-1"), None, "Kim A", "kim.a@agencya.example", story.now, WHO
        )
    )
    await story.until(START + timedelta(days=2))
    told = story.read(lambda session: account(session, "kim.a@agencya.example", "wren"))
    assert any("to the colleague it was handed to, Kim A" in line.reason for line in told.lines)
    assert not any("representative, Kim A" in line.reason for line in told.lines)
