"""What commands share that take a list of people booked: its options, and the reading of it."""

from collections.abc import Sequence
from pathlib import Path

import click

from bot.asking.bookings import Booked, keep_bookings, read_bookings
from bot.cli.options import refuse
from bot.directory.sheets.delimited import ENCODINGS
from bot.directory.sheets.sheet import Refusal
from store.asking.campaign import Campaign
from store.database import Session

#: Rows to put right that are shown one by one.
SHOWN = 40

people_option = click.option(
    "--people",
    "people",
    metavar="FILE",
    type=click.Path(exists=True, path_type=Path),
    help="Who is booked, as CSV or Excel with the columns Name, Email and Agency.",
)
encoding_option = click.option(
    "--encoding", help=f"Of a CSV list that is not in UTF-8: {', '.join(ENCODINGS[1:])}."
)


def find_bookings(path: Path | None, encoding: str | None) -> Sequence[Booked]:
    """The people of a list; ends the command with every row to put right, where one cannot be taken."""
    if path is None:
        return ()
    listed = read_bookings(path, encoding)
    if isinstance(listed, Refusal):
        refuse(f"{listed}. Nothing was changed.")
    _stop_at(listed.faults)
    return listed.booked


def keep_people(session: Session, wanted: Campaign, listed: Sequence[Booked]) -> int:
    """Keep a list with its campaign and tell how many are new; ends the command where a row is refused."""
    kept = keep_bookings(session, wanted, listed)
    if isinstance(kept, int):
        return kept
    _stop_at(kept)
    return 0


def _stop_at(faults: Sequence[str]) -> None:
    if not faults:
        return
    for fault in faults[1:SHOWN]:
        click.echo(f"  not in   {fault}")
    more = f" (and {len(faults) - 1} more rows, listed above)" if faults[1:] else ""
    refuse(f"{faults[0]}{more}. Nothing was changed: put it right and give the list again.")
