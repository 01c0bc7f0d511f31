"""`cascade hold`, `extend` and `hand-over`: what a coordinator grants about one ask."""

from datetime import date
from uuid import UUID

import click

from bot.cli.actor import name_actor, require_office
from bot.cli.named import find_ask, find_ask_or_agency, find_board
from bot.cli.options import Day, Words, as_option, json_option, refuse, show_json, with_house
from bot.directory.addresses import BadAddress, normalise_address
from bot.wiring import House
from messages.changes import handing_over, more_time, resting
from messages.changes.extensions import Decider
from store.asking import hold
from store.asking.ask import Ask
from store.asking.extension import Extension
from store.database import Session
from store.people import person

#: Characters of who has decided that are kept.
LONGEST_NAMED = 320


@click.command("hold")
@click.argument("named", metavar="ASK|AGENCY")
@click.option("--until", type=Day(), help="The last day of the rest.")
@click.option("--because", type=Words(), metavar="TEXT", help="Why it rests; shown to whoever asks.")
@click.option("--lift", is_flag=True, help="End the rest now.")
@click.option("--board", "slug", metavar="SLUG", help="For an agency of several boards.")
@as_option
@json_option
@with_house
async def hold_ask(
    house: House,
    named: str,
    until: date | None,
    because: str | None,
    lift: bool,
    slug: str | None,
    email: str | None,
    as_json: bool,
) -> None:
    """Let one ask (wren-27), or all that an agency owes, rest until a day; or end that rest.

    The debt and its due date stay. --json prints named, until and lifted.
    """
    by, now = name_actor(house, email), await house.clock.now()
    today = now.astimezone(house.identity.zone).date()
    if not lift and (until is None or not because):
        raise click.UsageError("Say --until DATE and --because TEXT, or --lift.")
    if until is not None and until < today:
        refuse(f"{until:%d/%m/%Y} is past: a rest ends today or later.")

    def write(session: Session) -> int:
        asked, agency_id, board_id = _target(session, named, slug)
        require_office(session, board_id, by)
        if until is not None and because and not lift:
            resting.hold(session, board_id, until, because, now, by, ask=asked, agency_id=agency_id)
            return 0
        whose = {"ask_id": asked.id} if asked else {"agency_id": agency_id}
        standing = hold.in_force(session, board_id, today, **whose)
        for one in standing:
            resting.lift(session, one, now, by)
        return len(standing) or refuse(f"{named} is not on hold.")

    lifted = await house.database.write(write)
    if as_json:
        show_json({"named": named, "until": until, "lifted": lifted})
    elif lift:
        click.echo(f"{named} rests no longer.")
    else:
        click.echo(f"{named} rests until {until:%d/%m/%Y}, that day included: {because}")


@click.command("extend")
@click.argument("reference", metavar="ASK")
@click.option("--days", type=click.IntRange(1, more_time.LONGEST), help="Working days.")
@click.option("--decline", is_flag=True, help="Give none: the request that waits is turned down.")
@click.option("--because", required=True, type=Words(), metavar="TEXT", help="Why; kept with the ask.")
@click.option(
    "--decided-by", "chair", type=Words(100), metavar="NAME", help="The chair whose decision it is."
)
@as_option
@json_option
@with_house
async def extend_ask(
    house: House,
    reference: str,
    days: int | None,
    decline: bool,
    because: str,
    chair: str | None,
    email: str | None,
    as_json: bool,
) -> None:
    """Give an ASK (wren-27) more working days, or decline the request that waits for a decision.

    Days count from the due date, or from today where that is past; the first due date stays on record. Where
    a chair decides, as about a management report, --decided-by says who did.
    --json prints ask, original_due, due_before, due and granted.
    """
    if decline == (days is not None):
        raise click.UsageError("Say either --days N or --decline.")
    by, now = name_actor(house, email), await house.clock.now()
    zone = house.identity.zone

    def write(session: Session) -> tuple[Ask, Extension]:
        asked = _mine(session, reference, by)
        decider = more_time.who_would_decide(session, asked, days or 1, now, zone)
        if decider.is_chair is not bool(chair):
            refuse(f"{reference}: {_say_decider(decider)}.")
        whose = f"{chair}, {decider} (kept by {by})"[:LONGEST_NAMED] if chair else by
        if days is None:
            decided = more_time.turn_down(session, asked, because, now, whose)
        else:
            decided = more_time.extend(session, asked, days, because, now, whose, zone)
        return asked, decided if isinstance(decided, Extension) else refuse(f"{reference}: {decided}")

    asked, given = await house.database.write(write)
    if as_json:
        show_json(
            {
                "ask": reference,
                "original_due": asked.original_due_on,
                "due_before": given.due_before,
                "due": asked.due_on,
                "granted": not decline,
            }
        )
    elif decline:
        click.echo(
            f"{reference} stays due on {asked.due_on:%d/%m/%Y}: the page for more time says so, and they "
            "may ask again."
        )
    else:
        click.echo(
            f"{reference} is due on {given.due_after:%d/%m/%Y} instead of {given.due_before:%d/%m/%Y}; "
            f"at first it was {asked.original_due_on:%d/%m/%Y}."
        )


def _say_decider(decider: Decider) -> str:
    """Why a chair has to be named, or has not."""
    if decider.is_chair:
        return f"{decider} decides about more time here: say who did with --decided-by NAME"
    return "no chair decides about more time here: leave --decided-by out"


@click.command("hand-over")
@click.argument("reference", metavar="ASK")
@click.option("--to", "taker", required=True, metavar="EMAIL", help="The colleague's address.")
@click.option("--name", type=Words(200), help="What they are called; needed for somebody new.")
@as_option
@json_option
@with_house
async def hand_over(
    house: House, reference: str, taker: str, name: str | None, email: str | None, as_json: bool
) -> None:
    """Let a colleague answer an ASK (wren-27) for the agency; they get a letter about it.

    --json prints ask, to and name.
    """
    by, now = name_actor(house, email), await house.clock.now()
    address = normalise_address(taker)
    if isinstance(address, BadAddress):
        refuse(f"--to: {address.reason}.")

    def write(session: Session) -> str:
        asked = _mine(session, reference, by)
        known = _find_name(session, address, name)
        found = handing_over.hand_over(session, asked, None, known, address, now, by)
        return refuse(f"{reference}: {found}") if isinstance(found, str) else found.name

    called = await house.database.write(write)
    if as_json:
        show_json({"ask": reference, "to": address, "name": called})
    else:
        click.echo(f"{reference} rests with {called} now; a letter goes to {address}.")


def _find_name(session: Session, address: str, name: str | None) -> str:
    """What the person at an address is called; ends the command where nobody has said."""
    known = person.by_address(session, address)
    if known is not None:
        return known.name
    return name or refuse(f"{address} is new here: say what they are called with --name.")


def _target(session: Session, named: str, slug: str | None) -> tuple[Ask | None, UUID | None, UUID]:
    """The ask, or else the agency, and the board whose it is."""
    found = find_ask_or_agency(session, named)
    if isinstance(found, Ask):
        return found, None, found.board_id
    return None, found.id, find_board(session, slug).id


def _mine(session: Session, reference: str, by: str) -> Ask:
    asked = find_ask(session, reference)
    require_office(session, asked.board_id, by)
    return asked
