"""Gate: no command opens a survey of children or families while something keeps it shut."""

from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn
from zoneinfo import ZoneInfo

import click

from bot.asking.gate import find_shut
from bot.cli.options import refuse
from bot.cli.table import wrap
from messages.letters.counted import counted
from store.asking.campaign import Campaign
from store.database import Session


def require_open(session: Session, wanted: Campaign, now: datetime, zone: ZoneInfo) -> None:
    """End the command where a campaign's forms for families may not be opened, naming what to run."""
    shut = find_shut(session, wanted, now, zone)
    if shut:
        refuse_for("Nothing was changed", wanted.slug, shut)


def refuse_for(what: str, slug: str, faults: Sequence[str]) -> NoReturn:
    """End the command, saying what stands in the way; the commands that put it right stand above that."""
    if not any("\n" in fault for fault in faults):
        more = f" (and {len(faults) - 1} more: see `cascade plan {slug}`)" if faults[1:] else ""
        refuse(f"{what}: {faults[0]}{more}.")
    show_faults(faults, err=True)
    refuse(f"{what}: {counted(len(faults), 'thing', 'things')} to put right first, told above.")


def show_faults(faults: Sequence[str], *, err: bool = False) -> None:
    """Print what stands in the way, each command that puts it right on a line of its own."""
    for fault in faults:
        said, *commands = fault.splitlines()
        click.echo(wrap(f"* {said}"), err=err)
        for command in commands:
            click.echo(f"      {command}", err=err)
