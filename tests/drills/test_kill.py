"""kill -9 of the sender, again and again: nothing is lost, and every doubt is listed."""

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.bench import scene, sending
from bot.bench.sink import sink_process
from store.database import Database
from store.letters.delivery import Delivery, DeliveryState
from tests.doubt import doubtful

LETTERS = 2000
KILLS = 30
#: Short, so that what a dead sender held is found at once by the next.
LEASE = 1.0
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.drill
@pytest.mark.timeout(900)
def test_a_killed_sender_loses_nothing_and_every_double_is_listed(
    empty_database_url: str, tmp_path: Path
) -> None:
    sending.prepare(empty_database_url, LETTERS)
    kept = tmp_path / "kept.txt"
    kept.touch()
    chance = random.Random(20261123)
    killed = 0
    with sink_process(keep=kept, delay_ms=2) as sink:
        while True:
            command = [
                sys.executable,
                "-m",
                "tests.drills.victim",
                empty_database_url,
                str(sink.port),
                str(LEASE),
            ]
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as victim:
                assert victim.stdout is not None
                assert victim.stdout.readline() == "ready\n"
                if killed >= KILLS or _finishes(victim, kept, chance):
                    victim.wait(timeout=300)
                    break
                victim.kill()
                killed += 1
    _look_into(empty_database_url, kept, killed)


def _finishes(victim: "subprocess.Popen[str]", kept: Path, chance: random.Random) -> bool:
    """Wait for a random moment amid the letters; True if the sender has finished by itself before it."""
    before, wanted = _lines(kept), chance.randint(0, 60)
    while _lines(kept) < before + wanted:
        if victim.poll() is not None:
            return True
        time.sleep(0.0005)
    time.sleep(chance.uniform(0.0, 0.01))
    return victim.poll() is not None


def _lines(kept: Path) -> int:
    return kept.read_bytes().count(b"\n")


def _look_into(url: str, kept: Path, killed: int) -> None:
    """Compare what arrived with what the rows say."""
    arrived = Counter(line.split()[0] for line in kept.read_text().splitlines())
    database = Database(url)
    rows = database.read_now(lambda session: session.query(Delivery).all())
    doubted = {f"<{one.id.hex}@{scene.BY.rpartition('@')[2]}>" for one in database.read_now(doubtful)}
    database.close_now()
    everyone = {f"<{row.id.hex}@{scene.BY.rpartition('@')[2]}>" for row in rows}
    assert killed >= KILLS
    assert len(rows) == LETTERS
    assert set(arrived) == everyone, "a letter was lost, or one arrived that no row knows"
    doubled = {message_id for message_id, times in arrived.items() if times > 1}
    assert doubled <= doubted, "a letter arrived twice without being listed as doubtful"
    assert all(row.state in (DeliveryState.SENT, DeliveryState.DOUBTFUL) for row in rows)
    assert len(doubted) <= killed * 64, "doubt is bounded by one small group a crash"
    print(f"{killed} kills, {len(doubted)} doubtful, {len(doubled)} arrived twice")  # noqa: T201
