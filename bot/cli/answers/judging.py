"""`cascade accept` and `cascade send-back`: what the board makes of what came."""

from datetime import date
from uuid import UUID

import click

from bot.cli.actor import name_actor, require_judge
from bot.cli.answers.sampling import read_percent, send_sample
from bot.cli.answers.verdict import (
    Typed,
    again_option,
    because_option,
    check_option,
    decision_option,
    name_other,
    point_option,
    rating_option,
    read_verdict,
    score_option,
    seen_option,
    tell_judged,
)
from bot.cli.named import find_ask
from bot.cli.options import Day, Words, as_option, json_option, refuse, show_json, with_house, yes_option
from bot.hearing.judging import accept, send_back
from bot.wiring import House
from messages.letters.counted import counted
from store.answers import response
from store.answers.judgement import Outcome
from store.answers.response import Response
from store.asking.ask import Ask
from store.database import Session
from surveys.judging.judging import Judged


@click.command("accept")
@click.argument("reference", metavar="ASK")
@point_option
@score_option
@because_option
@rating_option
@check_option
@decision_option
@seen_option
@again_option
@as_option
@json_option
@with_house
async def accept_return(
    house: House,
    reference: str,
    points: tuple[str, ...],
    scores: tuple[str, ...],
    because: tuple[str, ...],
    rating: int | None,
    checks: tuple[str, ...],
    decision: str,
    seen: str | None,
    again: bool,
    email: str | None,
    as_json: bool,
) -> None:
    """Accept what came to an ASK (tna-2026-3); with --point there is something to do better next time.

    What they answered stays as it was; a --score stands beside it, with its reason. --json prints ask,
    answer, outcome, points, scores, rating, decision and by.
    """
    by, now = name_actor(house, email), await house.clock.now()
    typed = Typed(points, scores, because, checks, rating, decision)

    def write(session: Session) -> Judged:
        asked, given = _find(session, reference, by)
        verdict = read_verdict(session, reference, given, typed, Outcome.ACCEPTED)
        done = accept(session, asked, verdict, now, by, seen=_seen(reference, given, seen), again=again)
        return done if isinstance(done, Judged) else refuse(f"{reference}: {done.reason}.")

    done = await house.database.write(write)
    if as_json:
        show_json(tell_judged(reference, done))
        return
    click.echo(f"{reference} is {done.judgement.outcome.words}.")


@click.command("send-back")
@click.argument("named", metavar="ASK|CAMPAIGN")
@point_option
@click.option("--due", type=Day(), help="By when it is to come again; else within ten working days.")
@score_option
@because_option
@rating_option
@check_option
@decision_option
@seen_option
@again_option
@click.option(
    "--sample", metavar="N%", help="Ask so many in a hundred of a CAMPAIGN's accepted answers for evidence."
)
@click.option("--seed", type=Words(60), help="Another draw than the usual one; the same seed draws the same.")
@yes_option
@as_option
@json_option
@with_house
async def send_back_return(
    house: House,
    named: str,
    points: tuple[str, ...],
    due: date | None,
    scores: tuple[str, ...],
    because: tuple[str, ...],
    rating: int | None,
    checks: tuple[str, ...],
    decision: str,
    seen: str | None,
    again: bool,
    sample: str | None,
    seed: str | None,
    yes: bool,
    email: str | None,
    as_json: bool,
) -> None:
    """Ask an ASK (tna-2026-3) again, with points: a letter goes to whoever answered, and reminders after it.

    Their answers stay filled in, with each point beside its question. The first due day stays on record. With
    --sample some of a CAMPAIGN's accepted answers are asked for their evidence, each once. --json prints ask,
    answer, outcome, points, scores, rating, decision, by, due and waits (the next step's ask, which waits
    again); with --sample a list of them.
    """
    by = name_actor(house, email)
    if sample is not None:
        await send_sample(house, named, read_percent(sample), seed, points, due, by, yes=yes, as_json=as_json)
        return
    now, zone = await house.clock.now(), house.identity.zone
    typed = Typed(points, scores, because, checks, rating, decision)

    def write(session: Session) -> tuple[Ask, Judged]:
        asked, given = _find(session, named, by)
        verdict = read_verdict(session, named, given, typed, Outcome.SENT_BACK)
        looked = _seen(named, given, seen)
        done = send_back(session, asked, verdict, now, by, zone, due=due, seen=looked, again=again)
        return (asked, done) if isinstance(done, Judged) else refuse(f"{named}: {done.reason}.")

    asked, done = await house.database.write(write)
    if as_json:
        show_json(tell_judged(named, done, asked))
        return
    click.echo(
        f"{named} is asked again, by {asked.due_on:%d/%m/%Y}: {counted(len(done.judgement.points), 'point')}."
    )
    if done.resting is not None:
        click.echo(f"{name_other(named, done.resting)} waits until it has come.")


def _find(session: Session, reference: str, by: str) -> tuple[Ask, Response | None]:
    asked = find_ask(session, reference)
    require_judge(session, asked.board_id, by)
    return asked, response.current(session, asked.id)


def _seen(reference: str, given: Response | None, typed: str | None) -> UUID | None:
    if typed is None or given is None or given.id.hex.endswith(typed.strip().lower()):
        return None
    refuse(
        f"{reference}: a newer answer has come since {typed}: look at it with `cascade returns {reference}`."
    )
