"""The desk fixture."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.cli.mailbox import Mailbox, opened
from tests.bot.cli.terminal import Terminal
from tests.scenarios.desk import Desk


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """A desk over a migrated database, with its own mail server."""
    folder = tmp_path / "desk"
    folder.mkdir()
    with opened(Mailbox()) as mailbox:
        yield Desk(Terminal(database_url, folder), mailbox)
