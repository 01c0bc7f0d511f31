"""`cascade helplines`: the numbers that pages show to whoever needs help, and when each was last checked."""

from collections.abc import Mapping
from datetime import date

import click

from bot.asking.page_words import PageWords, find_page_words
from bot.asking.standby import watch
from bot.cli.actor import name_actor, require_office
from bot.cli.named import find_board
from bot.cli.options import Words, as_option, board_option, json_option, refuse, show_json, with_house
from bot.cli.table import lay_out, say_day, wrap
from bot.wiring import House
from messages.writing.commands import name_board
from store.database import Session
from store.decision import note
from store.people.board import Board
from store.surveying import helpline
from store.surveying.helpline import Audience, Helpline
from surveys.helplines import shipped
from surveys.open.opening import Unsigned
from surveys.phrases import ENGLISH
from surveys.tongues.page_words import PAGES
from surveys.tongues.tongue import find_tongue


@click.group("helplines")
def keep_helplines() -> None:
    """Keep the numbers that survey pages show; each has to be checked again every 90 days."""


@keep_helplines.command("list")
@board_option
@json_option
@with_house
async def list_helplines(house: House, slug: str | None, as_json: bool) -> None:
    """List a board's numbers.

    --json prints a list of key, name, number, hours, audience, source, last_checked (null: never) and is_due.
    """
    today = (await house.clock.now()).astimezone(house.identity.zone).date()
    found = await house.database.read(lambda session: _all(session, find_board(session, slug)))
    told = [
        {
            "key": one.key,
            "name": one.name.get(ENGLISH, one.key),
            "number": one.number,
            "hours": _hours(one),
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
    heads = ("Key", "Name", "Number", "Hours", "For", "Last checked")
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

    def write(session: Session) -> list[str]:
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
        return [_ask_hours(known[key]) for key in keys if not _hours(known[key])]

    without = await house.database.write(write)
    if as_json:
        show_json({"keys": list(keys), "on": today})
    else:
        click.echo(f"Checked on {say_day(today)}: {', '.join(keys)}.")
    if without:
        told = f"No hours are shown for {', '.join(without)}. Once you know them:"
        click.echo(f"{told} {name_board('cascade helplines set KEY --hours TEXT', slug)}", err=True)


@keep_helplines.command("set")
@click.argument("key", metavar="KEY")
@click.option("--number", type=Words(40), help="As people dial it.")
@click.option("--name", type=Words(200), help="What it is called, in English.")
@click.option("--note", "told", type=Words(300), help="A few words beside it, in English.")
@click.option("--hours", type=Words(200), help="When somebody answers, in English.")
@click.option(
    "--for",
    "audience",
    type=click.Choice([one.value for one in Audience]),
    help="Whom it is for; a new one is for all.",
)
@click.option("--source", type=Words(300), help="Where the number was read.")
@board_option
@as_option
@json_option
@with_house
async def set_helpline(
    house: House,
    key: str,
    number: str | None,
    name: str | None,
    told: str | None,
    hours: str | None,
    audience: str | None,
    source: str | None,
    slug: str | None,
    email: str | None,
    as_json: bool,
) -> None:
    """Set a number of the board's own, such as front_door, or change one there is: what is not said stays.

    A changed number is to be checked anew, and new words to be translated: the commands are printed. --json
    prints key, number and commands.
    """
    by, now = name_actor(house, email), await house.clock.now()
    said = {"number": number, "audience": audience and Audience(audience), "source": source}
    words = {"name": name, "note": told, "hours": hours}

    def write(session: Session) -> tuple[str, list[Unsigned]]:
        owner = find_board(session, slug)
        require_office(session, owner.id, by)
        known = next((one for one in _all(session, owner) if one.key == key), None)
        if known is None and not (number and name):
            refuse(f"There is no number {key!r} yet: say its --number and its --name.")
        before = find_page_words(session, owner.id)
        kept = _set(session, owner, key, known, said, words)
        note(session, now, "helpline set", f"{key}: {kept.number}", by, board_id=owner.id)
        watch(session, now, house.identity.zone)
        return kept.number, _lost(before, find_page_words(session, owner.id))

    dialled, unsigned = await house.database.write(write)
    commands = list(dict.fromkeys(name_board(each, slug) for one in unsigned for each in one.commands))
    if as_json:
        show_json({"key": key, "number": dialled, "commands": commands})
        return
    click.echo(name_board(f"{key} is {dialled} now. Ring it, then: cascade helplines check {key}", slug))
    if unsigned:
        names = ", ".join(f"{find_tongue(one.language).name} ({one.language})" for one in unsigned)
        said_so = (
            f"Its words are new: families are not offered {names} until what stands around the questions is "
            "translated again and signed:"
        )
        click.echo(wrap(said_so, ""))
    for command in commands:
        click.echo(f"  {command}")


def _set(
    session: Session,
    owner: Board,
    key: str,
    known: Helpline | None,
    said: Mapping[str, str | None],
    words: Mapping[str, str | None],
) -> Helpline:
    """Keep a number with what was said of it now, and what was known where nothing was."""
    settings = {name: value or getattr(known, name, None) for name, value in said.items()}
    texts = {}
    for name, text in words.items():
        there = dict(getattr(known, name, None) or {})
        # What other languages say is a translation of the words there were, and of no others.
        texts[name] = there if text is None or there.get(ENGLISH) == text else {ENGLISH: text}
    return helpline.keep(
        session,
        owner.id,
        key,
        str(settings["number"]),
        texts["name"],
        note=texts["note"],
        hours=texts["hours"],
        audience=Audience(settings["audience"] or Audience.ALL),
        source=settings["source"] or "",
        position=(known.position if known else 0) or 0,
    )


def _lost(before: PageWords, after: PageWords) -> list[Unsigned]:
    """The languages in which words are to be translated now that were not there before."""
    return [
        Unsigned(PAGES, tag, is_whole=False)
        for tag in after.translations
        if set(after.lacks(tag)) - set(before.lacks(tag))
    ]


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


def _row(one: Helpline, today: date) -> tuple[str, ...]:
    checked = say_day(one.last_checked_on) if one.last_checked_on else "never"
    due = "" if helpline.is_checked(one.last_checked_on, today) else ", due"
    return (
        one.key,
        one.name.get(ENGLISH, one.key),
        one.number,
        _hours(one) or "not said",
        Audience(one.audience).value,
        f"{checked}{due}",
    )


def _ask_hours(one: Helpline) -> str:
    """A number whose hours nobody has said, with where they may be read."""
    return f"{one.key} (see {one.source})" if one.source else one.key


def _hours(one: Helpline) -> str:
    """When somebody answers, in English; empty where nobody has said so."""
    return str((one.hours or {}).get(ENGLISH, ""))
