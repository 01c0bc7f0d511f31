"""Settings that make no sense are refused by name, wherever they came from."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.settings import SettingsError, read_base_url, read_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to read settings in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@contextmanager
def refused() -> Iterator[list[str]]:
    """Expects a refusal of one line; gives it."""
    told: list[str] = []
    with pytest.raises(SettingsError) as raised:
        yield told
    told.append(str(raised.value))
    assert "\n" not in told[0]


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("CASCADE_SMPT__HOST", "CASCADE_SMTP__HOST"),
        ("cascade_mailbx", "CASCADE_MAILBOX"),
        ("CASCADE_SMTP_PASSWORD", "CASCADE_SMTP__PASSWORD"),
        ("CASCADE_SMTP__PASWORD_FILE", "CASCADE_SMTP__PASSWORD_FILE"),
        ("CASCADE_CONFG", "CASCADE_CONFIG"),
        ("cascade_config", "CASCADE_CONFIG"),
        ("CASCADE_FOO", "CASCADE_"),
        ("CASCADE_", "CASCADE_"),
    ],
)
def test_a_misspelt_variable_is_refused_beside_the_nearest_that_there_is(
    monkeypatch: pytest.MonkeyPatch, typed: str, nearest: str
) -> None:
    monkeypatch.setenv(typed, "1")
    with refused() as told:
        read_settings()
    assert told[0].startswith(f"{typed} is set in the environment")
    assert f"the nearest is {nearest}" in told[0]


def test_every_setting_may_be_a_variable_in_either_case(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    password = folder / "password"
    given = {
        "CASCADE_SMTP__PASSWORD_FILE": str(password),
        "CASCADE_SMTP__PASSWORD": "open",
        "cascade_smtp__host": "smtp.example.org",
        "Cascade_Web__Largest_Body": "70000",
        "CASCADE_KEY_FILE": "mine.key",
        "CASCADE_KEYS": "6b" * 32,
        "CASCADE_ZONE": "Europe/Dublin",
        "CASCADETTE": "somebody else's",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    read = read_settings()
    assert (read.smtp.password_file, read.smtp.host) == (password, "smtp.example.org")
    assert (read.web.largest_body, read.key_file, read.zone) == (70_000, Path("mine.key"), "Europe/Dublin")


def test_a_value_from_the_environment_is_blamed_on_its_variable(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (folder / "cascade.toml").write_text("[smtp]\nport = 25\n", "utf-8")
    monkeypatch.setenv("CASCADE_SMTP__PORT", "abc")
    with refused() as told:
        read_settings()
    assert "smtp.port" in told[0]
    assert "(CASCADE_SMTP__PORT in the environment)" in told[0]
    assert "cascade.toml" not in told[0]


def test_a_value_from_the_file_is_blamed_on_the_file(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "cascade.toml").write_text("[smtp]\nport = 99999\n", "utf-8")
    monkeypatch.setenv("CASCADE_SMTP__HOST", "smtp.example.org")
    with refused() as told:
        read_settings()
    assert "smtp.port" in told[0]
    assert told[0].endswith("(cascade.toml)")


def test_a_value_that_outdoes_the_environment_is_not_blamed_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASCADE_SMTP__PORT", "25")
    with refused() as told:
        read_settings(smtp={"port": "abc"})
    assert "in the environment" not in told[0]


@pytest.mark.parametrize(
    "mailbox",
    [
        "a@b.example\nBcc: x@y.example",
        "a@b.example\r\nSubject: mine",
        "a b@board.example.org",
        "Morgan <a@board.example.org>",
        "a@board.example.org, b@board.example.org",
        "a\nb@localhost",
        "a@board",
        "@board.example.org",
        "nobody",
    ],
)
def test_a_mailbox_that_is_not_one_plain_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, mailbox: str
) -> None:
    monkeypatch.setenv("CASCADE_MAILBOX", mailbox)
    with refused() as told:
        read_settings()
    assert "setting mailbox:" in told[0]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Cascade@Board.Example.org ", "cascade@board.example.org"),
        ("cascade@localhost", "cascade@localhost"),
    ],
)
def test_a_mailbox_is_kept_in_its_one_form(monkeypatch: pytest.MonkeyPatch, typed: str, kept: str) -> None:
    monkeypatch.setenv("CASCADE_MAILBOX", typed)
    assert read_settings().mailbox == kept


@pytest.mark.parametrize(
    "typed",
    [
        "cascade.example.org",
        "ftp://cascade.example.org",
        'http://x" y',
        "http://x.example/a b",
        "https://x.example/\nabc",
        "https://x.example\t.evil.example",
        "https://x.example/<b>",
        "https://x.example/it's",
        "https://",
        "https:///pages",
        "https://.example",
        "https://a..example",
        "https://-a.example",
        "https://999.1.1.1",
        "https://0.0.0.0",
        "https://12345",
        "https://my_host.example",
        "https://[::1",
        "https://x.example:99999",
        "https://x.example:0",
        "https://x.example:port",
        "https://me:secret@x.example",
        "https://me@x.example",
        "https://x.example?",
        "https://x.example/?a=b",
        "https://x.example/#top",
        "https://x.example\\pages",
    ],
)
def test_an_address_of_the_pages_that_could_begin_no_link_is_refused(
    monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setenv("CASCADE_BASE_URL", typed)
    with refused() as told:
        read_settings()
    assert "setting base_url:" in told[0]
    assert "secret" not in told[0]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://Cascade.Example.org/", "https://cascade.example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:8000/", "http://localhost:8000"),
        ("http://intranet", "http://intranet"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://board.example.org/cascade/", "https://board.example.org/cascade"),
        ("https://b\u00f6ard.example", "https://xn--bard-5qa.example"),
    ],
)
def test_an_address_of_the_pages_is_kept_as_links_begin(typed: str, kept: str) -> None:
    assert read_base_url(typed) == kept


def test_only_addresses_and_networks_can_be_trusted_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().web.trusted_proxies == ()
    monkeypatch.setenv("CASCADE_WEB__TRUSTED_PROXIES", '["127.0.0.1", "10.0.0.0/8"]')
    assert read_settings().web.trusted_proxies == ("127.0.0.1", "10.0.0.0/8")
    monkeypatch.setenv("CASCADE_WEB__TRUSTED_PROXIES", '["*"]')
    with refused() as told:
        read_settings()
    assert "'*' is no address and no network" in told[0]
