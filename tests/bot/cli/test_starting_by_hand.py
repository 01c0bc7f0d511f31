"""A newcomer at a terminal is asked again after a mistake; a mistake in an option is refused at once."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli.group import cascade

# There are no such terminals on Windows.
pty: Any = pytest.importorskip("pty")

ROOT = Path(__file__).parents[3]
OPTIONS = {
    "--board": "West Berkshire LSCB",
    "--contact": "Morgan Ellery",
    "--contact-email": "morgan@west.example.org",
    "--mailbox": "cascade@west.example.org",
    "--smtp-host": "127.0.0.1",
}


def _type(folder: Path, *lines: str) -> tuple[int, str]:
    """Answer `cascade init` at a terminal, line by line; gives its exit code and what it said there."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bot", "init", ".", "--no-letter"]
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    try:
        os.write(ours, "".join(f"{line}\n" for line in lines).encode())
        done = subprocess.run(
            command,
            cwd=folder,
            env=env,
            stdin=theirs,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    return done.returncode, done.stderr


def test_each_mistake_at_a_terminal_is_told_and_asked_again(tmp_path: Path) -> None:
    code, said = _type(
        tmp_path,
        "b" * 201,
        "West Berkshire LSCB",
        "morgan at west",
        "Morgan <morgan@west.example.org>",
        "Morgan@West.example.org",
        " ",
        "Morgan Ellery",
        'http://x" y',
        "https://cascade.west.example.org/",
        "cascade",
        "cascade@west.example.org",
        "mail server",
        "127.0.0.1",
    )
    assert code == 0, said
    assert said.count("Error: ") == 7
    assert "at most 200 are kept" in said
    made = tomllib.loads((tmp_path / "cascade.toml").read_text("utf-8"))
    assert made["operator"] == "morgan@west.example.org"
    assert made["base_url"] == "https://cascade.west.example.org"
    assert made["mailbox"] == "cascade@west.example.org"
    assert made["smtp"]["host"] == "127.0.0.1"


@pytest.mark.parametrize(
    ("option", "typed"),
    [
        ("--contact-email", "morgan at west"),
        ("--mailbox", "a@b.example\nBcc: x@y.example"),
        ("--base-url", 'http://x" y'),
        ("--base-url", "https://me:secret@x.example"),
        ("--smtp-host", "mail server"),
        ("--test-to", "nobody"),
    ],
)
def test_a_mistake_in_an_option_is_one_line_and_writes_nothing(
    tmp_path: Path, option: str, typed: str
) -> None:
    words = [word for pair in (OPTIONS | {option: typed}).items() for word in pair]
    result = CliRunner().invoke(
        cascade, ["init", str(tmp_path / "new"), "--no-letter", *words], catch_exceptions=False
    )
    [line] = result.stderr.strip().splitlines()
    assert (result.exit_code, line.startswith(f"cascade: {option}: ")) == (1, True)
    assert "secret" not in line
    assert not (tmp_path / "new").exists()


def test_a_misspelt_variable_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    words = [word for pair in OPTIONS.items() for word in pair]
    runner = CliRunner(env={"CASCADE_SMPT__HOST": "x"})
    result = runner.invoke(cascade, ["init", str(tmp_path / "new"), *words], catch_exceptions=False)
    assert (result.exit_code, "CASCADE_SMTP__HOST" in result.stderr) == (1, True)
    assert not (tmp_path / "new").exists()
