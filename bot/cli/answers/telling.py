"""`cascade record told-us`: something that an agency tells of its own accord, typed in by the office."""

from uuid import UUID, uuid4

import click

from bot.cli.actor import name_actor, require_office
from bot.cli.asks.entry import PURPOSES
from bot.cli.asks.recording import came_option
from bot.cli.named import find_agency, find_board, find_person
from bot.cli.options import as_option, board_option, json_option, refuse, show_json, with_house
from bot.hearing.telling import begin_telling
from bot.wiring import House
from messages.proof.links import two_digits
from store.answers.inbound import Source
from store.asking.campaign import Campaign
from store.database import Session
from store.people import agency


@click.command("told-us")
@click.option("--agency", "named", required=True, metavar="NAME", help="Which agency tells it.")
@came_option
@board_option
@as_option
@json_option
@with_house
async def begin_told(
    house: House, named: str, came: str, slug: str | None, email: str | None, as_json: bool
) -> None:
    """Begin what an agency tells of an inspection, a review, an audit or a lesson of its own.

    Prints where to type it in, which is yours alone; until it is sent nobody waits for it. --json prints ask,
    address and digits.
    """
    by, now = name_actor(house, email), await house.clock.now()
    today = now.astimezone(house.identity.zone).date()

    def write(session: Session) -> tuple[str, UUID, UUID, int]:
        board, teller = find_board(session, slug), find_agency(session, named)
        require_office(session, board.id, by)
        if teller.id not in {one.id for one in agency.members(session, board.id)}:
            refuse(f"{teller.name} is no member of {board.name}.")
        begun = begin_telling(session, board.id, teller.id, uuid4().hex, now, today, by)
        reference = f"{session.get_one(Campaign, begun.campaign_id).slug}-{begun.number}"
        return reference, begun.id, find_person(session, by).id, begun.generation

    reference, ask_id, person_id, generation = await house.database.write(write)
    address = house.identity.entry_link(ask_id, person_id, PURPOSES[Source(came)], generation)
    digits = two_digits(house.identity.keyring, ask_id, person_id, generation)
    if as_json:
        show_json({"ask": reference, "address": address, "digits": digits})
    else:
        click.echo(f"{reference} is begun. Type it in at {address}")
        click.echo(f"Where two digits are asked for, they are {digits}.")
