"""`cascade init`: a configuration, a database, a board and its first coordinator, and a test letter."""

import asyncio
import contextlib
import re
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from bot.cli.house.trial import try_letter
from bot.cli.options import Words, agree, refuse, yes_option
from bot.configuration import CONFIG, Choices, write_files
from bot.directory.addresses import BadAddress, normalise_address
from bot.settings import Settings, SettingsError, check_environment, read_base_url, read_settings
from bot.trial import Newcomer
from bot.wiring import build
from messages.writing.commands import name_board
from store import schema
from store.base import ordered_id
from store.database import Session
from store.errors import StoreError
from store.people import board, directory, person
from store.people.board import Board, OfficeRole

#: Ports by the way the connection is secured, unless another is named.
PORTS = {"starttls": 587, "tls": 465, "none": 25}
LONGEST_NAME = 200

#: Gives what was typed as it is kept. Raises ValueError, saying what is wrong with it.
Check = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Founding:
    """The board to be made, and who runs it."""

    name: str
    slug: str
    contact: str
    contact_email: str
    contact_phone: str
    manager: str | None
    manager_email: str | None


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--board", type=Words(LONGEST_NAME), help="The board's display name, as agencies read it.")
@click.option("--slug", type=Words(40), help="Its short name; else made from the display name.")
@click.option("--contact", type=Words(LONGEST_NAME), help="The coordinator: the named human on every letter.")
@click.option("--contact-email", help="The coordinator's address; they may run campaigns.")
@click.option(
    "--contact-phone", type=Words(40), default="", help="Where the coordinator answers the telephone."
)
@click.option("--manager", type=Words(LONGEST_NAME), help="Who approves urgent lessons.")
@click.option("--manager-email", help="That manager's address.")
@click.option("--mailbox", help="The mailbox that letters come from.")
@click.option("--base-url", help="Where people will reach the pages.")
@click.option("--database", help="The database's URL; else a file in DIR.")
@click.option("--smtp-host", help="The server that letters are handed to.")
@click.option("--smtp-port", type=click.IntRange(1, 65535), help="Its port.")
@click.option("--smtp-security", type=click.Choice(sorted(PORTS)), default="starttls", show_default=True)
@click.option("--smtp-user", help="The account there.")
@click.option("--smtp-password-file", help="A file with its password; else CASCADE_SMTP__PASSWORD.")
@click.option("--test-to", help="Who gets the test letter; else the coordinator.")
@click.option("--no-letter", is_flag=True, help="Send no test letter yet.")
@yes_option
def start(folder: Path, yes: bool, no_letter: bool, test_to: str | None, **typed: str | int | None) -> None:
    """Set Cascade up in DIR: what no option says is asked, and a test letter comes at the end.

    A configuration that is there is replaced only on a yes; a key never is. May be run again.
    """
    try:
        check_environment()
    except SettingsError as error:
        refuse(str(error))
    folder = folder.resolve()
    founding, choices = _ask_all(folder, typed)
    reader = Newcomer(founding.contact, _given("--test-to", test_to or founding.contact_email, _read_address))
    if (folder / CONFIG).exists():
        agree(
            f"{folder / CONFIG} is there already. Replace it? The old one is kept as {CONFIG}.before.",
            yes=yes,
        )
    made = _write(choices)
    try:
        with contextlib.chdir(folder):
            settings = read_settings(**tomllib.loads((folder / CONFIG).read_text("utf-8")))
        schema.create(settings.database)
        click.echo(
            f"Written: {folder / CONFIG}" + (" and its key: back it up with the database." if made else ".")
        )
        asyncio.run(_found(settings, founding, None if no_letter else reader))
    except (SettingsError, StoreError) as error:
        refuse(str(error))


def _ask_all(folder: Path, typed: dict[str, str | int | None]) -> tuple[Founding, Choices]:
    """Everything a newcomer decides: as typed, else asked for at a terminal, again after a mistake."""

    def ask(key: str, question: str, check: Check, default: str | None = None) -> str:
        option, given = f"--{key.replace('_', '-')}", typed.get(key)
        if given:
            return _given(option, str(given), check)
        if sys.stdin.isatty():
            again = partial(_read_or_ask_again, check=check)
            return click.prompt(question, default=default, prompt_suffix=" ", err=True, value_proc=again)
        return default or refuse(f"{option} is missing: {question}")

    name = ask("board", "What is your board called, as agencies read it?", _read_name)
    email = ask("contact_email", "The coordinator's email address?", _read_address)
    security = str(typed["smtp_security"])
    founding = Founding(
        name=name,
        slug=str(typed["slug"] or _slug(name)),
        contact=ask(
            "contact", "Who is the coordinator, by name? They are named on every letter.", _read_name
        ),
        contact_email=email,
        contact_phone=str(typed["contact_phone"] or ""),
        manager=str(typed["manager"]) if typed["manager"] else None,
        manager_email=_given("--manager-email", str(typed["manager_email"]), _read_address)
        if typed["manager_email"]
        else None,
    )
    if bool(founding.manager) != bool(founding.manager_email):
        refuse("--manager and --manager-email belong together: give both, or neither.")
    choices = Choices(
        folder=folder,
        database=str(typed["database"] or f"sqlite:///{folder / 'cascade.db'}"),
        base_url=ask(
            "base_url", "Where will people reach the pages?", read_base_url, "http://127.0.0.1:8000"
        ),
        mailbox=ask("mailbox", "Which mailbox do letters come from?", _read_address),
        operator=email,
        host=ask("smtp_host", "Which mail server are letters handed to?", _read_server),
        port=int(typed["smtp_port"] or PORTS[security]),
        security=security,
        username=str(typed["smtp_user"]) if typed["smtp_user"] else None,
        password_file=str(Path(str(typed["smtp_password_file"])).resolve())
        if typed["smtp_password_file"]
        else None,
    )
    return founding, choices


def _given(option: str, text: str, check: Check) -> str:
    """What an option says; ends the command where it makes no sense."""
    try:
        return check(text)
    except ValueError as error:
        return refuse(f"{option}: {error}.")


def _read_or_ask_again(text: str, check: Check) -> str:
    """What was typed at a terminal; a usage error makes click ask once more."""
    try:
        return check(text)
    except ValueError as error:
        raise click.UsageError(f"{error}.") from error


def _read_address(text: str) -> str:
    found = normalise_address(text)
    if isinstance(found, BadAddress):
        raise ValueError(found.reason)
    return found


def _read_name(text: str) -> str:
    name = text.strip()
    if not name:
        raise ValueError("there must be a name")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"{len(name)} characters, and at most {LONGEST_NAME} are kept: shorten it")
    return name


def _read_server(text: str) -> str:
    name = text.strip()
    if not name or re.search(r"\s", name):
        raise ValueError("a mail server's name has no space; it should look like smtp.example.org")
    return name


def _slug(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", name.casefold()).split()
    return "-".join(words)[:40].strip("-") or "board"


def _write(choices: Choices) -> bool:
    """Write the files; tells whether a key was made. An older configuration is kept beside the new one."""
    config = choices.folder / CONFIG
    try:
        if config.exists():
            config.replace(config.with_name(f"{CONFIG}.before"))
        return write_files(choices)
    except OSError as error:
        refuse(
            f"{choices.folder} cannot be written: {error.strerror}. Choose another folder: cascade init DIR."
        )


async def _found(settings: Settings, founding: Founding, reader: Newcomer | None) -> None:
    """Make the board and its first offices, then send the test letter."""
    house = build(settings)
    try:
        made = await house.database.write(lambda session: _keep_board(session, founding))
        click.echo(f"{made.name} ({made.slug}) is in the database; {founding.contact} is its coordinator.")
        if reader is None:
            click.echo("No test letter was sent. Check everything with `cascade doctor`.")
            return
        await try_letter(house, made, reader)
        slug = await house.database.read(lambda session: board.slug_to_say(session, made.id))
        click.echo(name_board("Next: cascade import DIRECTORY, then cascade doctor.", slug))
    finally:
        await house.close()


def _keep_board(session: Session, founding: Founding) -> Board:
    """Find the board or make it, with these contacts, its first coordinator and a manager where named."""
    made = board.by_slug(session, founding.slug)
    if made is None:
        made = Board(id=ordered_id(), slug=founding.slug, terms={})
        session.add(made)
    made.name, made.contact_name = founding.name, founding.contact
    made.contact_email, made.contact_phone = founding.contact_email, founding.contact_phone
    session.flush()
    first = person.keep(session, founding.contact, founding.contact_email)
    directory.keep_office(session, made.id, first.id, OfficeRole.COORDINATOR)
    if founding.manager and founding.manager_email:
        manager = person.keep(session, founding.manager, founding.manager_email)
        directory.keep_office(session, made.id, manager.id, OfficeRole.MANAGER)
    return made
