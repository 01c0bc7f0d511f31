"""A command given in the wrong folder makes nothing there, and says where it belongs."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.group import cascade
from store import schema
from tests.bot.cli.terminal import KEY, OPERATOR, Terminal


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("owed",),
        ("why", "x"),
        ("plan", "wren"),
        ("office",),
        ("approve", "wren"),
        ("pause", "x"),
    ],
)
def test_a_command_in_the_wrong_folder_makes_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    env = {"CASCADE_KEYS": KEY, "CASCADE_OPERATOR": OPERATOR}
    result = CliRunner(env=env).invoke(cascade, list(words), catch_exceptions=False)
    [line] = result.stderr.strip().splitlines()
    assert (result.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert "There is no installation here: no database at cascade.db" in line
    assert "cascade init" in line


def test_an_empty_database_is_filled_by_no_reading_command(empty_database_url: str, tmp_path: Path) -> None:
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.removeprefix("sqlite:///")).touch()
    folder = tmp_path / "desk"
    folder.mkdir()
    assert "There is no installation here" in Terminal(empty_database_url, folder).refused("status")
    assert schema.current(empty_database_url) is None
