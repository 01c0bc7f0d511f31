"""`cascade serve` and `cascade upgrade`: the process that runs for good, and the database it needs."""

import asyncio
import logging
import signal
import sys

import click

from bot import event_loop
from bot.cli.options import open_house, refuse
from bot.clock import RealClock
from bot.serve import Part, PortTaken, serve
from bot.settings import SettingsError, read_settings
from bot.wiring import House
from store import installation, schema
from store.database import Session
from store.errors import StoreError


@click.command("serve")
@click.option(
    "--only", metavar="PARTS", help=f"Do only some of: {','.join(Part)}; other processes do the others."
)
def serve_all(only: str | None) -> None:
    """Serve the pages, chase and send, until told to stop (SIGTERM or Ctrl-C)."""
    parts = _read_parts(only)
    house = open_house(may_create=True)
    if house.database.read_now(_has_a_clock):
        house.database.close_now()
        refuse("This database belongs to a demonstration, whose time stands still: name another one.")
    house.clock = RealClock()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    for noisy in ("apscheduler", "alembic", "uvicorn.error"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        event_loop.run(_serve(house, parts))
    except (PortTaken, SettingsError, StoreError) as error:
        refuse(str(error))


@click.command("upgrade")
@click.option("--to", "revision", default="head", metavar="REVISION", help="Another version's, to go back.")
def upgrade(revision: str) -> None:
    """Bring the database to this version of Cascade, or back to an older REVISION. Back it up first."""
    try:
        url = read_settings().database
        schema.require_file(url)
        before = schema.current(url)
        schema.move(url, revision)
        after = schema.current(url)
    except (SettingsError, StoreError) as error:
        refuse(str(error))
    except Exception as error:
        # The migrations' own complaints, such as a revision that nobody knows.
        refuse(f"The database was not changed: {error}")
    click.echo(
        "Nothing to change." if before == after else f"From {before or 'empty'} to {after or 'empty'}."
    )


def _read_parts(only: str | None) -> frozenset[Part]:
    if only is None:
        return frozenset(Part)
    named = [word.strip() for word in only.split(",") if word.strip()]
    unknown = [word for word in named if word not in list(Part)]
    if unknown or not named:
        raise click.UsageError(
            f"--only: {unknown[0] if unknown else 'nothing'} is no part of {', '.join(Part)}."
        )
    return frozenset(Part(word) for word in named)


def _has_a_clock(session: Session) -> bool:
    row = installation.row_or_none(session)
    return row is not None and row.virtual_now is not None


async def _serve(house: House, parts: frozenset[Part]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(name, stop.set)
        except NotImplementedError:  # Windows: Ctrl-C still ends the process, less politely
            break
    try:
        await serve(house, parts, stop, lambda place: _say(parts, place))
    finally:
        await house.close()
    click.echo("Stopped; nothing is left half sent.", err=True)


def _say(parts: frozenset[Part], place: str) -> None:
    click.echo(f"Cascade runs ({', '.join(sorted(parts))}){f' at {place}' if place else ''}.", err=True)
    sys.stderr.flush()
