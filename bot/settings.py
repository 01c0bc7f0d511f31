"""Settings: read once from cascade.toml and the environment, then frozen."""

import difflib
import os
import re
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.directory.addresses import BadAddress, normalise_address, normalise_domain
from bot.filing import Files
from messages.proof.links import Keyring, load_keyring
from messages.smtp import SmtpServer

PREFIX = "CASCADE_"
PARTED = "__"
#: Names the file of settings; it is no setting itself.
NAMES_FILE = "CASCADE_CONFIG"

#: A machine's name without a domain.
_MACHINE = re.compile(r"(?!\d+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
#: RFC 3986 3.3, without the apostrophe, which would end an attribute in HTML.
_PATH = re.compile(r"[A-Za-z0-9/._~!$&()*+,;=:@%-]*")


class SettingsError(Exception):
    """A setting is missing or makes no sense; the text names it and says what to do."""


class Smtp(BaseModel):
    """The server that letters are handed to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = "localhost"
    port: int = Field(default=587, ge=1, le=65535)
    username: str | None = None
    #: From the environment only: CASCADE_SMTP__PASSWORD, or the file that password_file names.
    password: SecretStr | None = None
    password_file: Path | None = None
    security: Literal["none", "starttls", "tls"] = "starttls"
    connections: int = Field(default=4, ge=1, le=64)
    #: Seconds; a lease lasts longer, so no reply outlives it.
    timeout: float = Field(default=20.0, gt=0, le=25)
    ca_file: Path | None = None

    def server(self) -> SmtpServer:
        """The server as the channel wants it."""
        password = self.password.get_secret_value() if self.password else None
        if password is None and self.password_file is not None:
            try:
                password = self.password_file.read_text("utf-8").strip()
            except OSError as error:
                raise SettingsError(f"smtp.password_file: {error.strerror}: {self.password_file}") from error
        ca_file = str(self.ca_file) if self.ca_file else None
        return SmtpServer(
            self.host, self.port, self.username, password, self.security, self.timeout, ca_file=ca_file
        )


class Web(BaseModel):
    """Where pages are served."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    #: The largest request taken, in bytes.
    largest_body: int = Field(default=64_000, ge=1_000)
    #: Where "Exit this page" leads on pages for families: one that anybody might be reading.
    exit_to: str = "https://www.bbc.co.uk/weather"
    #: Addresses or networks of web servers before this one, whose X-Forwarded-For is believed.
    trusted_proxies: tuple[str, ...] = ()

    @field_validator("exit_to")
    @classmethod
    def _elsewhere(cls, value: str) -> str:
        return read_base_url(value)

    @field_validator("trusted_proxies")
    @classmethod
    def _placed(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            try:
                ip_network(one)
            except ValueError as error:
                raise ValueError(
                    f"{one!r} is no address and no network; 127.0.0.1 and 10.0.0.0/8 are"
                ) from error
        return value


class Settings(BaseSettings):
    """All that an installation decides. Secrets come from the environment or from files, never from here."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=PARTED,
        extra="forbid",
        frozen=True,
        toml_file="cascade.toml",
    )

    #: sqlite:///cascade.db, or postgresql://host/name
    database: str = "sqlite:///cascade.db"
    #: Where people reach the pages, as written in letters; no slash at the end.
    base_url: str = "http://127.0.0.1:8000"
    #: The mailbox that letters come from and replies go to.
    mailbox: str = "cascade@localhost"
    zone: str = "Europe/London"
    #: One key a line, the newest first; made by `cascade init`. Back it up with the database.
    key_file: Path = Path("cascade.key")
    #: Keys given in the environment instead of a file.
    keys: SecretStr | None = None
    #: Who acts when a command has no --as.
    operator: str | None = None
    #: Seconds for which a worker holds what it sends.
    lease: float = Field(default=60.0, ge=1)
    smtp: Smtp = Smtp()
    web: Web = Web()
    files: Files = Files()

    @field_validator("base_url")
    @classmethod
    def _bare(cls, value: str) -> str:
        return read_base_url(value)

    @field_validator("zone")
    @classmethod
    def _known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{value!r} is no time zone; Europe/London is one") from error
        return value

    @field_validator("mailbox")
    @classmethod
    def _address(cls, value: str) -> str:
        # A mailbox on this machine alone is no address to write to from outside, but good enough to try out.
        local, _, domain = value.strip().rpartition("@")
        at_home = domain.lower() == "localhost"
        found = normalise_address(f"{local}@localhost.localdomain" if at_home else value)
        if isinstance(found, BadAddress):
            raise ValueError(found.reason)
        return found.removesuffix(".localdomain") if at_home else found

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The command line's own values first, then the environment, then the file."""
        named = os.environ.get(NAMES_FILE, "cascade.toml")
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, named)

    def keyring(self) -> Keyring:
        """The keys that sign links. Raises SettingsError where there are none."""
        if self.keys is not None:
            text, place = self.keys.get_secret_value().replace(",", "\n"), "CASCADE_KEYS"
        else:
            place = str(self.key_file)
            try:
                text = self.key_file.read_text("utf-8")
            except OSError as error:
                raise SettingsError(
                    f"key_file: {error.strerror}: {place}. Run `cascade init`, which makes one, "
                    "or put back the one from your backup: without it the links already sent are dead."
                ) from error
        ring = load_keyring(text)
        if isinstance(ring, str):
            raise SettingsError(f"{place}: {ring}")
        return ring


def read_settings(**given: object) -> Settings:
    """Read every setting once. Raises SettingsError, naming the setting, where one makes no sense."""
    check_environment()
    file = Path(os.environ.get(NAMES_FILE, "cascade.toml"))
    if NAMES_FILE in os.environ and not file.is_file():
        raise SettingsError(f"{NAMES_FILE} names {file}, which is not there.")
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        place = tuple(str(part) for part in first["loc"])
        told = first["msg"].removeprefix("Value error, ")
        source = _source(place, given) or file
        raise SettingsError(f"setting {'.'.join(place)}: {told} ({source})") from error
    except ValueError as error:
        raise SettingsError(f"{file}: {error}") from error


def check_environment() -> None:
    """Refuse a variable of ours that names no setting: misspelt, it would be ignored.

    Raises SettingsError, naming it and the nearest that there is.
    """
    known = [name.removeprefix(PREFIX) for name in (NAMES_FILE, *_variables().values())]
    for name in sorted(os.environ):
        typed = name.upper().removeprefix(PREFIX)
        # The system reads CASCADE_CONFIG by its exact name; the settings may be in lower case too.
        exact = name == NAMES_FILE or (typed in known and name.upper() != NAMES_FILE)
        if exact or not name.upper().startswith(PREFIX):
            continue
        nearest = difflib.get_close_matches(typed, known, n=1, cutoff=0)[0]
        raise SettingsError(
            f"{name} is set in the environment, but there is no such setting: the nearest is "
            f"{PREFIX}{nearest}. Correct its name, or unset it."
        )


def read_base_url(text: str) -> str:
    """Where people reach the pages, as links begin: no slash at the end, the host in ASCII.

    Raises ValueError, saying what is wrong, for what could not begin a link in a letter.
    """
    typed = text.strip()
    if not typed.startswith(("http://", "https://")):
        raise ValueError("must begin with https:// (or http:// on this machine)")
    # Before it is taken apart: urlsplit would drop a line break without a word.
    if re.search(r"[\s\"'<>]", typed):
        raise ValueError("must hold no space, line break, quote or angle bracket")
    if "?" in typed or "#" in typed:
        raise ValueError("must end before any ? or #: links are made by adding to it")
    try:
        parts = urlsplit(typed)
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError as error:
        raise ValueError(f"names no possible host and port ({error})") from error
    if "@" in parts.netloc:
        raise ValueError("must hold no user name and no password")
    host = _read_host(parts.hostname or "")
    if host is None or port == ":0" or not _PATH.fullmatch(parts.path):
        raise ValueError(
            "names no possible host, port and path; it should look like https://cascade.example.org"
        )
    return f"{parts.scheme}://{host}{port}{parts.path}".rstrip("/")


def _read_host(text: str) -> str | None:
    """A host as it stands in a link; None where no machine can have that name."""
    try:
        number = ip_address(text)
    except ValueError:
        found = text if _MACHINE.fullmatch(text) else normalise_domain(text)
        return None if isinstance(found, BadAddress) else found
    if number.is_unspecified:
        return None
    return f"[{number}]" if number.version == 6 else str(number)


def _variables() -> dict[tuple[str, ...], str]:
    """The variable of every setting, by the setting's place."""
    places: list[tuple[str, ...]] = []
    for name, field in Settings.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            places += [(name, inner) for inner in kind.model_fields]
        else:
            places.append((name,))
    return {place: PREFIX + PARTED.join(place).upper() for place in places}


def _source(place: tuple[str, ...], given: Mapping[str, object]) -> str | None:
    """The variable that a setting's value came from; None where it was given, or stands in the file."""
    held: object = given
    for part in place:
        held = held.get(part) if isinstance(held, Mapping) else None
    variable = _variables().get(place)
    found = [name for name in os.environ if name.upper() == variable]
    return f"{found[0]} in the environment" if found and held is None else None
