"""A simulation sends nobody anything, changes no row, and lists exactly what would be sent."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import real_now
from bot.rehearsing import scenario
from bot.rehearsing.scenario import ScenarioError
from bot.rehearsing.simulation import simulate
from bot.worker import Worker
from messages.letters.press import Press
from messages.sending.sender import Sender
from store import installation
from store.database import Database, Session
from tests import make
from tests.bot.dump import dump
from tests.fakes import FakeChannel
from tests.make import IDENTITY, START, ZONE

WEEKS = timedelta(weeks=8)


def town(session: Session, letters: Sequence[str] = "ABCDEF") -> None:
    """Agencies with a live lesson."""
    board, _ = make.world(session, letters)
    make.launched(session, make.campaign(session, board))


async def test_a_simulation_leaves_the_database_as_it_was_to_the_byte(database: Database) -> None:
    await database.write(town)
    before = dump(database.url)
    made = await simulate(database.url, IDENTITY, START, START + WEEKS)
    assert made.letters
    assert dump(database.url) == before


@pytest.mark.drill
async def test_what_is_simulated_is_what_is_then_sent(database: Database) -> None:
    await database.write(town)
    made = await simulate(database.url, IDENTITY, START, START + WEEKS)
    channel = FakeChannel()
    worker = Worker(database, Sender(database, {"email": channel}, Press(IDENTITY), "real", real_now))
    moment = START
    while moment <= START + WEEKS:
        channel.now = moment
        await worker.step(moment)
        moment = await worker.next_wake(moment)
    sent = Counter((letter.at, letter.address, letter.subject) for letter in channel.sent)
    assert Counter((one.at, one.address, one.subject) for one in made.letters) == sent


@pytest.mark.drill
async def test_every_letter_tells_its_rung_and_ask_and_the_upper_ones_wait_for_a_yes(
    database: Database,
) -> None:
    await database.write(lambda session: town(session, "A"))
    made = await simulate(database.url, IDENTITY, START, START + timedelta(weeks=12))
    rungs = [part.rung for letter in made.letters for part in letter.carried]
    assert rungs[0] == "issue"
    assert "line_manager" in rungs
    assert "board_member" not in rungs
    assert {one.part.agency for one in made.drafted} == {"Agency A"}
    assert all(letter.carried for letter in made.letters)


async def test_answers_given_on_the_way_end_the_chase(database: Database, tmp_path: Path) -> None:
    await database.write(town)
    file = tmp_path / "answers.csv"
    file.write_text(
        "when,ask,what\n"
        "2026-10-13 11:30,wren-1,answered,staff=45\n"
        "14/10/2026,wren-2,away,until=2026-12-24\n"
        "2026-10-14,wren-3,bounced,because=550 no such mailbox\n"
        "2026-10-14,wren-4,handed over,name=Sam Okoro,email=sam.okoro@agencyd.example\n"
        "2026-10-14,wren-5,more time,days=10,because=inspection\n"
        "2026-10-14,wren-6,declined,because=we have no such staff\n"
        "2026-10-14,wren-99,answered,staff=1\n"
        "2026-10-15,wren-1,answered,staff=many\n",
        encoding="utf-8",
    )
    events = scenario.read(file, ZONE)
    assert events[0].at == datetime(2026, 10, 13, 10, 30, tzinfo=UTC)
    made = await simulate(database.url, IDENTITY, START, START + timedelta(days=20), events)
    carried = [(part.number, part.rung, letter.address) for letter in made.letters for part in letter.carried]

    def rungs(number: int) -> list[str]:
        return [rung for asked, rung, _ in carried if asked == number]

    assert rungs(1) == ["issue"]
    assert rungs(2)[:2] == ["issue", "cover"]
    assert "cover_gone" in rungs(3)
    assert "sam.okoro@agencyd.example" in [address for number, _, address in carried if number == 4]
    assert "deputy" not in rungs(5)
    assert rungs(6) == ["issue"]
    refused = {event.row: reason for event, reason in made.refused}
    assert refused.keys() == {8, 9}
    assert refused[8] == "there is no ask wren-99"


async def test_after_a_long_stop_the_yes_is_taken_as_given_and_said(database: Database) -> None:
    def stop(session: Session) -> None:
        town(session)
        installation.row(session).beat_at = START - timedelta(days=14)

    await database.write(stop)
    made = await simulate(database.url, IDENTITY, START, START + timedelta(days=3))
    assert made.stopped
    assert made.letters


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("date,ask,what\n", "row 1: the first columns are when, ask, what"),
        ("when,ask,what\n2026-13-01,wren-1,answered\n", "row 2, column when: '2026-13-01' is no moment"),
        ("when,ask,what\n2026-12-01 25:00,wren-1,answered\n", "row 2, column when"),
        ("when,ask,what\n2026-12-01,wren-1,eaten\n", "row 2, column what: 'eaten' is not one of answered"),
        ("when,ask,what\n2026-12-01,wren-1,away\n", "row 2: away needs until=…"),
        ("when,ask,what\n2026-12-01,wren-1,answered,forty\n", "row 2: 'forty' is not name=value"),
        ("when,ask,what\n2026-12-01,wren-1\n", "row 2: it needs when, ask, what"),
    ],
)
def test_a_row_without_sense_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        scenario.read(file, ZONE)
    assert complaint in str(refused.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_bytes(b"when,ask,what\n\xff\xfe")
    with pytest.raises(ScenarioError):
        scenario.read(file, ZONE)
    with pytest.raises(ScenarioError):
        scenario.read(tmp_path / "missing.csv", ZONE)
