"""What an installation decides about files is read and checked like every other setting."""

from pathlib import Path

import pytest

from bot.filing import Files
from bot.scan import Clamd
from bot.settings import SettingsError, read_settings
from surveys.files.allowance import Allowance
from surveys.files.media import MEDIA


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to read settings in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_limits_are_read_from_the_file_and_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "cascade.toml").write_text('[files]\ntypes = ["pdf"]\nlargest_file = 2000000\n', "utf-8")
    monkeypatch.setenv("CASCADE_FILES__CLAMD", "127.0.0.1:3310")
    monkeypatch.setenv("CASCADE_FILES__MOST_FILES", "5")
    files = read_settings().files
    assert files.types == ("pdf",)
    assert files.allowance() == Allowance(2_000_000, 5, 50_000_000)
    assert isinstance(files.scanner(), Clamd)


@pytest.mark.parametrize(
    ("setting", "value", "why"),
    [
        ("CASCADE_FILES__CLAMD", "clamd", "setting files.clamd: should be a socket"),
        ("CASCADE_FILES__TYPES", '["exe"]', "setting files.types: 'exe' cannot be taken"),
        ("CASCADE_FILES__LARGEST_FILE", "0", "setting files.largest_file"),
        ("CASCADE_FILES__MOST_FILES", "0", "setting files.most_files"),
        ("CASCADE_FILES__LARGEST_BODY", "1", "the nearest is CASCADE_"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, setting: str, value: str, why: str
) -> None:
    monkeypatch.setenv(setting, value)
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert why in str(raised.value)
    assert "\n" not in str(raised.value)


def test_without_an_address_nothing_is_scanned() -> None:
    assert Files().scanner() is None
    assert Files(clamd=" ").scanner() is None


def test_every_type_that_can_be_told_apart_is_allowed_unless_said_otherwise() -> None:
    assert Files().types == tuple(MEDIA)
