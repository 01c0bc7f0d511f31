"""A newcomer ends with a configuration, a board, and a letter in their own inbox."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.group import cascade
from store.database import Database
from store.people import board, person
from tests.bot.cli.mailbox import Mailbox, opened

BOARD = ("--board", "West Berkshire LSCB", "--slug", "west", "--contact", "Morgan Ellery")
CONTACT = ("--contact-email", "morgan@west.example.org", "--mailbox", "cascade@west.example.org")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with opened(Mailbox()) as box:
        yield box


def _init(folder: Path, port: int, *more: str) -> Result:
    smtp = ("--smtp-host", "127.0.0.1", "--smtp-port", str(port), "--smtp-security", "none")
    words = ["init", str(folder), *BOARD, *CONTACT, *smtp, *more]
    return CliRunner().invoke(cascade, words, catch_exceptions=False)


def _doctor(folder: Path, *more: str, **env: str) -> Result:
    given = {"CASCADE_CONFIG": str(folder / "cascade.toml"), **env}
    return CliRunner(env=given).invoke(cascade, ["doctor", *more], catch_exceptions=False)


def test_init_ends_with_a_letter_in_the_newcomers_inbox(tmp_path: Path, mailbox: Mailbox) -> None:
    result = _init(tmp_path, mailbox.port, "--test-to", "me@west.example.org")
    assert result.exit_code == 0, result.output
    assert "250 2.0.0 taken as K7" in result.stdout
    [(address, content)] = mailbox.letters
    assert address == "me@west.example.org"
    assert b"Subject: A test letter from Cascade" in content
    assert stat.S_IMODE((tmp_path / "cascade.key").stat().st_mode) == 0o600
    database = Database(f"sqlite:///{tmp_path / 'cascade.db'}")
    kept = database.read_now(lambda session: board.by_slug(session, "west"))
    assert kept is not None
    first = database.read_now(lambda session: person.by_address(session, "morgan@west.example.org"))
    assert first is not None
    assert database.read_now(lambda session: board.roles_of(session, kept.id, first.id)) == {"coordinator"}
    database.close_now()


def test_a_configuration_is_replaced_only_on_a_yes_and_a_key_never(tmp_path: Path, mailbox: Mailbox) -> None:
    _init(tmp_path, mailbox.port)
    key = (tmp_path / "cascade.key").read_bytes()
    (tmp_path / "cascade.toml").write_text("# mine\n", "utf-8")
    refused = _init(tmp_path, mailbox.port)
    assert refused.exit_code == 1
    assert (tmp_path / "cascade.toml").read_text("utf-8") == "# mine\n"
    assert _init(tmp_path, mailbox.port, "--yes").exit_code == 0
    assert (tmp_path / "cascade.toml.before").read_text("utf-8") == "# mine\n"
    assert (tmp_path / "cascade.key").read_bytes() == key


def test_a_server_that_refuses_is_told_in_plain_words(tmp_path: Path, mailbox: Mailbox) -> None:
    mailbox.refuses = "550 5.7.1 relaying denied"
    result = _init(tmp_path, mailbox.port)
    assert result.exit_code == 1
    assert "550 5.7.1 relaying denied" in result.stderr
    assert "ask your mail team" in result.stderr
    assert (tmp_path / "cascade.toml").exists()


def test_a_server_that_is_not_there_is_told_in_plain_words(tmp_path: Path) -> None:
    result = _init(tmp_path, 1)
    assert result.exit_code == 1
    assert "check smtp.host and smtp.port" in result.stderr


def test_what_is_missing_is_named_where_nobody_can_be_asked(tmp_path: Path) -> None:
    result = CliRunner().invoke(cascade, ["init", str(tmp_path / "new")], catch_exceptions=False)
    assert (result.exit_code, "--board is missing" in result.stderr) == (1, True)
    assert not (tmp_path / "new").exists()


def test_the_doctor_finds_a_new_house_well(tmp_path: Path, mailbox: Mailbox) -> None:
    _init(tmp_path, mailbox.port, "--no-letter")
    result = _doctor(tmp_path, "--json")
    found = {one["part"]: one for one in json.loads(result.stdout)}
    assert {part for part, one in found.items() if not one["well"]} <= {"pages"}
    assert mailbox.letters == []


def test_the_doctor_sends_a_letter_only_when_asked(tmp_path: Path, mailbox: Mailbox) -> None:
    _init(tmp_path, mailbox.port, "--no-letter")
    result = _doctor(tmp_path, "--letter", "me@west.example.org")
    assert "taken as K7" in result.stdout
    assert [address for address, _ in mailbox.letters] == ["me@west.example.org"]


def test_the_doctor_says_what_to_do_about_each_fault(tmp_path: Path, mailbox: Mailbox) -> None:
    _init(tmp_path, mailbox.port, "--no-letter")
    (tmp_path / "cascade.key").chmod(0o644)
    result = _doctor(tmp_path, CASCADE_SMTP__PORT="1", CASCADE_DATABASE=f"sqlite:///{tmp_path / 'none.db'}")
    assert result.exit_code == 1
    assert "chmod 600" in result.stdout
    assert "run `cascade init`" in result.stdout
    assert "check smtp.host and smtp.port" in result.stdout
    assert not (tmp_path / "none.db").exists()


def test_a_setting_that_makes_no_sense_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "cascade.toml").write_text('base_url = "cascade.example.org"\n', "utf-8")
    result = _doctor(tmp_path)
    assert result.exit_code == 1
    [line] = result.stdout.strip().splitlines()
    assert "base_url" in line


def test_a_database_that_cascade_does_not_know_is_one_line_without_its_password(tmp_path: Path) -> None:
    (tmp_path / "cascade.toml").write_text('database = "mysql://me:secret@host/name"\n', "utf-8")
    env = {"CASCADE_CONFIG": str(tmp_path / "cascade.toml"), "CASCADE_KEYS": "6b" * 32}
    result = CliRunner(env=env).invoke(cascade, ["status"], catch_exceptions=False)
    assert result.exit_code == 1
    [line] = result.stderr.strip().splitlines()
    assert "postgresql://user@host/name" in line
    assert "secret" not in line
