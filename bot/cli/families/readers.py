"""`cascade readers`: who reads what people write in each language; without one, a language has no boxes."""

import click

from bot.cli.actor import name_actor, require_office
from bot.cli.named import find_board, read_address
from bot.cli.options import Words, as_option, board_option, json_option, refuse, show_json, with_house
from bot.cli.table import lay_out
from bot.wiring import House
from store.database import Session
from store.decision import note
from store.surveying import reader
from surveys.phrases import languages
from surveys.tongues.tongue import find_tongue


@click.command("readers")
@click.argument("language", metavar="[LANGUAGE]", required=False)
@click.argument("address", metavar="[EMAIL]", required=False)
@click.option("--name", type=Words(200), help="Who reads it: a person or an interpreting service.")
@click.option("--end", is_flag=True, help="They read it no longer.")
@board_option
@as_option
@json_option
@with_house
async def keep_readers(
    house: House,
    language: str | None,
    address: str | None,
    name: str | None,
    end: bool,
    slug: str | None,
    email: str | None,
    as_json: bool,
) -> None:
    """List who reads what families write, or name the reader of LANGUAGE (pl, ur, en …) at EMAIL.

    --json prints a list of language, name and email.
    """
    if bool(language) != bool(address):
        raise click.UsageError("Give both LANGUAGE and EMAIL, or neither to list the readers.")
    if language and address:
        await _change(house, language, address, name, slug, email, end=end)

    def read(session: Session) -> list[tuple[str, str, str]]:
        return [
            (one.language, one.name, one.email)
            for one in reader.of_board(session, find_board(session, slug).id)
        ]

    found = await house.database.read(read)
    if as_json:
        show_json([{"language": tag, "name": who, "email": at} for tag, who, at in found])
    elif found:
        rows = [(f"{find_tongue(tag).name} ({tag})", who, at) for tag, who, at in found]
        click.echo(lay_out(("Language", "Reader", "Email"), rows))
    else:
        click.echo(
            "Nobody is named: surveys of families in other languages than English leave out their boxes."
        )


async def _change(
    house: House,
    language: str,
    typed: str,
    name: str | None,
    slug: str | None,
    email: str | None,
    *,
    end: bool,
) -> None:
    by, now = name_actor(house, email), await house.clock.now()
    address = read_address(typed)
    if not language.partition("-")[0].isalpha() or len(language) > 20:
        refuse(f"{language!r} is no language; use a tag such as {', '.join(languages()[1:])}.")

    def write(session: Session) -> None:
        owner = find_board(session, slug)
        require_office(session, owner.id, by)
        if end:
            if not reader.drop(session, owner.id, language, address):
                refuse(f"{address} is not named as a reader of {language}.")
        elif name:
            reader.name_reader(session, owner.id, language, name, address)
        else:
            refuse("Say who reads it with --name.")
        what = f"{address} reads {language}{' no longer' if end else ''}"
        note(session, now, "reader", what, by, board_id=owner.id)

    await house.database.write(write)
