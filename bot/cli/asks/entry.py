"""`cascade record entry`: the pages on which somebody of the board types in what an agency answered."""

from uuid import UUID

import click

from bot.cli.actor import name_actor, require_office
from bot.cli.asks.recording import came_option
from bot.cli.named import find_ask, find_person
from bot.cli.options import as_option, json_option, refuse, show_json, with_house
from bot.wiring import House
from messages.proof.links import Purpose, two_digits
from store.answers import response
from store.answers.inbound import Source
from store.database import Session
from surveys.answering.intake import form_of

PURPOSES = {Source.TELEPHONE: Purpose.ENTER_TELEPHONE, Source.PAPER: Purpose.ENTER_PAPER}


@click.command("entry")
@click.argument("reference", metavar="ASK")
@came_option
@as_option
@json_option
@with_house
async def show_entry(house: House, reference: str, came: str, email: str | None, as_json: bool) -> None:
    """Show where to type in the answer to an ASK (wren-27) that came on paper or by telephone.

    The address is yours alone and holds while you act for the board; what is sent there is kept as typed in
    by you. --json prints ask, address and digits.
    """
    by = name_actor(house, email)

    def read(session: Session) -> tuple[UUID, UUID, int]:
        asked = find_ask(session, reference)
        require_office(session, asked.board_id, by)
        if not asked.state.takes_answers:
            refuse(f"{reference} is {asked.state.value}: it takes no answer now.")
        form = form_of(session, asked)
        if form.privacy == "anonymous":
            refuse(
                f"“{form.title}” is answered without a name, so nobody types it in for an agency by name: "
                "use its code, see `cascade code list`."
            )
        if form.privacy == "coded" and response.current(session, asked.id) is not None:
            refuse(
                f"{reference} is answered already, and what was said under a code is shown to nobody else."
            )
        return asked.id, find_person(session, by).id, asked.generation

    ask_id, person_id, generation = await house.database.read(read)
    address = house.identity.entry_link(ask_id, person_id, PURPOSES[Source(came)], generation)
    digits = two_digits(house.identity.keyring, ask_id, person_id, generation)
    if as_json:
        show_json({"ask": reference, "address": address, "digits": digits})
    else:
        click.echo(f"Type it in at {address}")
        click.echo(f"Where two digits are asked for, they are {digits}.")
