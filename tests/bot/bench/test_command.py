"""The benches measure the real path and say what they measured."""

import json

import pytest
from click.testing import CliRunner

from bot.bench.command import bench
from bot.bench.sink import sink_process


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
