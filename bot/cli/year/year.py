"""`cascade year`: the returns of a year as a calendar, turned on and off, and moved to other days."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import click

from bot.asking.year import move, who_is_asked
from bot.cli.actor import name_actor, require_office
from bot.cli.named import find_board, suggest
from bot.cli.options import Day, as_option, board_option, json_option, refuse, show_json, with_house
from bot.cli.table import lay_out, say_day
from bot.cli.year.catalogue import WHO
from bot.cli.year.turned import turn_off, turn_on
from bot.cli.year.typed import YEAR
from bot.wiring import House
from messages.catalogue.board_year import say_year, year_of
from messages.catalogue.return_kind import catalogue
from messages.letters.counted import counted
from messages.writing.commands import name_board
from store.asking import year
from store.asking.campaign import Campaign
from store.asking.year import EntryState, YearEntry
from store.database import Session
from store.people import board
from store.people.agency import members
from store.people.board import Board


class _Calendar(click.Group):
    """Shows the year where none of its commands is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read `cascade year 2026/27` as `cascade year show 2026/27`."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group("year", cls=_Calendar)
def keep_year() -> None:
    """Show the returns of a YEAR (2026/27) as a calendar, turn them on or off, and move their days.

    Without a command the year is shown, this one unless another is named. A year of the board runs from
    September to August.
    """


keep_year.add_command(turn_on)
keep_year.add_command(turn_off)


@keep_year.command("show")
@click.argument("of", metavar="[YEAR]", type=YEAR, required=False)
@board_option
@json_option
@with_house
async def show_year(house: House, of: int | None, slug: str | None, *, as_json: bool) -> None:
    """Show the returns of a YEAR month by month: when each opens and is due, for whom, and how it stands.

    \b
    --json keys: board, year, begins, ends, entries, not_turned_on.
      entries: entry, return, title, group, agencies (how many are asked), opens, due, due_days (null where
               all share the day), state, campaign, provisional, why
    """
    zone = house.identity.zone
    today = (await house.clock.now()).astimezone(zone).date()
    chosen = year_of(today) if of is None else of

    def read(session: Session) -> tuple[Board, str, list[dict[str, object]], list[str]]:
        owner = find_board(session, slug)
        everybody = members(session, owner.id)
        told = []
        for entry in year.of_year(session, owner.id, chosen):
            made = session.get(Campaign, entry.campaign_id) if entry.campaign_id else None
            asked = sum(who_is_asked(one, entry) for one in everybody) if entry.playbook else 0
            told.append(_to_json(entry, made, asked))
        turned = year.turned_on(session, owner.id, chosen)
        off = [one.key for one in catalogue() if one.is_planned and one.key not in turned]
        return owner, board.slug_to_say(session, owner.id), told, off

    owner, said, entries, off = await house.database.read(read)
    if as_json:
        span = {"begins": date(chosen, 9, 1), "ends": date(chosen + 1, 8, 31)}
        whole = {"board": owner.slug, "year": say_year(chosen), **span, "entries": entries}
        show_json(whole | {"not_turned_on": off})
    else:
        _show(owner, chosen, entries, off, said)


@keep_year.command("move")
@click.argument("named", metavar="ENTRY")
@click.option("--opens", "opens_on", type=Day(), metavar="DATE", help="The day on which it is asked.")
@click.option("--due", "due_on", type=Day(), metavar="DATE", help="The day by which all answer.")
@as_option
@json_option
@with_house
async def move_entry(
    house: House,
    named: str,
    opens_on: date | None,
    due_on: date | None,
    email: str | None,
    as_json: bool,
) -> None:
    """Move the days of an ENTRY (tna-2026-schools) that is not launched yet.

    What is due a number of working days after its opening moves with it, unless --due gives a day for all.
    One that was turned off because its day was past has its day again. --json: entry, opens, due, due_days.
    """
    if opens_on is None and due_on is None:
        raise click.UsageError("Say --opens DATE, --due DATE, or both.")
    by, now = name_actor(house, email), await house.clock.now()
    zone = house.identity.zone

    def write(session: Session) -> YearEntry:
        entry = find_entry(session, named)
        require_office(session, entry.board_id, by)
        refusal = move(session, entry, opens_on, due_on, now, zone, by)
        return refuse(f"{entry.slug} stays as it is. {refusal}") if refusal else entry

    entry = await house.database.write(write)
    if as_json:
        show_json(
            {"entry": entry.slug, "opens": entry.opens_on, "due": entry.due_on, "due_days": entry.due_days}
        )
    else:
        click.echo(f"{entry.slug} opens on {say_day(entry.opens_on)} and is due on {_say_due(entry)}.")


def find_entry(session: Session, named: str) -> YearEntry:
    """The entry of this short name; ends the command where there is none."""
    found = year.by_slug(session, named)
    if found is None:
        known = sorted(year.entry_slugs(session))
        refuse(f"There is no entry {named!r} in any year{suggest(named, known)}")
    return found


def _say_due(entry: YearEntry) -> str:
    if entry.due_days is None:
        return say_day(entry.due_on)
    return f"{say_day(entry.due_on)} ({counted(entry.due_days, 'working day', 'working days')} for each)"


def _to_json(entry: YearEntry, made: Campaign | None, asked: int) -> dict[str, object]:
    return {
        "entry": entry.slug,
        "return": entry.return_key,
        "title": entry.title,
        "group": entry.asked_group,
        "agencies": asked,
        "opens": entry.opens_on,
        "due": entry.due_on,
        "due_days": entry.due_days,
        "state": entry.state.value,
        "campaign": made.slug if made else None,
        "provisional": entry.is_provisional,
        "why": entry.why or None,
    }


def _show(owner: Board, chosen: int, entries: Sequence[dict[str, object]], off: list[str], said: str) -> None:
    click.echo(f"{owner.name}, {say_year(chosen)}")
    if not entries:
        click.echo(
            name_board(
                f"Nothing is turned on yet. `cascade catalogue` lists what can be asked for; "
                f"`cascade year on {say_year(chosen)} tna section11` turns two returns on, and "
                f"`cascade year on {say_year(chosen)} --all` all that need no more to be said.",
                said,
            )
        )
        return
    for month, some in groupby(entries, key=lambda one: f"{one['opens']:%B %Y}"):
        click.echo(f"\n{month}")
        click.echo(lay_out(("Opens", "Due", "Entry", "What", "Whom", "State"), [_line(one) for one in some]))
    for one in entries:
        if one["why"] and one["state"] != EntryState.LAUNCHED.value:
            click.echo(f"\n{one['entry']}: {one['why']}")
    if off:
        click.echo(f"\nNot turned on: {', '.join(off)}.")
    click.echo(
        "\nAn entry moves by `cascade year move ENTRY --opens DATE`; once launched, by `cascade extend`."
    )


def _line(one: dict[str, object]) -> tuple[object, ...]:
    whom = WHO.get(str(one["group"]), one["group"])
    count = f" ({one['agencies']})" if one["agencies"] else ""
    mark = " (until term dates are there)" if one["provisional"] else ""
    day = f"{one['opens']:%a %d/%m}", f"{one['due']:%d/%m}"
    return (*day, one["entry"], one["title"], f"{whom}{count}", f"{one['state']}{mark}")
