"""`cascade pause`, `resume` and `withdraw`: a campaign rests, goes on, or is called back."""

from datetime import datetime

import click

from bot.cli.actor import any_office, name_actor, require_office
from bot.cli.campaigns.gate import require_open
from bot.cli.named import find_campaign
from bot.cli.options import Words, agree, as_option, json_option, refuse, show_json, with_house, yes_option
from bot.wiring import House
from messages.launching import running
from messages.letters.counted import counted
from messages.letters.seat_words import say_seat
from messages.sending import heartbeat
from messages.sending.overdue import Overdue, list_overdue
from store import installation
from store.asking.campaign import Campaign, CampaignState
from store.database import Session


@click.command("pause")
@click.argument("slug", metavar="CAMPAIGN")
@as_option
@json_option
@with_house
async def pause_campaign(house: House, slug: str, email: str | None, as_json: bool) -> None:
    """Send nothing of a CAMPAIGN until it is resumed; answers are still taken. --json: campaign, state."""
    by, now = name_actor(house, email), await house.clock.now()

    def write(session: Session) -> None:
        wanted = _mine(session, slug, by)
        if not running.halt(session, wanted, now, by):
            refuse(f"{slug} is {wanted.state.value}: only a live campaign can be paused.")

    await house.database.write(write)
    _say(as_json, slug, "paused", f"{slug} is paused: nothing of it is sent until `cascade resume {slug}`.")


@click.command("resume")
@click.argument("slug", metavar="[CAMPAIGN]", required=False)
@as_option
@yes_option
@json_option
@with_house
async def resume_campaign(
    house: House, slug: str | None, email: str | None, yes: bool, as_json: bool
) -> None:
    """Let a paused CAMPAIGN go on; without one, let overdue work go on after a long stop.

    Of a live CAMPAIGN, first letters go once more that were refused by no fault of the address, or are in
    doubt. --json prints campaign and state, sent_again for a live one, or stopped, would_go and resumed.
    """
    by, now = name_actor(house, email), await house.clock.now()
    if slug is None:
        await _go_on(house, by, now, yes=yes, as_json=as_json)
        return

    def write(session: Session) -> int | None:
        wanted = _mine(session, slug, by)
        if wanted.state is CampaignState.PAUSED:
            require_open(session, wanted, now, house.identity.zone)
        again = running.send_again(session, wanted, now, house.identity.zone, by)
        if again == 0:
            refuse(f"{slug} is live, and none of its first letters waits to be sent again.")
        if again is None and not running.resume(session, wanted, now, by):
            refuse(f"{slug} is {wanted.state.value}: only a paused campaign can be resumed.")
        return again

    again = await house.database.write(write)
    if again is None:
        _say(as_json, slug, "live", f"{slug} goes on.")
    elif as_json:
        show_json({"campaign": slug, "state": "live", "sent_again": again})
    else:
        click.echo(f"{counted(again, 'first letter')} of {slug} will go once more.")


@click.command("withdraw")
@click.argument("slug", metavar="CAMPAIGN")
@click.option("--because", required=True, type=Words(), metavar="TEXT", help="Why it is called back.")
@as_option
@yes_option
@json_option
@with_house
async def withdraw_campaign(
    house: House, slug: str, because: str, email: str | None, yes: bool, as_json: bool
) -> None:
    """Call a CAMPAIGN back for good: nobody owes it any more. --json prints campaign, state, called_back."""
    by, now = name_actor(house, email), await house.clock.now()
    await house.database.read(lambda session: _mine(session, slug, by))
    agree(f"Call {slug} back for good? Its links stop working and nobody is asked any more.", yes=yes)

    def write(session: Session) -> int:
        wanted = _mine(session, slug, by)
        called_back = running.withdraw(session, wanted, because, now, by)
        return called_back if called_back is not None else refuse(f"{slug} is {wanted.state.value} already.")

    called_back = await house.database.write(write)
    if as_json:
        show_json({"campaign": slug, "state": "withdrawn", "called_back": called_back})
    else:
        click.echo(f"{slug} is called back; {counted(called_back, 'ask is', 'asks are')} owed no more.")


async def _go_on(house: House, by: str, now: datetime, *, yes: bool, as_json: bool) -> None:
    """Show what would go after a long stop, and go on when a person says yes."""

    def read(session: Session) -> tuple[str, list[Overdue]]:
        any_office(session, by)
        row = installation.row_or_none(session)
        if row is None or row.stopped_from is None:
            return "", []
        return str(row.stopped_from), list_overdue(session, now, house.identity.zone)

    stopped, waiting = await house.database.read(read)
    if not stopped:
        if as_json:
            show_json({"stopped": None, "would_go": [], "resumed": False})
        else:
            click.echo("Nothing waits for a yes: there was no long stop.")
        return
    if not as_json:
        click.echo(f"Nothing ran since {stopped}. These letters would go as soon as hours allow:")
        for one in waiting:
            reader = f"{one.person}, {say_seat(one.role, one.seat)}"
            click.echo(f"  {one.reference:<14} “{one.rung}” to {reader}, {one.agency}")
        click.echo(f"{counted(len(waiting), 'letter')} in all.")
    agree(f"Let {counted(len(waiting), 'letter')} go?", yes=yes)
    await house.database.write(lambda session: heartbeat.go_on(session, now, by))
    if as_json:
        show_json({"stopped": stopped, "would_go": [_document(one) for one in waiting], "resumed": True})
    else:
        click.echo("The work goes on.")


def _mine(session: Session, slug: str, by: str) -> Campaign:
    wanted = find_campaign(session, slug)
    require_office(session, wanted.board_id, by)
    return wanted


def _say(as_json: bool, slug: str, state: str, text: str) -> None:
    if as_json:
        show_json({"campaign": slug, "state": state})
    else:
        click.echo(text)


def _document(one: Overdue) -> dict[str, str]:
    return {
        "ask": one.reference,
        "agency": one.agency,
        "rung": one.rung,
        "role": one.role,
        "seat": one.seat,
        "person": one.person,
    }
