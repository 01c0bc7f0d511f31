"""`cascade wishes`: who wishes to be contacted, shown to those on duty and to the office alone."""

from typing import NoReturn
from uuid import UUID

import click

from bot.cli.actor import name_actor, require_reviewer
from bot.cli.named import find_board
from bot.cli.options import as_option, board_option, json_option, refuse, show_json, with_house
from bot.cli.table import lay_out, say_day
from bot.wiring import House
from messages.letters.counted import counted
from messages.writing.commands import name_board
from store.asking.campaign import Campaign
from store.database import Session
from store.decision import note
from store.surveying import contact_wish
from store.surveying.contact_wish import ContactWish, Outcome
from surveys.open.wishes import close_wish
from surveys.tongues.tongue import find_tongue

OUTCOMES = [one.value for one in Outcome]


@click.group("wishes", invoke_without_command=True)
@board_option
@as_option
@json_option
@click.pass_context
def keep_wishes(context: click.Context, slug: str | None, email: str | None, as_json: bool) -> None:
    """List who wishes to be contacted, or write down what was done about it.

    Only those on duty today and the office may see it. --json prints a list of wish, day, campaign, language,
    first_name, safe_way, safe_time and may_leave_message; language is null where they did not say.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_wishes, slug=slug, email=email, as_json=as_json)


@keep_wishes.command("list")
@board_option
@as_option
@json_option
@with_house
async def list_wishes(house: House, slug: str | None, email: str | None, as_json: bool) -> None:
    """List who wishes to be contacted, as `cascade wishes` alone does, with the same --json.

    That somebody read them is written down.
    """
    by, now = name_actor(house, email), await house.clock.now()
    today = now.astimezone(house.identity.zone).date()

    def read(session: Session) -> list[tuple[ContactWish, str]]:
        owner = find_board(session, slug)
        require_reviewer(session, owner.id, by, today)
        waiting = contact_wish.waiting(session, owner.id)
        if waiting:
            note(session, now, "wishes read", counted(len(waiting), "wish", "wishes"), by, board_id=owner.id)
        return [(one, _asked_by(session, one)) for one in waiting]

    found = await house.database.write(read)
    if as_json:
        show_json([_told(one, slug) for one, slug in found])
        return
    if not found:
        click.echo("Nobody waits to be contacted.")
        return
    heads = ("Wish", "Day", "Campaign", "Language", "First name", "Safe way", "Safe time", "Message")
    click.echo(lay_out(heads, [_row(one, slug) for one, slug in found]))
    then = f"Then: cascade wishes done WISH --outcome {'|'.join(OUTCOMES)}. Their words are deleted by it."
    click.echo(name_board(then, slug))


@keep_wishes.command("done")
@click.argument("reference", metavar="WISH")
@click.option(
    "--outcome", required=True, type=click.Choice(OUTCOMES), help="What was done: a word from the list."
)
@board_option
@as_option
@json_option
@with_house
async def finish_wish(
    house: House, reference: str, outcome: str, slug: str | None, email: str | None, as_json: bool
) -> None:
    """Write down what was done about a WISH, and delete at once who asked and how to reach them.

    Day, campaign, outcome and who closed it stay. What was said belongs into the records of those whose work
    it is, and not here. --json prints wish, outcome and by.
    """
    by, now = name_actor(house, email), await house.clock.now()
    zone = house.identity.zone

    def write(session: Session) -> None:
        owner = find_board(session, slug)
        require_reviewer(session, owner.id, by, now.astimezone(zone).date())
        one = _find(session, owner.id, reference) or _unknown(reference, slug)
        close_wish(session, one, Outcome(outcome), by, now, zone)
        what = f"wish {one.reference}: {outcome.replace('_', ' ')}"
        note(session, now, "wish closed", what, by, board_id=owner.id, campaign_id=one.campaign_id)

    await house.database.write(write)
    if as_json:
        show_json({"wish": reference.lower(), "outcome": outcome, "by": by})
    else:
        click.echo(f"{reference} is closed ({outcome.replace('_', ' ')}), and its words are deleted.")


def _find(session: Session, board_id: UUID, reference: str) -> ContactWish | None:
    wanted = reference.strip().lower()
    found = [one for one in contact_wish.waiting(session, board_id) if one.reference == wanted]
    return found[0] if len(found) == 1 else None


def _unknown(reference: str, slug: str | None) -> NoReturn:
    told = f"There is no wish {reference} that waits: `cascade wishes` lists them with their references."
    refuse(name_board(told, slug))


def _asked_by(session: Session, wish: ContactWish) -> str:
    asked = session.get(Campaign, wish.campaign_id) if wish.campaign_id else None
    return asked.slug if asked else ""


def _row(one: ContactWish, slug: str) -> tuple[str, ...]:
    message = "may be left" if one.may_leave_message else "leave none"
    language = find_tongue(one.language).name if one.language else "not said"
    return (
        one.reference,
        say_day(one.day),
        slug,
        language,
        one.first_name,
        one.safe_way,
        one.safe_time,
        message,
    )


def _told(one: ContactWish, slug: str) -> dict[str, object]:
    return {
        "wish": one.reference,
        "day": one.day,
        "campaign": slug or None,
        "language": one.language or None,
        "first_name": one.first_name,
        "safe_way": one.safe_way,
        "safe_time": one.safe_time,
        "may_leave_message": one.may_leave_message,
    }
