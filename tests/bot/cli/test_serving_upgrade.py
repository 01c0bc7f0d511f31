"""`cascade upgrade` brings a database forward where there is one, and makes none where there is not."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.group import cascade
from store import schema


def _upgrade(*words: str, **env: str) -> Result:
    return CliRunner(env=env).invoke(cascade, ["upgrade", *words], catch_exceptions=False)


@pytest.mark.parametrize("words", [(), ("--to", "0001"), ("--to", "base")])
def test_an_empty_folder_is_left_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = _upgrade(*words)
    [line] = result.stderr.strip().splitlines()
    assert (result.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert "There is no installation here: no database at cascade.db" in line
    assert "cascade init" in line


def test_an_empty_database_that_is_there_is_made_whole(empty_database_url: str) -> None:
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.removeprefix("sqlite:///")).touch()
    result = _upgrade(CASCADE_DATABASE=empty_database_url)
    assert (result.exit_code, result.stdout) == (0, f"From empty to {schema.head()}.\n")
    assert schema.current(empty_database_url) == schema.head()


def test_an_older_database_is_brought_forward(database_url: str) -> None:
    schema.move(database_url, "0001")
    assert _upgrade(CASCADE_DATABASE=database_url).stdout == f"From 0001 to {schema.head()}.\n"
    assert _upgrade(CASCADE_DATABASE=database_url).stdout == "Nothing to change.\n"


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "garbage.db").write_bytes(b"no database at all " * 400)
    result = _upgrade(CASCADE_DATABASE=f"sqlite:///{tmp_path / 'garbage.db'}")
    [line] = result.stderr.strip().splitlines()
    assert (result.exit_code, "file is not a database" in line) == (1, True)
