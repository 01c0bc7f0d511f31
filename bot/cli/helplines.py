"""`cascade helplines`: the numbers that pages show to whoever needs help, and when each was last checked."""

from datetime import date

import click

from bot.cli.actor import name_actor, require_office
from bot.cli.named import find_board
from bot.cli.options import Words, as_option, board_option, json_option, refuse, show_json, with_house
from bot.cli.table import lay_out, say_day
from bot.standby import watch
from bot.wiring import House
from store.board import Board
from store.database import Session
from store.decision import note
from store.surveying import helpline
from store.surveying.helpline import Audience, Helpline
from surveys.helplines import shipped
from surveys.phrases import ENGLISH


@click.group("helplines")
def keep_helplines() -> None:
    """Keep the numbers that survey pages show; each has to be checked again every 90 days."""


@keep_helplines.command("list")
@board_option
@json_option
@with_house
async def list_helplines(house: House, slug: str | None, as_json: bool) -> None:
    """List a board's numbers.

    --json prints a list of key, name, number, audience, source, last_checked (null: never) and is_due.
    """
    today = (await house.clock.now()).astimezone(house.identity.zone).date()
    found = await house.database.read(lambda session: _all(session, find_board(session, slug)))
    told = [
        {
            "key": one.key,
            "name": one.name.get(ENGLISH, one.key),
            "number": one.number,
            "audience": Audience(one.audience).value,
            "source": one.source,
            "last_checked": one.last_checked_on,
            "is_due": not helpline.is_checked(one.last_checked_on, today),
        }
        for one in found
    ]
    if as_json:
        show_json(told)
        return
    heads = ("Key", "Name", "Number", "For", "Last checked")
    click.echo(lay_out(heads, [_row(one, today) for one in found]))


@keep_helplines.command("check")
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@board_option
@as_option
@json_option
@with_house
async def check_helplines(
    house: House, keys: tuple[str, ...], slug: str | None, email: str | None, as_json: bool
) -> None:
    """Write down that you have just rung each number, or read it at its source. --json prints keys and on."""
    by, now = name_actor(house, email), await house.clock.now()
    today = now.astimezone(house.identity.zone).date()

    def write(session: Session) -> None:
        owner = find_board(session, slug)
        require_office(session, owner.id, by)
        known = {one.key: one for one in _all(session, owner)}
        for key in keys:
            if key not in known:
                refuse(f"There is no number {key!r}; there are: {', '.join(known)}. Nothing was changed.")
        for key in keys:
            # The check is this board's: another board of the installation makes its own.
            own = _own(session, owner, known[key])
            helpline.check_off(session, own, today)
            note(session, now, "helpline checked", f"{key}: {own.number}", by, board_id=owner.id)
        watch(session, now, house.identity.zone)

    await house.database.write(write)
    if as_json:
        show_json({"keys": list(keys), "on": today})
    else:
        click.echo(f"Checked on {say_day(today)}: {', '.join(keys)}.")


@keep_helplines.command("set")
@click.argument("key", metavar="KEY")
@click.option("--number", required=True, type=Words(40), help="As people dial it.")
@click.option("--name", required=True, type=Words(200), help="What it is called, in English.")
@click.option("--note", "told", type=Words(300), default="", help="A few words beside it, in English.")
@click.option(
    "--for", "audience", type=click.Choice([one.value for one in Audience]), default="all", show_default=True
)
@click.option("--source", type=Words(300), default="", help="Where the number was read.")
@board_option
@as_option
@json_option
@with_house
async def set_helpline(
    house: House,
    key: str,
    number: str,
    name: str,
    told: str,
    audience: str,
    source: str,
    slug: str | None,
    email: str | None,
    as_json: bool,
) -> None:
    """Set a number of the board's own, such as front_door; a changed number is to be checked anew."""
    by, now = name_actor(house, email), await house.clock.now()

    def write(session: Session) -> None:
        owner = find_board(session, slug)
        require_office(session, owner.id, by)
        known = next((one for one in _all(session, owner) if one.key == key), None)
        # What other languages say is a translation of the words there were, and of no others.
        names = known.name if known and known.name.get(ENGLISH) == name else {ENGLISH: name}
        notes = known.note if known and known.note.get(ENGLISH) == told else {ENGLISH: told} if told else {}
        helpline.keep(
            session,
            owner.id,
            key,
            number,
            names,
            note=notes,
            audience=Audience(audience),
            source=source,
            position=known.position if known else 0,
        )
        note(session, now, "helpline set", f"{key}: {number}", by, board_id=owner.id)
        watch(session, now, house.identity.zone)

    await house.database.write(write)
    if as_json:
        show_json({"key": key, "number": number})
    else:
        click.echo(f"{key} is {number} now. Ring it, then: cascade helplines check {key}")


def _all(session: Session, owner: Board) -> list[Helpline]:
    """A board's numbers, and those that come with Cascade where it has none of their key."""
    found = helpline.shown(session, owner.id, Audience.ALL)
    known = {one.key for one in found}
    rest = (Helpline(board_id=None, **one) for one in shipped() if one["key"] not in known)
    return sorted([*found, *rest], key=lambda one: one.position or 0)


def _own(session: Session, owner: Board, known: Helpline) -> Helpline:
    """The board's own row of a number, made where it has used the one that comes with Cascade."""
    if known.board_id is not None:
        return known
    return helpline.keep(
        session,
        owner.id,
        known.key,
        known.number,
        known.name,
        note=known.note,
        audience=Audience(known.audience),
        hours=known.hours,
        source=known.source,
        position=known.position or 0,
    )


def _row(one: Helpline, today: date) -> tuple[str, str, str, str, str]:
    checked = say_day(one.last_checked_on) if one.last_checked_on else "never"
    due = "" if helpline.is_checked(one.last_checked_on, today) else ", due"
    return (
        one.key,
        one.name.get(ENGLISH, one.key),
        one.number,
        Audience(one.audience).value,
        f"{checked}{due}",
    )
