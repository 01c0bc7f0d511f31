"""`cascade office`: who may act for a board, and who is addressed from the upper rungs."""

import click

from bot.cli.actor import name_actor, require_office
from bot.cli.named import find_board, find_or_add_person, read_address
from bot.cli.options import Words, as_option, board_option, json_option, refuse, show_json, with_house
from bot.wiring import House
from store.database import Session
from store.decision import note
from store.people import board, directory, person
from store.people.board import OfficeRole
from store.people.person import Person


@click.command("office")
@click.argument(
    "role", metavar="[ROLE]", required=False, type=click.Choice([one.value for one in OfficeRole])
)
@click.argument("address", metavar="[EMAIL]", required=False)
@click.option("--name", type=Words(200), help="What they are called; needed for somebody new.")
@click.option("--end", is_flag=True, help="They hold it no longer.")
@board_option
@as_option
@json_option
@with_house
async def keep_office(
    house: House,
    role: str | None,
    address: str | None,
    name: str | None,
    end: bool,
    slug: str | None,
    email: str | None,
    as_json: bool,
) -> None:
    """List the offices of a board, or give ROLE to the person at EMAIL.

    --json prints a list of role, name and email.
    """
    if bool(role) != bool(address):
        raise click.UsageError("Give both ROLE and EMAIL, or neither to list the offices.")
    if role and address:
        await _change(house, OfficeRole(role), address, name, slug, email, end=end)
    held = await house.database.read(lambda session: _list(session, slug))
    if as_json:
        show_json([{"role": one, "name": who.name, "email": at} for one, who, at in held])
    else:
        for one, who, at in held:
            click.echo(f"{one.replace('_', ' '):<18} {who.name} <{at}>")


async def _change(
    house: House,
    role: OfficeRole,
    typed: str,
    name: str | None,
    slug: str | None,
    email: str | None,
    *,
    end: bool,
) -> None:
    by, now = name_actor(house, email), await house.clock.now()
    address = read_address(typed)

    def write(session: Session) -> None:
        owner = find_board(session, slug)
        # Once there is a manager, only a manager makes another: the powers are meant to be two.
        strict = role is OfficeRole.MANAGER and bool(board.officers(session, owner.id, role))
        require_office(session, owner.id, by, manager=strict)
        who = find_or_add_person(session, address, None if end else name)
        if end:
            if board.officers(session, owner.id, role) == [who.id] and role is OfficeRole.COORDINATOR:
                refuse(f"{who.name} is the only coordinator: name another one first.")
            directory.end_office(session, owner.id, who.id, role)
        else:
            directory.keep_office(session, owner.id, who.id, role)
        what = f"{who.name} is {'no longer ' if end else ''}{role.value.replace('_', ' ')}"
        note(session, now, "office", what, by, board_id=owner.id, person_id=who.id)

    await house.database.write(write)


def _list(session: Session, slug: str | None) -> list[tuple[str, Person, str]]:
    owner = find_board(session, slug)
    found = []
    for role in OfficeRole:
        for person_id in board.officers(session, owner.id, role):
            address = person.email_of(session, person_id)
            found.append((role.value, session.get_one(Person, person_id), address.value if address else ""))
    return found
