"""`cascade actions` and `cascade action`: what agencies promised to change, and how far each change is."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.cli.named import find_agency, find_board
from bot.cli.options import board_option, json_option, refuse, show_json, with_house
from bot.cli.table import lay_out, say_day, say_moment, wrap
from bot.directory.actions.sheet import KINDS, write_actions
from bot.directory.existing import action_row
from bot.hearing.actions import ActionStanding, list_actions, stand
from bot.wiring import House
from store.answers import action
from store.answers.action import Action
from store.asking.lesson import Lesson
from store.database import Session
from store.people.agency import Agency
from surveys.judging.action_reading import RECOMMENDED, ActionReading
from surveys.judging.embedding import BENEFIT, Rate, embedding_rate
from surveys.judging.evidence import CHECKS, LAST_CHECK

Row = tuple[Action, Agency, Lesson | None]


@click.command("actions")
@click.option("--agency", metavar="AGENCY", help="Only those of this agency, by its name.")
@click.option("--lesson", "about", metavar="REF", default="", help="Only those after this lesson or review.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write them as a file that `cascade import` reads; ends in .xlsx or .csv.",
)
@board_option
@json_option
@with_house
async def list_all(
    house: House, agency: str | None, about: str, out: Path | None, slug: str | None, as_json: bool
) -> None:
    """List the actions that agencies promised after a lesson or review, and how far each is.

    Green is on track; amber at risk, or under twenty working days past due; red further past due, or without
    evidence at twelve months; blue closed with evidence rated 2 or more; grey not known yet, or closed
    without that. Below it stands how many are embedded, of all that are old enough.

    \b
    --json keys: as_at, actions (a list of reference, agency, source, what, owner, first_due, due, state, rag,
      reason, status, baseline, latest, rating, decision), embedded and benefit: each by months, a list of
      numerator and denominator
    """
    if out is not None and out.suffix.lower() not in KINDS:
        refuse(f"--out {out}: it ends in {' or '.join(KINDS)}.")
    now, zone = await house.clock.now(), house.identity.zone

    def read(session: Session) -> tuple[list[ActionStanding], list[Row]]:
        owner = find_board(session, slug)
        where = find_agency(session, agency).id if agency else None
        listed = list_actions(session, owner.id, now, zone, agency_id=where, about=about)
        if not listed and about:
            refuse(f"No action follows {about!r}; `cascade actions` lists them with what they follow.")
        return listed, action.of_board(session, owner.id, agency_id=where, about=about)

    listed, rows = await house.database.read(read)
    if out is not None:
        try:
            write_actions([action_row(*row) for row in rows], out)
        except OSError as error:
            refuse(f"{out} cannot be written: {error}.")
        click.echo(f"Written to {out}; `cascade import {out}` brings it in again.", err=as_json)
    if as_json:
        show_json(_document(listed, now, zone))
    elif out is None:
        _show(listed, now, zone)


@click.command("action")
@click.argument("reference", metavar="REF")
@board_option
@json_option
@with_house
async def show_one(house: House, reference: str, slug: str | None, as_json: bool) -> None:
    """Show one action whole: what was promised, what was said of it at each check, and how it was rated.

    --json prints what `cascade actions` tells of it, and checks and ratings.
    """
    now, zone = await house.clock.now(), house.identity.zone

    def read(session: Session) -> ActionStanding:
        return stand(session, [find_action(session, reference, slug)], now, zone)[0]

    one = await house.database.read(read)
    if as_json:
        show_json({**_to_json(one), "checks": _checks(one), "ratings": _ratings(one)})
    else:
        _show_whole(one, zone)


def find_action(session: Session, reference: str, slug: str | None) -> Row:
    """The action of this reference, with its agency and lesson; ends the command where there is none."""
    owner = find_board(session, slug)
    found = action.by_reference(session, owner.id, reference)
    if found is None:
        refuse(f"There is no action {reference.strip()}; `cascade actions` lists them with their references.")
    lesson = session.get(Lesson, found.lesson_id) if found.lesson_id else None
    return found, session.get_one(Agency, found.agency_id), lesson


def _show(listed: list[ActionStanding], now: datetime, zone: ZoneInfo) -> None:
    today = now.astimezone(zone).date()
    click.echo(f"Actions as at {say_day(today)}: {len(listed)}")
    if not listed:
        click.echo("`cascade import FILE` brings them in from Excel or CSV.")
        return
    headings = ("Action", "Agency", "What, and who", "Due", "How it stands", "Start → latest", "Rated")
    click.echo(lay_out(headings, [_row(one) for one in listed]))
    aged = [one.aged for one in listed]
    for months in CHECKS:
        click.echo(f"Embedded at {months} months: {embedding_rate(aged, months, today)}")
    benefit = embedding_rate(aged, LAST_CHECK, today, at_least=BENEFIT)
    click.echo(f"Benefit to children shown at {LAST_CHECK} months: {benefit}")


def _row(one: ActionStanding) -> tuple[str, ...]:
    promised, rating = one.action, one.rating
    moved = promised.due_on != promised.original_due_on
    due = f"{promised.due_on:%d/%m/%Y}" + (f" (first {promised.original_due_on:%d/%m/%Y})" if moved else "")
    values = f"{promised.baseline or 'not known'} → {one.latest or 'not known'}"
    shown = values if promised.baseline or one.latest else ""
    what = f"{promised.text} ({promised.owner})"
    rated = f"{rating.rating} at {rating.months} m." if rating else ""
    return promised.reference, one.agency.name, what, due, str(one.judgement), shown, rated


def _show_whole(one: ActionStanding, zone: ZoneInfo) -> None:
    promised = one.action
    since = f" since {say_day(promised.closed_on)}" if promised.closed_on else ""
    click.echo(f"{promised.reference}, {one.agency.name}, after {one.source}")
    click.echo(wrap(promised.text))
    facts = {
        "Owner": promised.owner,
        "Agreed on": say_day(promised.agreed_on),
        "First due": say_day(promised.original_due_on),
        "Due": say_day(promised.due_on),
        "Measure of success": promised.measure,
        "Start": _say_start(promised),
        "Aimed for": promised.target,
        "Latest": one.latest,
        "State": promised.state.value + since,
        "How it stands": str(one.judgement),
    }
    for name, text in facts.items():
        if text:
            click.echo(wrap(f"{name}: {text}"))
    for check in one.checks:
        said = _say(check.reading) if check.reading else f"nothing yet; the ask is {check.state}"
        day = f", {say_moment(check.at, zone)}" if check.at else ""
        click.echo(wrap(f"After {check.months} months ({check.reference}{day}): {said}"))
    for rating in one.ratings:
        because = f", because {rating.because}" if rating.because else ""
        told = f"Rated {rating.rating} at {rating.months} months, {rating.decision.value}{because}"
        click.echo(wrap(f"{told}: {rating.rated_by}, {say_moment(rating.rated_at, zone)}"))


def _say_start(promised: Action) -> str:
    day = f" ({say_day(promised.baseline_on)})" if promised.baseline_on else ""
    return f"{promised.baseline}{day}" if promised.baseline else ""


def _say(reading: ActionReading) -> str:
    named = {"happened": reading.happened, "lasts": reading.embedded, "children": reading.difference}
    evidence = [f"{what} by {', '.join(kinds)}" for what, kinds in named.items() if kinds]
    told = [reading.status_in_words, reading.done, f"evidence: {'; '.join(evidence) or 'none yet'}"]
    if reading.sure:
        told.append(f"sure that it lasts: {reading.sure} of 5")
    if reading.new_due:
        told.append(f"new date {say_day(reading.new_due)}")
    if reading.recommended:
        told.append(f"they recommend: {RECOMMENDED.get(reading.recommended, reading.recommended)}")
    return "; ".join(part for part in told if part)


def _document(listed: list[ActionStanding], now: datetime, zone: ZoneInfo) -> dict[str, object]:
    today, aged = now.astimezone(zone).date(), [one.aged for one in listed]
    embedded = {str(months): _rate(embedding_rate(aged, months, today)) for months in CHECKS}
    benefit = {str(LAST_CHECK): _rate(embedding_rate(aged, LAST_CHECK, today, at_least=BENEFIT))}
    actions = [_to_json(one) for one in listed]
    return {"as_at": today, "actions": actions, "embedded": embedded, "benefit": benefit}


def _rate(rate: Rate) -> dict[str, int]:
    return {"numerator": rate.numerator, "denominator": rate.denominator}


def _to_json(one: ActionStanding) -> dict[str, object]:
    promised, rating = one.action, one.rating
    return {
        "reference": promised.reference,
        "agency": one.agency.name,
        "source": one.source,
        "what": promised.text,
        "owner": promised.owner,
        "first_due": promised.original_due_on,
        "due": promised.due_on,
        "state": promised.state.value,
        "rag": one.judgement.rag.value,
        "reason": one.judgement.reason,
        "status": one.reading.status if one.reading else None,
        "baseline": promised.baseline or None,
        "latest": one.latest or None,
        "rating": rating.rating if rating else None,
        "decision": rating.decision.value if rating else None,
    }


def _checks(one: ActionStanding) -> list[dict[str, object]]:
    return [
        {
            "months": check.months,
            "ask": check.reference,
            "state": check.state,
            "at": check.at,
            "said": _say(check.reading) if check.reading else None,
        }
        for check in one.checks
    ]


def _ratings(one: ActionStanding) -> list[dict[str, object]]:
    return [
        {
            "months": each.months,
            "rating": each.rating,
            "decision": each.decision.value,
            "because": each.because or None,
            "by": each.rated_by,
            "at": each.rated_at,
        }
        for each in one.ratings
    ]
