"""The doctor finds what is wrong in each part, in one line that says what to do."""

import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from click.testing import CliRunner

from bot.cli.group import cascade
from store import schema
from store.database import Database
from store.database import Session as Rows
from store.people.board import OfficeRole
from tests import make
from tests.bot.cli.mailbox import Mailbox, opened
from tests.bot.cli.terminal import KEY, OPERATOR, Terminal, found
from tests.messages.smtp.certificates import make_certificate


def _findings(terminal: Terminal, **more: str) -> dict[str, Any]:
    env = {**terminal.env, **more}
    result = CliRunner(env=env).invoke(cascade, ["doctor", "--json"], catch_exceptions=False)
    return {one["part"]: one for one in json.loads(result.stdout)}


@pytest.mark.parametrize(
    "content", [b"no database at all, and longer than a header. " * 40, b"SQLite format 3"]
)
def test_a_file_that_is_no_database_is_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "garbage.db"
    file.write_bytes(content)
    env = {"CASCADE_DATABASE": f"sqlite:///{file}", "CASCADE_KEYS": KEY}
    result = CliRunner(env=env).invoke(cascade, ["doctor"], catch_exceptions=False)
    [line] = [line for line in result.stdout.splitlines() if " database " in line]
    assert result.exit_code == 1
    assert line.startswith("TO DO  database")
    assert "file is not a database" in line
    assert "put back your backup" in line
    assert file.read_bytes() == content


def test_an_operator_without_an_office_is_found(terminal: Terminal) -> None:
    terminal.keep(found)
    told = _findings(terminal, CASCADE_OPERATOR="nobody@west.example.org")["offices"]
    assert not told["well"]
    assert "nobody@west.example.org" in told["text"]
    assert "cascade office" in told["text"]


def test_a_chair_who_may_not_act_is_no_operator(terminal: Terminal) -> None:
    def add(session: Rows) -> None:
        board = make.board(session)
        make.officer(session, board, "Morgan Ellery", OfficeRole.COORDINATOR)
        make.officer(session, board, "Ida Chair", OfficeRole.INDEPENDENT_CHAIR)

    terminal.keep(add)
    assert not _findings(terminal, CASCADE_OPERATOR="ida.chair@west.example.org")["offices"]["well"]


def test_an_operator_of_one_board_among_several_is_well(terminal: Terminal) -> None:
    def add(session: Rows) -> None:
        for slug, name in (("east", "Ash Brook"), ("west", "Morgan Ellery")):
            board = make.board(session, slug, f"The {slug} board")
            make.officer(session, board, name, OfficeRole.COORDINATOR)
            make.officer(session, board, f"{name} Manager", OfficeRole.MANAGER)

    terminal.keep(add)
    assert _findings(terminal, CASCADE_OPERATOR=OPERATOR.title())["offices"]["well"]


def test_a_directory_without_schools_is_not_told_to_know_their_terms(terminal: Terminal) -> None:
    terminal.keep(lambda session: make.board(session).id)
    told = _findings(terminal)["term dates"]
    assert (told["well"], told["text"]) == (True, "no school is in the directory yet")


def test_a_school_whose_terms_are_not_known_is_found(terminal: Terminal) -> None:
    terminal.keep(lambda session: make.agency(session, make.board(session), "Alder School", term_set="x").id)
    told = _findings(terminal)["term dates"]
    assert (told["well"], "Alder School" in told["text"]) == (False, True)


class Doorless(Mailbox):
    """Lets nobody log in, on a secured line either."""

    async def handle_EHLO(  # noqa: N802 - the library's name for it
        self, _server: SMTP, session: Session, _envelope: Envelope, host: str, offers: list[str]
    ) -> list[str]:
        """Greet without offering AUTH."""
        session.host_name = host
        return [offer for offer in offers if "AUTH" not in offer]


@contextmanager
def _doorless(tls: ssl.SSLContext) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    controller = Controller(Doorless(), hostname="127.0.0.1", port=port, tls_context=tls)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("security", "advice"), [("none", "try smtp.security"), ("starttls", "ask your mail team")]
)
def test_a_server_that_lets_nobody_log_in_gets_a_hint_of_its_own(
    terminal: Terminal, tmp_path: Path, security: str, advice: str
) -> None:
    context, authority = make_certificate(tmp_path)
    with _doorless(context) as port:
        account = {"CASCADE_SMTP__USERNAME": "cascade", "CASCADE_SMTP__PASSWORD": "open"}
        place = {"CASCADE_SMTP__HOST": "127.0.0.1", "CASCADE_SMTP__PORT": str(port)}
        line = {"CASCADE_SMTP__SECURITY": security, "CASCADE_SMTP__CA_FILE": str(authority)}
        told = _findings(terminal, **account, **place, **line)["mail"]
    assert not told["well"]
    assert "smtp.username is set" in told["text"]
    assert advice in told["text"]
    assert "offers no STARTTLS" not in told["text"]


def test_a_server_without_starttls_keeps_the_hint_it_had(terminal: Terminal) -> None:
    with opened(Mailbox()) as mailbox:
        place = {"CASCADE_SMTP__HOST": "127.0.0.1", "CASCADE_SMTP__PORT": str(mailbox.port)}
        told = _findings(terminal, **place)["mail"]
    assert "offers no STARTTLS" in told["text"]


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'none.db'}"
    env = {"CASCADE_DATABASE": url, "CASCADE_KEYS": KEY}
    CliRunner(env=env).invoke(cascade, ["doctor"], catch_exceptions=False)
    assert list(tmp_path.iterdir()) == []


def test_what_a_database_complains_of_is_one_line(database_url: str, tmp_path: Path) -> None:
    database = Database(database_url)
    database.write_now(lambda session: session.connection().exec_driver_sql("DROP TABLE offices").closed)
    database.write_now(lambda session: make.board(session).id)
    database.close_now()
    assert schema.current(database_url) == schema.head()
    told = _findings(Terminal(database_url, tmp_path))["database"]
    assert not told["well"]
    assert "offices" in told["text"]
    assert "SELECT" not in told["text"]


def test_a_scanner_that_does_not_answer_is_a_thing_to_do(terminal: Terminal) -> None:
    terminal.keep(found)
    path = terminal.write("scanned.toml", '[files]\nclamd = "127.0.0.1:1"\n')
    env = terminal.env | {"CASCADE_CONFIG": str(path)}
    told = CliRunner(env=env).invoke(cascade, ["doctor", "--json"])
    [one] = [one for one in json.loads(told.stdout) if one["part"] == "files"]
    assert not one["well"]
    assert "no file is taken" in one["text"]
