"""`cascade why`: for any person, everything that happened or did not, with its reason."""

import click

from bot.cli.named import find_campaign, find_person
from bot.cli.options import json_option, show_json, with_house
from bot.cli.table import say_moment, wrap
from bot.wiring import House
from messages.chasing.explain import Account, explain
from store.database import Session
from store.people.person import Person, email_of


@click.command()
@click.argument("person", metavar="PERSON")
@click.argument("slug", metavar="[CAMPAIGN]", required=False)
@json_option
@with_house
async def why(house: House, person: str, slug: str | None, *, as_json: bool) -> None:
    """Tell every decision around PERSON, in order, with its reason; for one CAMPAIGN, or for all.

    PERSON is an address or a name. Where several share the name they are listed: give the address.

    \b
    --json keys: person, address, lines, nothing
      lines: at, about (the ask's reference or the campaign), what, reason, by
      nothing: campaign, reason (campaigns that have not written to this person)
    """

    def read(session: Session) -> tuple[Person, str, Account]:
        wanted = find_campaign(session, slug) if slug else None
        meant = find_person(session, person)
        address = email_of(session, meant.id)
        return meant, address.value if address else "", explain(session, meant, wanted)

    meant, address, account = await house.database.read(read)
    zone = house.identity.zone
    if as_json:
        lines = [
            {
                "at": line.at.astimezone(zone).isoformat(),
                "about": line.about,
                "what": line.what,
                "reason": line.reason,
                "by": line.by,
            }
            for line in account.lines
        ]
        nothing = [{"campaign": one.slug, "reason": one.reason} for one in account.absences]
        show_json({"person": meant.name, "address": address or None, "lines": lines, "nothing": nothing})
        return
    click.echo(f"{meant.name} <{address or 'no address'}>")
    for line in account.lines:
        about = f"{line.about}  " if line.about else ""
        click.echo(wrap(f"{say_moment(line.at, zone)}  {about}{line.what}, by {line.by}"))
        if line.reason:
            click.echo(wrap(line.reason, "      "))
    for absence in account.absences:
        click.echo(wrap(f"{absence.slug}: no letter so far: {absence.reason}."))
    if not account.lines and not account.absences:
        click.echo("  Nothing was sent or decided.")
