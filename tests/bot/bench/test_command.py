"""The benches measure the real path and say what they measured."""

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.bench.command import bench
from bot.bench.sink import sink_process
from store import schema
from store.database import Database
from store.engine import open_engine
from tests import make
from tests.bot.dump import dump

BENCHES = [("send", "--n", "20"), ("tick", "--n", "100")]


def test_the_sending_bench_sends_every_letter_it_counts(empty_database_url: str) -> None:
    with sink_process() as sink:
        given = [
            "send",
            "--n",
            "150",
            "--smtp",
            f"127.0.0.1:{sink.port}",
            "--database",
            empty_database_url,
            "--json",
        ]
        done = CliRunner().invoke(bench, given)
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)
    assert sink.tally is not None
    assert (figures["sent"], figures["doubtful"], sink.tally.letters) == (150, 0, 150)
    assert figures["letters_per_s"] > 0
    assert figures["peak_rss_mb"] > 0
    assert set(figures["shares"]) == {"database", "composing", "sending"}
    assert 3500 < sink.tally.octets / 150 < 5500


@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_tick_bench_climbs_what_is_due(kind: str) -> None:
    done = CliRunner().invoke(bench, ["tick", "--n", "400", "--json"])
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)
    assert (figures["quiet"], figures["due"], figures["database"]) == (400, 50, kind)
    assert len(figures["ticks_ms"]) == 7
    assert figures["tick_ms"] > 0


@pytest.mark.drill
def test_the_launch_bench_launches_what_it_counts_while_somebody_writes() -> None:
    done = CliRunner().invoke(bench, ["tick", "--launch", "--n", "400", "--json"])
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)
    assert (figures["asks"], figures["database"]) == (400, "sqlite")
    assert figures["waits"] > 0
    assert figures["longest_wait_ms"] >= figures["wait_ms"] > 0


@pytest.mark.parametrize("words", BENCHES)
def test_a_database_that_is_in_use_is_refused_and_left_as_it_was(
    database_url: str, words: tuple[str, ...]
) -> None:
    database = Database(database_url)
    database.write_now(lambda session: make.board(session, name="A board of somebody's").id)
    database.close_now()
    before = dump(database_url)
    done = CliRunner().invoke(bench, [*words, "--database", database_url, "--json"], catch_exceptions=False)
    [line] = done.stderr.strip().splitlines()
    assert (done.exit_code, done.stdout) == (1, "")
    assert "in use: it holds the board A board of somebody's" in line
    assert dump(database_url) == before


def test_a_second_run_on_the_same_database_is_refused_in_one_line(database_url: str) -> None:
    given = ["tick", "--n", "100", "--database", database_url]
    assert CliRunner().invoke(bench, given, catch_exceptions=False).exit_code == 0
    again = CliRunner().invoke(bench, given, catch_exceptions=False)
    [line] = again.stderr.strip().splitlines()
    assert (again.exit_code, "Bench Safeguarding Children Board" in line) == (1, True)


@pytest.mark.parametrize("words", BENCHES)
def test_the_tables_of_another_program_are_refused(empty_database_url: str, words: tuple[str, ...]) -> None:
    engine = open_engine(empty_database_url, size=0)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE theirs (id INTEGER)")
    done = CliRunner().invoke(bench, [*words, "--database", empty_database_url], catch_exceptions=False)
    [line] = done.stderr.strip().splitlines()
    assert (done.exit_code, "tables of something else" in line) == (1, True)
    assert schema.current(empty_database_url) is None


@pytest.mark.parametrize("words", BENCHES)
def test_a_database_that_cannot_be_read_is_one_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "garbage.db").write_bytes(b"no database at all " * 400)
    url = f"sqlite:///{tmp_path / 'garbage.db'}"
    done = CliRunner().invoke(bench, [*words, "--database", url], catch_exceptions=False)
    [line] = done.stderr.strip().splitlines()
    assert (done.exit_code, "file is not a database" in line) == (1, True)


@pytest.mark.parametrize("place", ["junk", "sink:", "sink:x", "sink:0", "sink:65536", "sink:\u0662\u0665"])
def test_a_sink_that_is_no_place_is_a_usage_error(place: str) -> None:
    done = CliRunner().invoke(bench, ["send", "--n", "1", "--smtp", place], catch_exceptions=False)
    assert (done.exit_code, "is no HOST:PORT" in done.stderr) == (2, True)


@pytest.mark.drill
def test_letters_that_were_not_sent_are_a_refusal_beside_the_figures() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = ["send", "--n", "5", "--smtp", f"127.0.0.1:{port}", "--json"]
    done = CliRunner().invoke(bench, given, catch_exceptions=False)
    assert (done.exit_code, json.loads(done.stdout)["sent"]) == (1, 0)
    line = done.stderr.strip().splitlines()[-1]
    assert line.startswith(f"cascade: Only 0 of 5 letters were sent: check that 127.0.0.1:{port}")
