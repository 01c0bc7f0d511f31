"""The configuration that a new installation begins with: a commented cascade.toml, and its key."""

import contextlib
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from messages.proof.links import KEY_BYTES

CONFIG = "cascade.toml"
KEY = "cascade.key"

_TEXT = """\
# Cascade. Every line may also be set in the environment: CASCADE_BASE_URL, CASCADE_SMTP__HOST, and so on.
# Passwords never stand here. `cascade doctor` checks all of it.

# Where everything is kept. For PostgreSQL: postgresql://user@host/name (its password in ~/.pgpass).
# Paths begin with three slashes where they start here, with four where they start at the root.
database = {database}

# Where people reach the pages, as written in every letter.
base_url = {base_url}

# The mailbox that letters come from and replies go to.
mailbox = {mailbox}

# The time zone of working hours and due dates.
zone = "Europe/London"

# Signs every link. Whoever has it can answer for anybody: keep it to yourself, and back it up with the
# database. Without it the links already sent are dead.
key_file = {key_file}

# Who acts when a command has no --as.
operator = {operator}

[smtp]
# The server that letters are handed to. Ask your mail team for an account that may send from the mailbox.
host = {host}
port = {port}
# "starttls" (usual with port 587), "tls" (port 465), or "none" on this machine only.
security = {security}
{username}
{last_line}
# How many letters go side by side; many servers take no more than four.
connections = 4

[web]
# Where this machine serves the pages; a web server with a certificate usually stands before it.
host = "127.0.0.1"
port = 8000
# That web server's address, if it passes on who asks (X-Forwarded-For). Without it, everybody behind it
# counts as one place where answers and requests for new links are limited.
# trusted_proxies = ["127.0.0.1"]
"""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a newcomer decides; everything else has a default."""

    folder: Path
    database: str
    base_url: str
    mailbox: str
    operator: str
    host: str
    port: int
    security: str
    username: str | None
    password_file: str | None


def write_config(choices: Choices) -> str:
    """The text of cascade.toml."""
    username = f"username = {_quote(choices.username)}" if choices.username else '# username = "cascade"'
    if choices.password_file:
        last_line = f"password_file = {_quote(choices.password_file)}"
    else:
        last_line = (
            '# The password: in the environment as CASCADE_SMTP__PASSWORD, or a file: password_file = "…"'
        )
    return _TEXT.format(
        database=_quote(choices.database),
        base_url=_quote(choices.base_url),
        mailbox=_quote(choices.mailbox),
        key_file=_quote(str(choices.folder / KEY)),
        operator=_quote(choices.operator),
        host=_quote(choices.host),
        port=choices.port,
        security=_quote(choices.security),
        username=username,
        last_line=last_line,
    )


def write_files(choices: Choices) -> bool:
    """Write the configuration and, where there is none yet, the key; tells whether a key was made.

    A key that is there is never written over. Raises OSError where a file cannot be written.
    """
    choices.folder.mkdir(parents=True, exist_ok=True)
    (choices.folder / CONFIG).write_text(write_config(choices), "utf-8")
    key = choices.folder / KEY
    with contextlib.suppress(FileExistsError):
        key.touch(mode=0o600, exist_ok=False)
        key.write_text(secrets.token_hex(KEY_BYTES) + "\n", "utf-8")
        return True
    return False


def _quote(text: str) -> str:
    """A TOML basic string; JSON's escapes are a subset of its."""
    return json.dumps(text, ensure_ascii=False)
