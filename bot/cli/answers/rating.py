"""`cascade rate`: the sub-group weighs the evidence for one action, and decides what becomes of it."""

import click

from bot.cli.actor import name_actor, require_judge
from bot.cli.answers.actions import find_action
from bot.cli.options import Words, as_option, board_option, json_option, refuse, show_json, with_house
from bot.wiring import House
from messages.writing.tone import blame
from store.answers.action_rating import RatingDecision
from store.database import Session
from surveys.judging.rating import HIGHEST, NotRated, Rated, rate


@click.command("rate")
@click.argument("reference", metavar="REF")
@click.option(
    "--rating",
    required=True,
    type=click.IntRange(0, HIGHEST),
    help="0 none, 1 activity only, 2 embedded in one place, 3 embedded widely, 4 benefit to children shown.",
)
@click.option(
    "--decision",
    required=True,
    type=click.Choice([one.value for one in RatingDecision]),
    help="What becomes of the action.",
)
@click.option("--because", default="", type=Words(), metavar="TEXT", help="Why; kept with the action.")
@board_option
@as_option
@json_option
@with_house
async def rate_action(
    house: House,
    reference: str,
    rating: int,
    decision: str,
    because: str,
    slug: str | None,
    email: str | None,
    as_json: bool,
) -> None:
    """Rate the evidence for the action REF, and close it, keep it open or open it again.

    What was said of it last is rated; where nothing has come, say 0. An action is closed with a rating of 2
    or more, or for a reason. One that is reopened is asked about at its next check.
    --json prints action, months, rating, decision and state.
    """
    by, now = name_actor(house, email), await house.clock.now()
    today = now.astimezone(house.identity.zone).date()
    if found := blame(because):
        refuse(f"--because: {found[0]!r} sounds like blame; say what is still to be shown instead.")

    def write(session: Session) -> Rated:
        one, _, _ = find_action(session, reference, slug)
        require_judge(session, one.board_id, by)
        kept = rate(session, one.id, rating, RatingDecision(decision), because, now, today, by)
        return refuse(f"{kept.reason}.") if isinstance(kept, NotRated) else kept

    kept = await house.database.write(write)
    one = kept.action
    if as_json:
        show_json(
            {
                "action": one.reference,
                "months": kept.rating.months,
                "rating": rating,
                "decision": decision,
                "state": one.state.value,
            }
        )
    else:
        since = f" since {one.closed_on:%d/%m/%Y}" if one.closed_on else ""
        click.echo(
            f"{one.reference}: evidence at {kept.rating.months} months rated {rating}; it is "
            f"{one.state.value}{since}."
        )
