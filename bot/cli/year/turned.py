"""`cascade year on` and `off`: which returns a board asks for in a year."""

from dataclasses import dataclass, field

import click

from bot.asking.year import plan, turn_off_entry, wake
from bot.asking.year import turn_off as let_be
from bot.asking.year import turn_on as bring_in
from bot.cli.actor import name_actor, require_office
from bot.cli.campaigns.drafting import read_pairs
from bot.cli.named import find_agency, find_board
from bot.cli.options import Words, as_option, board_option, json_option, refuse, show_json, with_house
from bot.cli.year.catalogue import find_kind
from bot.cli.year.typed import YEAR
from bot.wiring import House
from messages.catalogue.board_year import say_year, year_of
from messages.catalogue.return_kind import ReturnKind, catalogue, find
from messages.letters.counted import counted
from store.asking import year
from store.asking.year import YearEntry
from store.database import Session
from store.decision import note
from store.people.board import Board
from surveys import library
from surveys.forms.filling import givens_of, placeholders_of


@dataclass(slots=True)
class Turned:
    """What became of what was named."""

    returns: list[str] = field(default_factory=list)
    entries: int = 0
    #: Returns that need more to be said, by key, and what.
    left: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be turned on; without names, everything."""

    named: tuple[str, ...]
    agencies: tuple[str, ...]
    values: dict[str, str]
    swapped: bool


@click.command("on")
@click.argument("of", metavar="YEAR", type=YEAR)
@click.argument("named", metavar="[RETURN]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every return that needs no more to be said.")
@click.option("--agency", "agencies", multiple=True, help="Ask only this agency; may be repeated.")
@click.option(
    "--set",
    "pairs",
    metavar="NAME=TEXT",
    multiple=True,
    type=Words(1600),
    help="Words for a place of its form, such as wanted=… for the dashboard; may be repeated.",
)
@click.option(
    "--other-year", "swapped", is_flag=True, help="Of two years that alternate, take the other's turn."
)
@board_option
@as_option
@json_option
@with_house
async def turn_on(
    house: House,
    of: int,
    named: tuple[str, ...],
    every: bool,
    agencies: tuple[str, ...],
    pairs: tuple[str, ...],
    swapped: bool,
    slug: str | None,
    email: str | None,
    as_json: bool,
) -> None:
    """Turn RETURNs on for a YEAR (2026/27): each is asked for on its days, by itself. May be run again.

    RETURN is a number or name of `cascade catalogue`, or an entry of the year that was turned off. What
    hangs on a lesson is laid down once the lesson has gone out. --json: year, returns, entries, left.
    """
    by, now = name_actor(house, email), await house.clock.now()
    zone = house.identity.zone
    today = now.astimezone(zone).date()
    if every == bool(named):
        raise click.UsageError("Say which RETURNs, or --all.")
    if of < year_of(today):
        refuse(f"{say_year(of)} is over: nothing was changed.")
    wish = _Wish(named, agencies, read_pairs(pairs), swapped)

    def write(session: Session) -> Turned:
        owner = find_board(session, slug)
        require_office(session, owner.id, by)
        done, entries = _bring_in(session, owner, of, wish)
        done.entries = plan(session, owner.id, of, today, zone)
        back = {one.slug for one in entries}
        for entry in year.of_year(session, owner.id, of):
            if entry.return_key in done.returns or entry.slug in back:
                wake(entry, today)
        what = ", ".join((*done.returns, *back))
        note(session, now, "year on", f"{say_year(of)}: {what}", by, board_id=owner.id)
        return done

    done = await house.database.write(write)
    if as_json:
        show_json({"year": say_year(of), "returns": done.returns, "entries": done.entries, "left": done.left})
        return
    click.echo(
        f"{counted(len(done.returns), 'return is', 'returns are')} on for {say_year(of)}; "
        f"{counted(done.entries, 'day is', 'days are')} new in its calendar."
    )
    click.echo(f"`cascade year show {say_year(of)}` shows it.")
    for key, why in done.left.items():
        click.echo(f"{key} was left off: it needs {why}.")


@click.command("off")
@click.argument("of", metavar="YEAR", type=YEAR)
@click.argument("named", metavar="RETURN...", nargs=-1, required=True)
@board_option
@as_option
@json_option
@with_house
async def turn_off(
    house: House, of: int, named: tuple[str, ...], slug: str | None, email: str | None, as_json: bool
) -> None:
    """Turn RETURNs, or single entries of a YEAR, off. What was launched goes on: `cascade withdraw` ends it.

    --json: year, off (the entries that will not be asked for).
    """
    by, now = name_actor(house, email), await house.clock.now()

    def write(session: Session) -> list[str]:
        owner = find_board(session, slug)
        require_office(session, owner.id, by)
        kinds, entries = _sort(session, owner, of, named)
        turned = year.turned_on(session, owner.id, of)
        for kind in kinds:
            if kind.key not in turned:
                refuse(f"{kind.key} is not turned on for {say_year(of)}. Nothing was changed.")
        why = f"turned off by {by}"
        done = [one for kind in kinds for one in let_be(session, owner.id, kind, of, why)]
        for entry in entries:
            if not turn_off_entry(session, entry, why):
                refuse(f"{entry.slug} is {entry.state.value} already. Nothing was changed.")
            done.append(entry.slug)
        note(session, now, "year off", f"{say_year(of)}: {', '.join(named)}", by, board_id=owner.id)
        return done

    done = await house.database.write(write)
    if as_json:
        show_json({"year": say_year(of), "off": done})
    else:
        click.echo(f"Off for {say_year(of)}: {', '.join(done) or 'no day was still to come'}.")


def _bring_in(session: Session, owner: Board, of: int, wish: _Wish) -> tuple[Turned, list[YearEntry]]:
    """Turn on what is wished for; ends the command where something that was named needs more to be said."""
    folded = [find_agency(session, one).folded for one in wish.agencies]
    turned = year.turned_on(session, owner.id, of)
    kinds, entries = _sort(session, owner, of, wish.named)
    chosen = kinds if wish.named else [one for one in catalogue() if one.is_planned]
    places = frozenset[str]().union(*map(_places, chosen))
    for name in wish.values.keys() - places:
        listed = f"those that can be given are: {', '.join(sorted(places))}" if places else "there is none"
        refuse(f"--set {name}: no form asked here has a place for it; {listed}. Nothing was changed.")
    done = Turned()
    for kind in chosen:
        has_names = folded or (kind.key in turned and turned[kind.key].agencies)
        if kind.wants_names and not has_names:
            done.left[kind.key] = "--agency NAME: the framework does not say who provides it"
            if wish.named:
                refuse(f"{kind.key} needs {done.left[kind.key]}. Nothing was changed.")
            continue
        known = {name: words for name, words in wish.values.items() if name in _places(kind)}
        bring_in(session, owner.id, kind, of, folded, known, swapped=wish.swapped)
        done.returns.append(kind.key)
    return done, entries


def _places(kind: ReturnKind) -> frozenset[str]:
    """What a board can put into the forms of a return that come with Cascade."""
    shipped = {one.form for one in kind.cadences} & set(library.keys())
    forms = [library.load(key) for key in shipped]
    return frozenset[str]().union(*(placeholders_of(one) | givens_of(one) for one in forms))


def _sort(
    session: Session, owner: Board, of: int, named: tuple[str, ...]
) -> tuple[list[ReturnKind], list[YearEntry]]:
    """What was named, returns and entries apart; ends the command for one that can be no part of a year."""
    kinds, entries = [], []
    for one in named:
        entry = year.by_slug(session, one)
        if find(one) is None and entry is not None and (entry.board_id, entry.year) == (owner.id, of):
            entries.append(entry)
            continue
        kind = find_kind(one)
        if kind.out_of_scope:
            refuse(f"{kind.id}, {kind.title}, is out of scope. {kind.out_of_scope} Nothing was changed.")
        if not kind.is_planned:
            refuse(f"{kind.id}, {kind.title}, has no day in the year. {kind.started} Nothing was changed.")
        kinds.append(kind)
    return kinds, entries
