"""Settings: read once from cascade.toml and the environment, then frozen."""

import os
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from messages.links import Keyring, load_keyring
from messages.smtp import SmtpServer


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


class Settings(BaseSettings):
    """All that an installation decides. Secrets come from the environment or from files, never from here."""

    model_config = SettingsConfigDict(
        env_prefix="CASCADE_",
        env_nested_delimiter="__",
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

    @field_validator("base_url")
    @classmethod
    def _bare(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must begin with https:// (or http:// on this machine)")
        return value.rstrip("/")

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
        local, at, domain = value.strip().rpartition("@")
        if not (local and at and domain):
            raise ValueError("must be an address, such as cascade@board.example.org")
        return value.strip()

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
        named = os.environ.get("CASCADE_CONFIG", "cascade.toml")
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
    file = Path(os.environ.get("CASCADE_CONFIG", "cascade.toml"))
    if "CASCADE_CONFIG" in os.environ and not file.is_file():
        raise SettingsError(f"CASCADE_CONFIG names {file}, which is not there.")
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"setting {place}: {first['msg'].removeprefix('Value error, ')} ({file})"
        ) from error
    except ValueError as error:
        raise SettingsError(f"{file}: {error}") from error
