"""`cascade plan`: read who would get what and when, who would not and why, before anything goes."""

from collections.abc import Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

import click

from bot.asking.gate import plan_whole
from bot.cli.campaigns.gate import show_faults
from bot.cli.named import find_campaign, find_person
from bot.cli.options import json_option, show_json, with_house
from bot.cli.table import lay_out, say_day, say_moment, wrap
from bot.wiring import House
from messages.launching.plan import Excluded, Gap, Plan, Planned
from messages.letters.counted import counted
from messages.letters.seat_words import say_seat
from store.database import Session


@click.command()
@click.argument("slug", metavar="CAMPAIGN")
@click.option(
    "--person", metavar="PERSON", help="Print exactly what one person would get, by address or name."
)
@click.option("--all", "every", is_flag=True, help="List the later letters one by one too.")
@json_option
@with_house
async def plan(house: House, slug: str, person: str | None, *, every: bool, as_json: bool) -> None:
    """Work out what launching CAMPAIGN now would send. Sends nothing and changes nothing.

    Exit 1 where something stops the launch.

    \b
    --json keys: campaign, title, at, members, asked, letters, excluded, gaps, calls, short, notes, errors.
      letters: at, agencies, person, role, seat, channel, address, step, rung, subject, first, needs_yes
               (with --person also text and html)
      excluded, gaps, calls, short: agency, role and seat (excluded only), reason
      role is what the rung names, seat whose it is at that agency
    """
    now, zone = await house.clock.now(), house.identity.zone

    def read(session: Session) -> tuple[Plan, Sequence[Planned]]:
        wanted = find_campaign(session, slug)
        made = plan_whole(session, wanted, now, house.identity)
        if person is None:
            return made, made.letters
        meant = find_person(session, person)
        return made, [letter for letter in made.letters if letter.person_id == meant.id]

    made, letters = await house.database.read(read)
    if as_json:
        show_json(_to_json(made, letters, zone, whole=person is not None))
    elif person is not None:
        _show_letters(letters, person, zone)
    else:
        _show(made, zone, every=every)
    if made.errors:
        raise click.exceptions.Exit(1)


def _to_json(made: Plan, letters: Sequence[Planned], zone: ZoneInfo, *, whole: bool) -> dict[str, object]:
    return {
        "campaign": made.slug,
        "title": made.title,
        "at": made.at.astimezone(zone).isoformat(),
        "members": made.members,
        "asked": made.asked,
        "letters": [_letter_to_json(letter, zone, whole=whole) for letter in letters],
        "excluded": [
            {"agency": one.agency, "role": one.role, "seat": one.seat, "reason": one.reason}
            for one in made.excluded
        ],
        "gaps": [{"agency": one.agency, "reason": one.text} for one in made.gaps],
        "calls": [{"agency": one.agency, "reason": one.text} for one in made.calls],
        "short": [{"agency": one.agency, "reason": one.text} for one in made.short],
        "notes": made.notes,
        "errors": made.errors,
    }


def _letter_to_json(letter: Planned, zone: ZoneInfo, *, whole: bool) -> dict[str, object]:
    told: dict[str, object] = {
        "at": letter.at.astimezone(zone).isoformat(),
        "agencies": list(letter.agencies),
        "person": letter.person,
        "role": letter.role,
        "seat": letter.seat,
        "channel": letter.channel,
        "address": letter.address,
        "step": letter.step,
        "rung": letter.rung,
        "subject": letter.subject,
        "first": letter.is_first,
        "needs_yes": letter.needs_yes,
    }
    return told | {"text": letter.rendered.text, "html": letter.rendered.html} if whole else told


def _show(made: Plan, zone: ZoneInfo, *, every: bool) -> None:
    click.echo(f"{made.slug}: {made.title}")
    click.echo(f"If it were launched now, {say_moment(made.at, zone)}:\n")
    if made.errors:
        click.echo("These stop the launch:")
        show_faults(made.errors)
        click.echo("")
    if made.members:
        who = ("person booked", "people booked") if made.by_booking else ("agency", "agencies")
        members = counted(made.members, *who)
        click.echo(f"Asked: {made.asked} of {members}. First letters: {len(made.first)}.")
    for note in made.notes:
        click.echo(wrap(f"Note: {note}."))
    opening = [letter for letter in made.first if letter.step == made.first[0].step] if made.first else []
    _show_table(opening, zone)
    _show_excluded(made.excluded)
    later = [letter for letter in made.letters if letter not in opening]
    if later:
        click.echo("\nIf nobody answers:")
        _show_table(later, zone) if every else _show_rungs(later, zone)
    _show_gaps("Ring these: no letter reaches them today", made.calls)
    _show_gaps("Asked the short form (`cascade record form` changes one)", made.short)
    _show_gaps("Gaps that stop nothing", made.gaps)


def _show_table(letters: Sequence[Planned], zone: ZoneInfo) -> None:
    """Letters by the moment at which they go."""
    for at, some in groupby(letters, key=lambda letter: letter.at):
        rows = [
            (
                ", ".join(letter.agencies),
                f"{letter.person} <{letter.address}>",
                say_seat(letter.role, letter.seat),
                f"{letter.rung}: {letter.subject}" + (" (once approved)" if letter.needs_yes else ""),
            )
            for letter in some
        ]
        click.echo(f"\n  {say_moment(at, zone)}, by {letters[0].channel}")
        click.echo(lay_out(("Agency", "To", "As", "Rung and subject"), rows))


def _show_excluded(excluded: Sequence[Excluded]) -> None:
    if not excluded:
        return
    click.echo("\nNo first letter:")
    rows = [(one.agency, say_seat(one.role, one.seat), one.reason) for one in excluded]
    click.echo(lay_out(("Agency", "To the", "Why"), rows))


def _show_rungs(letters: Sequence[Planned], zone: ZoneInfo) -> None:
    """The later rungs, one line each: how many letters, and between which days."""
    rungs: dict[tuple[str, str], list[Planned]] = {}
    for letter in letters:
        rungs.setdefault((letter.step, letter.rung), []).append(letter)
    rows = []
    for (step, rung), some in rungs.items():
        days = sorted(letter.at.astimezone(zone).date() for letter in some)
        roles = ", ".join(dict.fromkeys(say_seat(letter.role, letter.seat) for letter in some))
        span = say_day(days[0]) + (f" to {say_day(days[-1])}" if days[-1] > days[0] else "")
        rows.append((step, rung + (" (once approved)" if some[0].needs_yes else ""), span, len(some), roles))
    click.echo(lay_out(("Step", "Rung", "When", "Letters", "To"), rows))
    click.echo("  --all lists them one by one; --person NAME prints what one person would read.")


def _show_gaps(heading: str, gaps: Sequence[Gap]) -> None:
    if not gaps:
        return
    click.echo(f"\n{heading}:")
    reasons: dict[str, list[str]] = {}
    for gap in gaps:
        reasons.setdefault(gap.agency or "The board", []).append(gap.text)
    click.echo(lay_out(("Agency", "What"), [(name, "; ".join(texts)) for name, texts in reasons.items()]))


def _show_letters(letters: Sequence[Planned], person: str, zone: ZoneInfo) -> None:
    if not letters:
        click.echo(f"{person} would get nothing.")
    for letter in letters:
        note = ", once a person approves it" if letter.needs_yes else ""
        otherwise = "" if letter.is_first else " if nobody has answered by then"
        click.echo(f"=== {say_moment(letter.at, zone)}{otherwise}{note}")
        click.echo(f"To: {letter.person} <{letter.address}>\nSubject: {letter.subject}\n")
        click.echo(letter.rendered.text)
