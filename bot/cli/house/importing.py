"""`cascade import`: a directory comes in, after its difference has been shown and agreed to."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import click

from bot.cli.actor import name_actor, require_office
from bot.cli.named import find_board
from bot.cli.options import agree, as_option, json_option, refuse, show_json, with_house, yes_option
from bot.directory.apply import Import, bring_in
from bot.directory.difference import Difference, Existing, compare, describe
from bot.directory.existing import agree_on_people, read_existing
from bot.directory.reading import read
from bot.directory.rejected import write_rejected
from bot.directory.rows import ActionRow, Directory, Row, SeatRow
from bot.directory.sheets.delimited import ENCODINGS
from bot.directory.sheets.sheet import Refusal
from bot.wiring import House
from messages.letters.counted import counted
from store.database import Session
from store.people import person
from store.people.board import Board

#: Things of one sort shown one by one; a first import has hundreds.
SHOWN = 40
MARK = "-to-put-right"
NOTICE = "agencies read the words of their actions: please see that none names a child, family or worker"


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says, beside what is there."""

    directory: Directory
    difference: Difference
    warnings: tuple[str, ...]


@click.command("import")
@click.argument("path", metavar="FILE_OR_DIR", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--board", "slug", metavar="SLUG", help="Whose directory it is, where there are several boards."
)
@click.option("--remove-absent", is_flag=True, help="Also remove what the file does not name.")
@click.option(
    "--rejected", type=click.Path(dir_okay=False, path_type=Path), help="Where rows to put right are written."
)
@click.option("--encoding", help=f"Of CSV files that are not in UTF-8: {', '.join(ENCODINGS[1:])}.")
@as_option
@yes_option
@json_option
@with_house
async def bring_directory(
    house: House,
    path: Path,
    slug: str | None,
    remove_absent: bool,
    rejected: Path | None,
    encoding: str | None,
    email: str | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Bring in agencies, seats, term dates and actions from CSV or Excel.

    Shows what would be new, changed and absent first. Good rows enter together; the others come back as a
    workbook with a reason beside each, to be put right and imported again. --json prints new, changed,
    absent, warnings, rejected, rejected_file and done.
    """
    by, now = name_actor(house, email), await house.clock.now()
    board, existing = await house.database.read(lambda session: _look(session, slug, by))
    told = read(path, existing.known, encoding)
    if isinstance(told, Refusal):
        refuse(f"{told}. Nothing was changed.")
    found = await house.database.read(lambda session: _compare(session, agree_on_people(told), existing))
    if not as_json:
        _show(found)
    wanted = not found.difference.is_empty or (remove_absent and bool(found.difference.absent))
    if wanted:
        agree(_question(found.difference, remove_absent), yes=yes)
    written = _give_back(found.directory, rejected or _beside(path)) if found.directory.rejected else None
    if wanted:
        await _enter(
            house, lambda session: Import(session, board.id, now, by), found.difference, remove_absent
        )
    if as_json:
        show_json(_document(found, written, wanted))
    else:
        _close(found, written, wanted)
    if not wanted and written is not None:
        refuse(f"Nothing was changed: {_count(found)} to be put right.")


def _look(session: Session, slug: str | None, by: str) -> tuple[Board, Existing]:
    board = find_board(session, slug)
    require_office(session, board.id, by)
    return board, read_existing(session, board.id)


def _compare(session: Session, told: Directory, existing: Existing) -> Found:
    difference = compare(told, existing)
    # An empty seat that a file does not name is no loss to anybody.
    absent = tuple(row for row in difference.absent if not (isinstance(row, SeatRow) and row.is_vacant))
    changed = [*difference.new, *(change.row for change in difference.changed)]
    back = tuple(_warn_of_return(session, changed))
    read = (NOTICE,) if any(isinstance(row, ActionRow) for row in changed) else ()
    return Found(told, replace(difference, absent=absent), (*told.warnings, *back, *read))


def _warn_of_return(session: Session, rows: list[Row]) -> list[str]:
    warnings = []
    for row in rows:
        known = person.by_address(session, row.email) if isinstance(row, SeatRow) and row.email else None
        if known is not None and known.left_at is not None:
            warnings.append(
                f"{describe(row)}: {known.name} was recorded as having left on {known.left_at:%d/%m/%Y}; "
                "this puts them back"
            )
    return warnings


def _beside(path: Path) -> Path:
    """A name beside the file that nothing has yet, so that nobody's corrections are written over."""
    whole = path.resolve()
    stem = (whole.name if whole.is_dir() else whole.stem).split(MARK)[0] + MARK
    names = (f"{stem}.xlsx" if number == 1 else f"{stem}-{number}.xlsx" for number in count(1))
    return next(whole.parent / name for name in names if not (whole.parent / name).exists())


def _give_back(directory: Directory, path: Path) -> Path:
    try:
        write_rejected(directory.rejected, path)
    except OSError as error:
        refuse(
            f"The rows to put right cannot be written: {error}. Say where with --rejected. Nothing changed."
        )
    return path


def _show(found: Found) -> None:
    difference, rejected = found.difference, found.directory.rejected
    _list("note", found.warnings)
    # What is absent comes before what would change, so that it pushes nothing off the screen.
    _list("absent", [_tell(row) for row in difference.absent])
    _list("new", [_tell(row) for row in difference.new])
    _list("changed", [str(changed) for changed in difference.changed])
    _list("not in", [str(given) for given in rejected])
    if difference.is_empty:
        click.echo("Nothing to change.")


def _close(found: Found, written: Path | None, done: bool) -> None:
    if done:
        click.echo("Done.")
    if written is not None:
        click.echo(f"{_count(found)} in {written}, each with what to put right; import it again then.")


def _count(found: Found) -> str:
    return counted(len(found.directory.rejected), "row is", "rows are")


def _list(what: str, lines: Sequence[str]) -> None:
    for line in lines[:SHOWN]:
        click.echo(f"  {what:<8} {line}")
    if len(lines) > SHOWN:
        click.echo(f"  {what:<8} … and {len(lines) - SHOWN} more")


def _tell(row: Row) -> str:
    if isinstance(row, SeatRow):
        return f"{describe(row)}: {f'{row.name} <{row.email}>' if row.email else 'vacant'}"
    return describe(row)


def _question(difference: Difference, remove_absent: bool) -> str:
    told = f"{len(difference.new)} new, {len(difference.changed)} changed"
    if difference.absent:
        ending = "to be removed" if remove_absent else "left as they are"
        told += f", {len(difference.absent)} absent {ending}"
    return f"{told}. Go ahead?"


async def _enter(
    house: House, begin: Callable[[Session], Import], difference: Difference, remove_absent: bool
) -> None:
    rows = len(difference.new) + len(difference.changed)
    rows += len(difference.absent) if remove_absent else 0
    with click.progressbar(length=rows, label="Bringing in", file=sys.stderr) as bar:

        def write(session: Session) -> None:
            bring_in(begin(session), difference, remove_absent=remove_absent, step=lambda: bar.update(1))

        await house.database.write(write)


def _document(found: Found, written: Path | None, done: bool) -> dict[str, object]:
    return {
        "new": [_tell(row) for row in found.difference.new],
        "changed": [str(changed) for changed in found.difference.changed],
        "absent": [_tell(row) for row in found.difference.absent],
        "warnings": list(found.warnings),
        "rejected": [str(row) for row in found.directory.rejected],
        "rejected_file": written,
        "done": done,
    }
