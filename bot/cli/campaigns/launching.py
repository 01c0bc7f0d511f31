"""`cascade launch` and `cascade top-up`: a campaign asks its agencies or people, and those new since."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from bot.asking.gate import find_rest, plan_whole
from bot.asking.launching import carry_out, make_asks
from bot.cli.actor import name_actor, require_office
from bot.cli.campaigns.bookings import encoding_option, find_bookings, keep_people, people_option
from bot.cli.campaigns.gate import refuse_for
from bot.cli.named import find_campaign
from bot.cli.options import agree, as_option, json_option, refuse, show_json, with_house, yes_option
from bot.wiring import House
from messages.launching import launch
from messages.launching.plan import Plan
from messages.letters.counted import counted
from store.asking.campaign import Campaign, CampaignState
from store.database import Session
from store.people import booking
from store.people.agency import members
from surveys.open import anonymous


@click.command("launch")
@click.argument("slug", metavar="CAMPAIGN")
@as_option
@yes_option
@json_option
@with_house
async def launch_campaign(house: House, slug: str, email: str | None, yes: bool, as_json: bool) -> None:
    """Ask every agency of a CAMPAIGN's audience, or everybody booked; a launch cut off is taken up again.

    Refused while `cascade plan` lists an error. --json prints campaign, asked and members.
    """
    by, now = name_actor(house, email), await house.clock.now()
    wanted, made = await house.database.read(lambda session: _plan(session, house, slug, by, now))
    if made.errors:
        refuse_for(f"{slug} is not launched", slug, made.errors)
    agree(f"Launch {slug}, {wanted.title}: {_say_plan(wanted, made)} Go ahead?", yes=yes)
    zone = house.identity.zone
    with _count(made.members) as tick:
        asked = await carry_out(house.database, zone, wanted.id, now, by, tick)
    rest = await house.database.read(
        lambda session: find_rest(session, session.get_one(Campaign, wanted.id), now, zone)
    )
    if as_json:
        show_json({"campaign": slug, "asked": asked, "members": made.members})
    elif made.members:
        click.echo(f"{slug} is live: {_say_asked(asked, wanted)} asked. `cascade status {slug}` follows it.")
    else:
        opens = "" if made.notes else f" `cascade code make {slug} --setting NAME` opens it to a setting."
        click.echo(f"{slug} is live.{opens}")
        for note in made.notes:
            click.echo(f"Note: {note}.")
    if rest:
        click.echo(rest, err=as_json)


@click.command("top-up")
@click.argument("slug", metavar="CAMPAIGN")
@people_option
@encoding_option
@as_option
@json_option
@with_house
async def top_up(
    house: House, slug: str, people: Path | None, encoding: str | None, email: str | None, as_json: bool
) -> None:
    """Ask the agencies that joined since the launch of a CAMPAIGN, or the people booked since.

    --people adds a list to a campaign that asks people by name; who is booked already is left as they are.
    Refused once all answers without a name were told: one more could be told from the difference.
    --json prints campaign and asked.
    """
    by, now = name_actor(house, email), await house.clock.now()
    listed = find_bookings(people, encoding)

    def begin(session: Session) -> tuple[Campaign, int]:
        wanted = find_campaign(session, slug)
        require_office(session, wanted.board_id, by)
        if wanted.state is not CampaignState.LIVE:
            refuse(f"{slug} is {wanted.state.value}, so nobody can be added: only a live campaign asks.")
        if listed and not wanted.is_personal:
            refuse(f"{slug} asks agencies and no list of people: leave --people out.")
        _require_untold(session, wanted)
        keep_people(session, wanted, listed)
        launch.begin(session, wanted, now)
        if wanted.is_personal:
            return wanted, booking.count(session, wanted.id)
        return wanted, len(members(session, wanted.board_id))

    wanted, count = await house.database.write(begin)
    with _count(count) as tick:
        await make_asks(house.database, house.identity.zone, wanted.id, now, tick)
    asked = await house.database.write(
        lambda session: launch.top_up(session, session.get_one(Campaign, wanted.id), now, by)
    )
    if as_json:
        show_json({"campaign": slug, "asked": asked})
    elif not asked:
        click.echo("Nobody is new since." if wanted.is_personal else "Nobody has joined since.")
    elif wanted.is_personal:
        click.echo(f"{counted(asked, 'person booked since is', 'people booked since are')} asked now.")
    else:
        told = counted(asked, "agency that joined since is", "agencies that joined since are")
        click.echo(f"{told} asked now.")


def _require_untold(session: Session, wanted: Campaign) -> None:
    """End the command where one answer more could be told from what was told before."""
    for step in anonymous.find_ended(session, wanted.id):
        refuse(
            f"{wanted.slug} asks nobody else: every answer to “{step.title}” without a name was told on "
            f"{step.told_whole_on:%d/%m/%Y}, so one more could be told from the difference. Nothing was "
            "changed: ask those who are new with a campaign of their own (`cascade new`)."
        )


def _plan(session: Session, house: House, slug: str, by: str, now: datetime) -> tuple[Campaign, Plan]:
    wanted = find_campaign(session, slug)
    require_office(session, wanted.board_id, by, manager=wanted.is_urgent)
    return wanted, plan_whole(session, wanted, now, house.identity)


def _say_plan(wanted: Campaign, made: Plan) -> str:
    if not made.members:
        return "no letter goes, and whoever has a code can answer."
    urgent = f" Urgent, so letters go at any hour: {wanted.urgent_reason}." if wanted.is_urgent else ""
    letters = f"{counted(len(made.first), 'first letter')} to {made.asked} of {_say_members(made)}"
    return f"{letters}; gaps that stop nothing: {len(made.gaps)}.{urgent}"


def _say_members(made: Plan) -> str:
    who = ("person", "people") if made.by_booking else ("agency", "agencies")
    return counted(made.members, *who)


def _say_asked(asked: int, wanted: Campaign) -> str:
    if wanted.is_personal:
        return counted(asked, "person is", "people are")
    return counted(asked, "agency is", "agencies are")


@contextmanager
def _count(places: int) -> Iterator[Callable[[int], None]]:
    """Show how far the asking has come, chunk by chunk."""
    with click.progressbar(length=places, label="Asking", file=sys.stderr) as bar:
        yield lambda some: bar.update(min(some, places - bar.pos))
