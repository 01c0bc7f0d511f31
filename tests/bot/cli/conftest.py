"""The terminal fixture."""

from pathlib import Path

import pytest

from tests.bot.cli.terminal import Terminal


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Terminal:
    """A command line over a migrated database, in a folder of its own."""
    folder = tmp_path / "desk"
    folder.mkdir()
    return Terminal(database_url, folder)
