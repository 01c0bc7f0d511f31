"""The reading commands: what they print, their stable keys, and their one-line refusals."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.group import cascade
from messages.proof.links import new_key
from store.answers import response
from store.answers.inbound import Source, keep
from store.answers.response import Response
from store.asking import ask
from store.asking.ask import AskState
from store.asking.campaign import Step, WordsVersion
from store.asking.lesson import Lesson
from store.base import ordered_id
from store.database import Database, Session
from store.installation import row
from store.people import person
from store.people.seat import SeatRole
from tests import make
from tests.bot.dump import dump
from tests.make import START

Run = Callable[..., Result]


@pytest.fixture
def url(database_url: str) -> Iterator[str]:
    """A database with a live lesson, a draft one, and one agency that told how far the lesson travelled."""
    database = Database(database_url)
    database.write_now(town)
    database.close_now()
    yield database_url


@pytest.fixture
def run(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `cascade` with some arguments on that database."""
    monkeypatch.chdir(tmp_path)
    setting = {"CASCADE_DATABASE": url, "CASCADE_KEYS": new_key()}

    def go(*arguments: str) -> Result:
        return CliRunner().invoke(cascade, arguments, env=setting)

    return go


def town(session: Session) -> None:
    board, agencies = make.world(session, "ABCD")
    make.launched(session, make.campaign(session, board))
    make.campaign(session, board, "juniper", about=session.query(Lesson).first())
    make.holder(session, board, agencies[0], "Sam Okoro", SeatRole.REPORT_AUTHOR)
    person.keep(session, "Sam Okoro", "sam.okoro@elsewhere.example")
    for number, basis in ((1, "counted"), (2, "estimate")):
        asked = ask.by_reference(session, f"wren-{number}")
        assert asked is not None
        ask.close(session, asked.id, AskState.ANSWERED, START)
        following = ask.open_next(session, asked, START)
        assert following is not None
        answer(session, following, {"shared": "all", "staff": 40, "reached": 30, "basis": basis})


def answer(session: Session, asked: ask.Ask, answers: dict[str, Any]) -> None:
    arrived, _ = keep(session, Source.WEB, str(asked.id), b"{}", START, asked.id)
    given = Response(
        id=ordered_id(),
        board_id=asked.board_id,
        ask_id=asked.id,
        form_version_id=session.get_one(Step, asked.step_id).form_version_id,
        inbound_id=arrived.id,
        answers=answers,
        at=START + timedelta(days=1),
    )
    response.replace(session, given)
    ask.close(session, asked.id, AskState.ANSWERED, START)


def change(url: str, fn: Callable[[Session], object]) -> None:
    database = Database(url)
    database.write_now(fn)
    database.close_now()


def read_json(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def assert_fits(result: Result) -> None:
    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.splitlines())) <= 100


COMMANDS = [
    ("plan", "juniper"),
    ("plan", "juniper", "--all"),
    ("status",),
    ("owed",),
    ("why", "rowan.c@agencyc.example"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_reading_fits_a_terminal_and_changes_no_row(run: Run, url: str, command: tuple[str, ...]) -> None:
    before = dump(url)
    assert_fits(run(*command))
    assert dump(url) == before


def test_status_tells_every_figure_with_its_denominator(run: Run) -> None:
    told = read_json(run("status", "wren", "--json"))
    [one] = told["campaigns"]
    assert (one["campaign"], one["state"], one["asked"]) == ("wren", "live", 4)
    assert (one["acknowledged"]["n"], one["acknowledged"]["of"], one["acknowledged"]["percent"]) == (2, 4, 50)
    assert one["acknowledged"]["as_at"] == told["as_at"]
    assert one["reach"]["all"]["n"] == 60
    assert one["reach"]["all"]["of"] == 80
    assert (one["reach"]["counted"]["of"], one["reach"]["estimated"]["of"]) == (40, 40)
    assert (one["reach"]["agencies"]["n"], one["reach"]["agencies"]["of"]) == (2, 4)
    assert told["stopped"] is None
    text = run("status").stdout
    assert "Acknowledged: 2 of 4 (50%)." in text
    assert "Staff reached, of staff in scope: 60 of 80 (75%); 2 of 4 agencies gave both numbers." in text
    assert "Staff reached: not known" in text


def test_status_says_that_work_waits_after_a_long_stop(run: Run, url: str) -> None:
    def stop(session: Session) -> None:
        installation = row(session)
        installation.stopped_from, installation.stopped_until = START, START + timedelta(days=9)

    change(url, stop)
    assert "Work waits for a yes" in run("status").stdout
    assert read_json(run("status", "--json"))["stopped"]["from"].startswith("2026-10-12")


def test_owed_lists_what_is_needed_and_who_has_it(run: Run) -> None:
    told = read_json(run("owed", "--json"))
    assert [debt["ask"] for debt in told["owed"]] == ["wren-3", "wren-4"]
    first = told["owed"][0]
    assert (first["agency"], first["holder"], first["due"]) == ("Agency C", "Rowan C", "2026-10-19")
    assert first["reason"]
    only = read_json(run("owed", "--agency", "agency d", "--board", "west", "--json"))
    assert [debt["agency"] for debt in only["owed"]] == ["Agency D"]
    assert run("owed", "--agency", "Agency Z").exit_code == 1
    assert run("owed", "--board", "nowhere").exit_code == 1


def test_a_plan_lists_first_letters_and_prints_one_persons(run: Run) -> None:
    told = read_json(run("plan", "juniper", "--json"))
    assert (told["asked"], told["members"], told["errors"]) == (4, 4, [])
    first = [letter for letter in told["letters"] if letter["first"]]
    assert {letter["address"] for letter in first} >= {"rowan.a@agencya.example"}
    assert "text" not in first[0]
    mine = read_json(run("plan", "juniper", "--person", "Rowan A", "--json"))
    assert {letter["person"] for letter in mine["letters"]} == {"Rowan A"}
    printed = run("plan", "juniper", "--person", "rowan.a@agencya.example")
    assert mine["letters"][0]["subject"] in printed.stdout
    assert "Dear Rowan" in printed.stdout


def test_a_plan_with_an_error_ends_with_1_and_names_it(run: Run, url: str) -> None:
    change(url, lambda session: session.query(WordsVersion).filter_by(rung="reminder").delete())
    result = run("plan", "juniper", "--json")
    assert result.exit_code == 1
    assert "reminder" in json.loads(result.stdout)["errors"][0]
    text = run("plan", "juniper")
    assert text.exit_code == 1
    assert "These stop the launch:" in text.stdout


def test_why_asks_for_the_address_where_two_share_a_name(run: Run) -> None:
    result = run("why", "sam okoro")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "sam.okoro@elsewhere.example" in result.stderr
    assert result.stderr.count("\n") == 1
    told = read_json(run("why", "sam.okoro@elsewhere.example", "wren", "--json"))
    assert told["lines"] == []
    assert "holds no seat" in told["nothing"][0]["reason"]


def test_why_tells_lines_with_moment_reason_and_author(run: Run) -> None:
    told = read_json(run("why", "Rowan A", "--json"))
    assert told["person"] == "Rowan A"
    assert told["lines"][0]["what"] == "launched"
    assert told["lines"][0]["at"] == "2026-10-12T10:00:00+01:00"
    assert [one["campaign"] for one in told["nothing"]] == ["wren", "juniper"]


def test_simulate_lists_letters_and_leaves_the_database_alone(run: Run, url: str, tmp_path: Path) -> None:
    before = dump(url)
    answers = tmp_path / "answers.csv"
    answers.write_text("when,ask,what\n2020-01-01,wren-3,answered,staff=45\n2020-01-01,wren-9,answered\n")
    today = date.fromisoformat(read_json(run("status", "--json"))["as_at"])
    last = str(max(today, START.date()) + timedelta(days=40))
    told = read_json(run("simulate", "--until", last, "--answers", str(answers), "--json"))
    assert {part["ask"] for letter in told["letters"] for part in letter["carries"]} >= {"wren-4"}
    assert "wren-3" not in {part["ask"] for letter in told["letters"] for part in letter["carries"]}
    assert [one["row"] for one in told["not_taken"]] == [3]
    assert_fits(run("simulate", "--until", last))
    assert dump(url) == before


def test_simulate_refuses_a_day_that_has_passed_or_is_too_far_off(run: Run, tmp_path: Path) -> None:
    assert "has passed" in run("simulate", "--until", "2020-01-01").stderr
    assert "at most" in run("simulate", "--until", "2099-01-01").stderr
    assert run("simulate", "--until", "soon").exit_code == 2
    missing = run("simulate", "--until", "2026-12-31", "--answers", str(tmp_path / "none.csv"))
    assert missing.exit_code == 1


@pytest.mark.parametrize(
    "command", [("plan", "wern"), ("status", "wern"), ("why", "Rowan A", "wern"), ("why", "Nobody")]
)
def test_what_is_not_there_is_refused_in_one_line(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("cascade: ")
    assert result.stderr.count("\n") == 1
