"""`cascade non-returns`: the list of what is missing, published for the board and shown again as it was."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from bot.cli.actor import name_actor, require_office
from bot.cli.answers.file import KINDS, as_csv, as_workbook, put_whole
from bot.cli.named import find_board
from bot.cli.options import Day, as_option, board_option, json_option, refuse, show_json, with_house
from bot.cli.table import lay_out, say_day, say_moment
from bot.wiring import House
from messages.standing.non_returns import Listing, find_non_returns, publish
from store.answers import non_return
from store.answers.non_return import NonReturn, NonReturnList, Standing
from store.database import Session
from store.people.board import Board

COLUMNS = (
    "agency",
    "ask",
    "what",
    "due",
    "original_due",
    "working_days_past",
    "standing",
    "reason",
    "hold",
    "more_time",
    "vacancy",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list with its lines, published or not, as it is shown."""

    board: Board
    as_at: date
    since: date
    due: int
    lines: Sequence[NonReturn]
    kept: NonReturnList | None = None

    @property
    def figures(self) -> str:
        """How many are missing, of how many, by what stands of each."""
        counts = {standing: sum(line.standing is standing for line in self.lines) for standing in Standing}
        said = ", ".join(f"{count} {standing.value}" for standing, count in counts.items() if count)
        whole = f"{len(self.lines)} of {self.due} that were due from {say_day(self.since)} are missing"
        return whole + (f": {said}" if said else "")


def preview(session: Session, slug: str | None, now: datetime, house: House) -> Listed:
    """The list as it would be published now."""
    whose = find_board(session, slug)
    return _listed(whose, find_non_returns(session, whose.id, now, house.identity.zone))


@click.group("non-returns")
def non_returns() -> None:
    """The dated list, for the board alone, of what it is owed and has not had."""


@non_returns.command("publish")
@board_option
@click.option("--tell", is_flag=True, help="Let the board's office know by letter that it is there.")
@as_option
@json_option
@with_house
async def publish_list(house: House, slug: str | None, tell: bool, email: str | None, as_json: bool) -> None:
    """Keep today's list for good: what is red, chased to the end, or as long past its day and on hold.

    It holds what is to climb to the board, by agencies and not by people, due in the last year; the numbers
    say of how many. One a day. --json as of `cascade non-returns show`.
    """
    by, now = name_actor(house, email), await house.clock.now()
    zone = house.identity.zone

    def write(session: Session) -> Listed:
        whose = find_board(session, slug)
        require_office(session, whose.id, by)
        before = non_return.on_day(session, whose.id, now.astimezone(zone).date())
        if before is not None:
            at = say_moment(before.published_at, zone)
            refuse(
                f"A list as at today was published already, at {at} by {before.published_by}; "
                "`cascade non-returns show` prints it. The next one can be published tomorrow."
            )
        listing = find_non_returns(session, whose.id, now, zone)
        kept = publish(session, whose, listing, now, by, tell=tell)
        return _listed(whose, listing, kept)

    listed = await house.database.write(write)
    if as_json:
        show_json(document(listed))
    else:
        show_list(listed)


@non_returns.command("show")
@click.argument("day", required=False, type=Day())
@board_option
@click.option("--out", type=click.Path(path_type=Path), help="Write it to this .csv, .xlsx or .json file.")
@json_option
@with_house
async def show_published(
    house: House, day: date | None, slug: str | None, out: Path | None, as_json: bool
) -> None:
    """Show the list published on a DAY, else the newest, as it was told then.

    \b
    --json keys: board, as_at, since, published_at, published_by (null: not published), due, missing,
      lines: agency, ask, what, due, original_due, working_days_past, standing (no assurance, red, at rest),
      reason, hold, more_time, vacancy
    """

    def read(session: Session) -> Listed:
        whose = find_board(session, slug)
        kept = _find(session, whose, day)
        return Listed(whose, kept.as_at, kept.since, kept.due, non_return.lines(session, kept.id), kept)

    listed = await house.database.read(read)
    if out is not None:
        write_list(out, listed)
        click.echo(f"{out} is written: {listed.figures}.")
    elif as_json:
        show_json(document(listed))
    else:
        show_list(listed)


@non_returns.command("list")
@board_option
@json_option
@with_house
async def list_published(house: House, slug: str | None, as_json: bool) -> None:
    """List the days of all lists published. --json: a list of as_at, published_by, due and missing."""

    def read(session: Session) -> list[NonReturnList]:
        return non_return.published(session, find_board(session, slug).id)

    found = await house.database.read(read)
    if as_json:
        show_json(
            [
                {"as_at": one.as_at, "published_by": one.published_by, "due": one.due, "missing": one.missing}
                for one in found
            ]
        )
    elif not found:
        click.echo("No list was published yet: `cascade owed --for-board` shows what one would say.")
    for one in found if not as_json else ():
        click.echo(f"{say_day(one.as_at)}: {one.missing} of {one.due} missing, by {one.published_by}")


def show_list(listed: Listed) -> None:
    """Print a list."""
    state = "published" if listed.kept else "not published"
    click.echo(f"{listed.board.name}: still needed as at {say_day(listed.as_at)} ({state})")
    click.echo(f"{listed.figures}.")
    if listed.lines:
        headings = ("Agency", "What", "Due", "Where it stands", "Rest, more time, vacancy")
        click.echo(lay_out(headings, [_row(line) for line in listed.lines]))
    click.echo("For the board and its office: it names agencies, so it goes to none of them.")


def document(listed: Listed) -> dict[str, object]:
    """A list as JSON."""
    kept = listed.kept
    return {
        "board": listed.board.slug,
        "as_at": listed.as_at,
        "since": listed.since,
        "published_at": kept.published_at if kept else None,
        "published_by": kept.published_by if kept else None,
        "due": listed.due,
        "missing": len(listed.lines),
        "lines": [dict(zip(COLUMNS, _cells(line), strict=True)) for line in listed.lines],
    }


def write_list(out: Path, listed: Listed) -> None:
    """Write a list to a file of the kind that its name says; ends the command where it cannot be."""
    lines = [list(COLUMNS)]
    lines += [["" if cell is None else str(cell) for cell in _cells(line)] for line in listed.lines]
    lines.append([f"{listed.board.name}, as at {listed.as_at}: {listed.figures}"])
    match out.suffix.lower():
        case ".json":
            text = json.dumps(document(listed), ensure_ascii=False, indent=2, default=str)
            put_whole(out, text.encode())
        case ".xlsx":
            put_whole(out, as_workbook([(f"As at {listed.as_at}", lines)]))
        case ".csv":
            put_whole(out, as_csv(lines))
        case _:
            refuse(f"{out}: its name has to end in one of {', '.join(KINDS)}.")


def _find(session: Session, whose: Board, day: date | None) -> NonReturnList:
    lists = non_return.published(session, whose.id)
    found = next((one for one in lists if day in (None, one.as_at)), None)
    if found is None and lists:
        days = ", ".join(str(one.as_at) for one in lists[:6])
        refuse(f"No list was published as at {day}; there are lists as at {days}.")
    return found or refuse("No list was published yet: `cascade non-returns publish` makes one.")


def _listed(whose: Board, listing: Listing, kept: NonReturnList | None = None) -> Listed:
    return Listed(whose, listing.as_at, listing.since, listing.due, listing.lines, kept)


def _cells(line: NonReturn) -> tuple[object, ...]:
    return (
        line.agency,
        line.reference,
        line.what,
        line.due_on,
        line.original_due_on,
        line.days,
        line.standing.value,
        line.reason,
        line.hold,
        line.extensions,
        line.vacancy,
    )


def _row(line: NonReturn) -> tuple[str, ...]:
    due = say_day(line.due_on)
    if line.due_on != line.original_due_on:
        due += f" (first {say_day(line.original_due_on)})"
    more = f"more time: {line.extensions}" if line.extensions else ""
    beside = "; ".join(filter(None, [line.hold, more, line.vacancy]))
    return line.agency, f"{line.what} [{line.reference}]", due, f"{line.standing}: {line.reason}", beside
