"""`cascade serve` as a real process: it answers, it sends, and it stops cleanly when told to."""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from store import schema
from store.database import Database
from store.installation import row
from tests import make
from tests.bot.cli.mailbox import Mailbox, opened
from tests.bot.cli.terminal import KEY, MANAGER, Terminal, found

ROOT = Path(__file__).parents[3]
LESSON = ROOT / "bot/demo/sample/lessons/wren.toml"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def _start(folder: Path, url: str, web: int, mail: int, *words: str) -> subprocess.Popen[str]:
    env = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "CASCADE_DATABASE": url,
        "CASCADE_KEYS": KEY,
        "CASCADE_WEB__PORT": str(web),
        "CASCADE_SMTP__HOST": "127.0.0.1",
        "CASCADE_SMTP__PORT": str(mail),
        "CASCADE_SMTP__SECURITY": "none",
        "CASCADE_MAILBOX": "cascade@west.example.org",
    }
    command = [sys.executable, "-m", "bot", "serve", *words]
    return subprocess.Popen(command, cwd=folder, env=env, stderr=subprocess.PIPE, text=True)


def _wait_for_start(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    line = process.stderr.readline()
    assert line.startswith("Cascade runs"), line + process.stderr.read()
    return line


def _stop(process: subprocess.Popen[str]) -> str:
    process.send_signal(signal.SIGTERM)
    _, rest = process.communicate(timeout=30)
    assert process.returncode == 0, rest
    return rest


def test_it_serves_pages_sends_what_is_due_and_stops_when_told(terminal: Terminal) -> None:
    terminal.keep(found)
    urgent = ("--priority", "urgent", "--urgent-because", "a child may be at risk", "--as", MANAGER)
    terminal.done("new", "lesson", "wren", "--lesson", str(LESSON), *urgent)
    terminal.done("launch", "wren", "--yes", "--as", MANAGER)
    with opened(Mailbox()) as mailbox:
        process = _start(terminal.folder, terminal.url, port := _free_port(), mailbox.port)
        try:
            _wait_for_start(process)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
                assert answer.status == 200
            for _ in range(200):
                if len(mailbox.letters) >= 6:
                    break
                time.sleep(0.1)
            rest = _stop(process)
        finally:
            process.kill()
    assert "half sent" in rest
    people = {address for address, _ in mailbox.letters}
    assert {"rowan.a@agencya.example", "rowan.b@agencyb.example"} <= people
    assert len(mailbox.letters) == len(people)


@pytest.mark.drill
def test_a_part_may_be_served_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.db'}"
    schema.create(url)
    process = _start(tmp_path, url, port := _free_port(), 1, "--only", "clock,worker")
    try:
        assert _wait_for_start(process) == "Cascade runs (clock, worker).\n"
        with socket.socket() as knock:
            assert knock.connect_ex(("127.0.0.1", port)) != 0
        _stop(process)
    finally:
        process.kill()


def test_a_port_that_is_taken_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = _start(tmp_path, f"sqlite:///{tmp_path / 'one.db'}", port, 1)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    [line] = said.strip().splitlines()
    assert f"port {port}: Address already in use" in line


def test_an_unknown_part_is_a_usage_error(tmp_path: Path) -> None:
    process = _start(tmp_path, f"sqlite:///{tmp_path / 'one.db'}", 1, 1, "--only", "pigeons")
    _, said = process.communicate(timeout=30)
    assert (process.returncode, "pigeons" in said) == (2, True)


@pytest.mark.drill
def test_a_demonstrations_database_is_not_served(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    schema.create(url)
    database = Database(url)
    database.write_now(lambda session: setattr(row(session), "virtual_now", make.START))
    database.close_now()
    process = _start(tmp_path, url, _free_port(), 1)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, "demonstration" in said) == (1, True)
