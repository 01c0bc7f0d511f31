"""What every command shares: its options, the house it opens, and the one line of a refusal."""

import asyncio
import functools
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, Concatenate, NoReturn, ParamSpec

import click

from bot.clock import VirtualClock
from bot.directory.dates import read_date
from bot.settings import SettingsError, read_settings
from bot.wiring import House, build
from store import schema
from store.errors import DriverError, StoreError, tell

P = ParamSpec("P")

#: `--json`: one JSON document on stdout, and nothing else there. The parameter is called `as_json`.
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")

#: `--as EMAIL`: who acts, in place of the setting `operator`. The parameter is called `email`.
as_option = click.option("--as", "email", metavar="EMAIL", help="Who acts; else the setting `operator`.")

#: `--board SLUG`: whose. The parameter is called `slug`.
board_option = click.option("--board", "slug", metavar="SLUG", help="Whose, where there are several boards.")

#: `--yes`: answers the question that would be asked. The parameter is called `yes`.
yes_option = click.option("--yes", is_flag=True, help="Do it without asking.")


class Refused(click.ClickException):
    """A command cannot be carried out: one line on stderr, exit 1, and nothing was changed."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        """Print the line."""
        click.echo(f"cascade: {self.message}", err=True, file=file)


class Day(click.ParamType[date]):
    """A day, typed as 2026-12-03, 3/12/2026 or 3 Dec 2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or fail with a usage error."""
        if isinstance(value, date):
            return value
        found = read_date(str(value))
        if found is None:
            self.fail(f"{value!r} is not a date; write it as 2026-12-03 or 3/12/2026", param, ctx)
        return found


class Words(click.ParamType[str]):
    """What a person types about something: a reason or a name, as long as the database keeps it whole."""

    name = "text"

    def __init__(self, longest: int = 500) -> None:
        """Take up to `longest` characters."""
        self.longest = longest

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the words without spaces around them; ends the command where they are too many."""
        text = str(value).strip()
        if len(text) > self.longest:
            where = param.opts[0] if param is not None else "the text"
            refuse(f"{where} has {len(text)} characters, and at most {self.longest} are kept: shorten it.")
        return text


def refuse(text: str) -> NoReturn:
    """End the command with one clear line, saying what, where and what to do; exit 1."""
    raise Refused(" ".join(text.split()))


def show_json(document: object) -> None:
    """Print one JSON document; dates, moments and identifiers become text."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def agree(question: str, *, yes: bool) -> None:
    """Ask a person at a terminal; without one, only --yes agrees. Ends the command where they do not."""
    if yes:
        return
    if not sys.stdin.isatty():
        refuse(f"{question} Nothing was changed: there is nobody to ask here, so say --yes to go ahead.")
    if not click.confirm(question, err=True):
        refuse("Nothing was changed.")


def open_house(*, may_create: bool = False) -> House:
    """Read the settings, check the database and build the house; ends the command where that cannot be.

    An empty database is made whole only where it `may_create` one: else a command given in the wrong folder
    would leave an installation there.
    """
    try:
        settings = read_settings()
        schema.check(settings.database, may_create=may_create)
        house = build(settings)
    except (SettingsError, StoreError) as error:
        refuse(str(error))
    except DriverError as error:
        refuse(tell(error))
    # Where the database has a clock of its own, as in the demonstration, commands live by it.
    house.clock = VirtualClock(house.database)
    return house


def with_house(command: Callable[Concatenate[House, P], Awaitable[None]]) -> Callable[P, None]:
    """Run an async command with a house as its first argument, closed after it whatever happens.

    Put it under click's own decorators. A SettingsError, a StoreError and whatever else the database says
    end in one line and exit 1.
    """

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        house = open_house()

        async def whole() -> None:
            try:
                await command(house, *args, **kwargs)
            finally:
                await house.close()

        try:
            asyncio.run(whole())
        except (SettingsError, StoreError) as error:
            refuse(str(error))
        except DriverError as error:
            refuse(tell(error))

    return run
