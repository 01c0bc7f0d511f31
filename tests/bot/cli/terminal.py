"""A terminal for tests: the real command line over a database with a small world in it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from click.testing import CliRunner, Result

from bot.cli.group import cascade
from store.asking.campaign import Campaign
from store.database import Database, Session
from store.people.board import Board, OfficeRole
from tests import make

OPERATOR = "morgan.ellery@west.example.org"
MANAGER = "pat.lane@west.example.org"
KEY = "6b" * 32
T = TypeVar("T")


@dataclass(frozen=True)
class Terminal:
    """Runs commands as a coordinator would, in a folder of the test's own."""

    url: str
    folder: Path

    @property
    def env(self) -> dict[str, str | None]:
        """What the commands find in the environment."""
        return {
            "CASCADE_DATABASE": self.url,
            "CASCADE_KEYS": KEY,
            "CASCADE_OPERATOR": OPERATOR,
            "CASCADE_CONFIG": str(self.write("cascade.toml", "")),
        }

    def run(self, *words: str) -> Result:
        """Run a command, whatever comes of it."""
        result = CliRunner(env=self.env).invoke(cascade, list(words), catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    def done(self, *words: str) -> str:
        """Run a command that must succeed; gives what it printed."""
        result = self.run(*words)
        assert result.exit_code == 0, result.output
        return result.stdout

    def refused(self, *words: str) -> str:
        """Run a command that must be refused with one line; gives the line."""
        result = self.run(*words)
        assert result.exit_code == 1, result.output
        [line] = result.stderr.strip().splitlines()
        return line

    def told(self, *words: str) -> Any:
        """Run a command with --json; gives the document."""
        return json.loads(self.done(*words, "--json"))

    def write(self, name: str, text: str) -> Path:
        """Write a file of the test's own."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def keep(self, fn: Any) -> Any:
        """Run one writing function on the database."""
        with self.opened() as database:
            return database.write_now(fn)

    def look(self, fn: Any) -> Any:
        """Run one reading function on the database."""
        with self.opened() as database:
            return database.read_now(fn)

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The database, for a moment."""
        database = Database(self.url)
        try:
            yield database
        finally:
            database.close_now()


def found(session: Session, letters: str = "AB") -> None:
    """A board with a coordinator, a manager and whole agencies."""
    board, _ = make.world(session, list(letters))
    make.officer(session, board, "Morgan Ellery", OfficeRole.COORDINATOR)
    make.officer(session, board, "Pat Lane", OfficeRole.MANAGER)


def found_with_campaign(session: Session, letters: str = "AB") -> None:
    """The same with a draft campaign called wren."""
    found(session, letters)
    board = session.query(Board).one()
    make.campaign(session, board)


def found_with_launch(session: Session, letters: str = "AB") -> None:
    """The same with the campaign launched."""
    found_with_campaign(session, letters)
    make.launched(session, session.query(Campaign).one())
