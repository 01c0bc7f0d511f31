"""`cascade record form`: one agency is asked the whole form after all, or the short one."""

import click

from bot.cli.actor import name_actor, require_office
from bot.cli.named import find_ask
from bot.cli.options import Words, as_option, json_option, refuse, show_json, with_house
from bot.wiring import House
from messages.letters.counted import counted
from store.database import Session
from surveys.answering.exchange import Exchanged, exchange_form


@click.command("form")
@click.argument("reference", metavar="ASK")
@click.option("--whole/--short", "whole", default=None, help="Which form its link opens from now on.")
@click.option("--because", required=True, type=Words(400), metavar="TEXT", help="Who said what.")
@as_option
@json_option
@with_house
async def record_form(
    house: House, reference: str, whole: bool | None, because: str, email: str | None, as_json: bool
) -> None:
    """Put the whole form, or the short one, to an ASK (tna-2026-3) that nobody has answered yet.

    For campaigns made with --small-form, where the number of staff in the directory is wrong. What was filled
    in goes over as far as both forms ask the same; the rest is listed, and kept until the answer is sent in
    case the form changes back. --json prints ask, form, minutes, carried and left (titles of questions).
    """
    if whole is None:
        raise click.UsageError("Say which form: --whole or --short.")
    by, now = name_actor(house, email), await house.clock.now()

    def write(session: Session) -> Exchanged:
        asked = find_ask(session, reference)
        require_office(session, asked.board_id, by)
        done = exchange_form(session, asked.id, because, by, now, whole=whole)
        return done if isinstance(done, Exchanged) else refuse(f"{reference}: {done.reason}.")

    done = await house.database.write(write)
    crossing = done.crossing
    if as_json:
        show_json(
            {
                "ask": reference,
                "form": done.form.key,
                "minutes": done.form.minutes,
                "carried": list(crossing.carried),
                "left": list(crossing.left),
            }
        )
        return
    click.echo(
        f"{reference} is asked “{done.form.title}” ({done.form.minutes} minutes): its link opens that."
    )
    if crossing.carried:
        click.echo(f"{counted(len(crossing.carried), 'answer goes', 'answers go')} over from what was saved.")
    if crossing.left:
        left = ", ".join(crossing.left)
        click.echo(f"It has no place for: {left}. They are kept, in case the form changes back.")
