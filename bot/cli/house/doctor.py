"""`cascade doctor`: every part looked at, one line each: it is well, or what to do."""

import asyncio
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

import click

from bot.cli.actor import holds_office
from bot.cli.forms.house import BOARD
from bot.cli.house.trial import try_letter
from bot.cli.options import json_option, refuse, show_json, with_house
from bot.clock import real_now
from bot.directory.addresses import BadAddress, normalise_address
from bot.scan import Clamd, read_clamd_address
from bot.settings import Settings, SettingsError, read_settings
from bot.trial import Newcomer
from bot.trouble import explain
from bot.wiring import House
from messages.days.almanac import Almanac
from messages.sending.channel import DeliveryError
from messages.smtp.connection import open_connection
from messages.writing.commands import name_board
from store import installation, schema
from store.database import Database, Session
from store.errors import DriverError, StoreError, tell
from store.people import board
from store.people.agency import members
from store.people.board import Board, OfficeRole

#: Term dates should be known this far ahead, and bank holidays with them.
AHEAD = timedelta(days=60)
#: The clock may stand behind the last beat by this much.
SLACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and whether something is to be done."""

    part: str
    well: bool
    text: str


@click.command("doctor")
@click.option("--letter", "reader", metavar="EMAIL", help="Also send a test letter there.")
@json_option
@click.pass_context
def examine(context: click.Context, reader: str | None, as_json: bool) -> None:
    """Check settings, keys, database, mail server, pages, offices, term dates and clock.

    Sends nothing without --letter. Exit 1 when something is to be done. --json prints a list of part,
    well and text.
    """
    if reader is not None and as_json:
        raise click.UsageError("--letter and --json do not go together.")
    findings = _examine()
    if as_json:
        show_json([{"part": one.part, "well": one.well, "text": one.text} for one in findings])
    else:
        for one in findings:
            click.echo(f"{'ok   ' if one.well else 'TO DO'}  {one.part:<11} {' '.join(one.text.split())}")
    if reader is not None:
        _send_letter(reader)
    if not all(one.well for one in findings):
        context.exit(1)


def _examine() -> list[Finding]:
    try:
        settings = read_settings()
    except SettingsError as error:
        return [Finding("settings", False, str(error))]
    return [
        _settings(settings),
        _keys(settings),
        *_database(settings),
        _mail(settings),
        _pages(),
        _files(settings),
    ]


@with_house
async def _send_letter(house: House, reader: str) -> None:
    address = normalise_address(reader)
    if isinstance(address, BadAddress):
        refuse(f"--letter: {address.reason}.")
    sender = await house.database.read(lambda session: board.every(session)[0])
    await try_letter(house, sender, Newcomer(sender.contact_name, address))


def _settings(settings: Settings) -> Finding:
    outside = not settings.base_url.startswith(("http://127.", "http://localhost", "https://"))
    if outside:
        return Finding(
            "settings", False, f"base_url {settings.base_url} is not https: links in letters must be."
        )
    return Finding("settings", True, f"pages at {settings.base_url}, letters from {settings.mailbox}")


def _files(settings: Settings) -> Finding:
    clamd = settings.files.clamd
    if not clamd:
        return Finding("files", True, "kept as they come: no virus scanner is named in files.clamd")
    silent = asyncio.run(Clamd(read_clamd_address(clamd)).greet())
    if silent is not None:
        return Finding("files", False, f"{silent.why}: until it answers, no file is taken")
    return Finding("files", True, f"scanned for viruses by {clamd}")


def _keys(settings: Settings) -> Finding:
    try:
        ring = settings.keyring()
    except SettingsError as error:
        return Finding("keys", False, str(error))
    if settings.keys is None and settings.key_file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding("keys", False, f"others can read {settings.key_file}: chmod 600 {settings.key_file}")
    return Finding("keys", True, f"{len(ring.keys)}: back them up with the database")


def _database(settings: Settings) -> list[Finding]:
    file = settings.database.removeprefix("sqlite:///")
    if settings.database.startswith("sqlite:///") and not Path(file).exists():
        return [Finding("database", False, f"there is none at {settings.database} yet: run `cascade init`")]
    try:
        found, wanted = schema.current(settings.database), schema.head()
        if found is None:
            return [Finding("database", False, "it is empty: run `cascade upgrade` or `cascade init`")]
        if found != wanted:
            schema.check(settings.database)
        database = Database(settings.database)
        try:
            looked = database.read_now(lambda session: _inside(session, settings, real_now()))
        finally:
            database.close_now()
    except StoreError as error:
        return [Finding("database", False, str(error))]
    except DriverError as error:
        return [Finding("database", False, tell(error))]
    return [Finding("database", True, f"reached, of this version ({wanted})"), *looked]


def _inside(session: Session, settings: Settings, now: datetime) -> list[Finding]:
    checks: list[Callable[[Session, Settings, datetime], Finding]] = [_offices, _terms, _clock]
    return [check(session, settings, now) for check in checks]


def _offices(session: Session, settings: Settings, _now: datetime) -> Finding:
    boards = board.every(session)
    if not boards:
        return Finding("offices", False, "there is no board yet: run `cascade init`")
    for one in boards:
        if not board.officers(session, one.id, OfficeRole.COORDINATOR):
            return Finding("offices", False, f"{one.name} has no coordinator: run `cascade init` again")
    if settings.operator and not _may_act(session, boards, settings.operator):
        told = (
            f"the setting operator names {settings.operator}, who is no coordinator or manager here: name "
            "one who is (`cascade office` lists them)"
        )
        told = name_board(told, BOARD if boards[1:] else "")
        return Finding("offices", False, told)
    lacking = [one for one in boards if not board.officers(session, one.id, OfficeRole.MANAGER)]
    if lacking:
        told = (
            f"{lacking[0].name} has no manager; before anything urgent: "
            "cascade office manager EMAIL --name NAME"
        )
        return Finding("offices", True, name_board(told, lacking[0].slug if boards[1:] else ""))
    return Finding("offices", True, f"{', '.join(one.name for one in boards)}: coordinator and manager named")


def _may_act(session: Session, boards: list[Board], email: str) -> bool:
    return any(holds_office(session, one.id, email) for one in boards)


def _terms(session: Session, _settings: Settings, now: datetime) -> Finding:
    agencies = {one.id: one for each in board.every(session) for one in members(session, each.id)}
    if not any(one.is_school for one in agencies.values()):
        return Finding("term dates", True, "no school is in the directory yet")
    day = (now + AHEAD).date()
    short = sorted(one.name for one in Almanac(session).reaches(agencies, day))
    if short:
        more = f" and {len(short) - 3} more" if short[3:] else ""
        told = f"terms of {', '.join(short[:3])}{more} end before {day:%d/%m/%Y}: import the next ones"
        return Finding("term dates", False, told)
    return Finding("term dates", True, f"every school's reach beyond {day:%d/%m/%Y}")


def _clock(session: Session, settings: Settings, now: datetime) -> Finding:
    row = installation.row_or_none(session)
    if row is not None and row.virtual_now is not None:
        return Finding("clock", False, "this database is a demonstration's, whose time stands still")
    if row is not None and row.beat_at is not None and row.beat_at > now + SLACK:
        return Finding(
            "clock", False, f"it stands at {now}, before the last beat at {row.beat_at}: set it right"
        )
    if row is not None and row.stopped_from is not None:
        return Finding(
            "clock", False, f"nothing ran since {row.stopped_from}: see the list with `cascade resume`"
        )
    return Finding("clock", True, f"{now:%d/%m/%Y %H:%M} UTC; working hours follow {settings.zone}")


def _mail(settings: Settings) -> Finding:
    try:
        server = settings.smtp.server()
    except SettingsError as error:
        return Finding("mail", False, str(error))

    async def knock() -> None:
        trusted = server.trusted() if server.security != "none" else None
        connection = await open_connection(server, trusted)
        await connection.hang_up(server.timeout)

    try:
        asyncio.run(knock())
    except DeliveryError as error:
        return Finding("mail", False, explain(error, server))
    except OSError as error:
        return Finding("mail", False, f"smtp.ca_file {server.ca_file} cannot be read: {error}")
    who = f"as {server.username}" if server.username else "without a password"
    return Finding(
        "mail", True, f"{server.place} takes us {who}, secured by {server.security}; nothing was sent"
    )


def _pages() -> Finding:
    if files("bot.web").joinpath("static", "site.css").is_file():
        return Finding("pages", True, "their styles are built")
    return Finding(
        "pages", False, "their styles are not built: run `make setup`, or install a released wheel"
    )
