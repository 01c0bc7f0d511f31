"""`cascade simulate`: play the coming weeks on a copy, and read the exact list of letters."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.cli.options import Day, json_option, refuse, show_json, with_house
from bot.cli.table import lay_out, say_moment, wrap
from bot.rehearsing import scenario
from bot.rehearsing.scenario import Event, ScenarioError
from bot.rehearsing.simulation import Posted, Simulation
from bot.rehearsing.simulation import simulate as play
from bot.wiring import House
from messages.letters.seat_words import say_seat
from store.answers.tallies import Carried

#: The longest stretch that is played, in days.
LONGEST = 1100


@click.command()
@click.option("--until", "last", type=Day(), required=True, metavar="DATE", help="The last day to be played.")
@click.option(
    "--answers",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What people do meanwhile: a CSV file with the columns when, ask, what.",
)
@json_option
@with_house
async def simulate(house: House, last: date, file: Path | None, *, as_json: bool) -> None:
    """List every letter that would be sent until DATE, by the same rules on a throw-away copy.

    Nothing is sent, and the database is only read. Without --answers nobody answers.

    \b
    The file of --answers has one row for each thing that somebody does:
      when,ask,what
      2026-12-01 10:30,wren-3,answered,staff=45
      2026-12-01,wren-4,away,until=2026-12-11
      2026-12-02,wren-5,bounced,because=550 no such mailbox
      2026-12-02,wren-6,handed over,name=Sam Okoro,email=sam.okoro@leisure.example
    and besides: more time (days=5), declined (because=...), approved, accepted, sent back (point=...),
    held (until=..., because=...), replaced (name=..., email=...: somebody else takes the seat).
    An ask may be called wren: Kennet School, or wren/cascade: Kennet School, before it has a number.
    launched is done to a draft: 2026-10-05 10:30,wren,launched
    Several choices: how=email|briefing.

    \b
    --json keys: from, until, stopped, letters, awaiting_yes, not_taken
      letters: at, to, person, subject, carries (campaign, ask, agency, rung, role, seat)
      awaiting_yes: since, person, campaign, ask, agency, rung, role, seat
      role is what the rung names, seat whose it is at that agency
      not_taken: row, ask, what, reason (rows of --answers that had no effect)
    """
    now, zone = await house.clock.now(), house.identity.zone
    until = datetime.combine(last, time(23, 59, 59), zone).astimezone(UTC)
    if until < now:
        refuse(f"--until {last} has passed: it is {say_moment(now, zone)}")
    days = (until - now).days
    if days > LONGEST:
        refuse(f"--until {last} is {days} days off; at most {LONGEST} are played")
    events = _read(file, zone) if file else []
    with click.progressbar(
        length=days + 1, label="Playing", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        made = await play(
            house.settings.database, house.identity, now, until, events, _follow(bar.update, now)
        )
    if as_json:
        show_json(_to_json(made, zone))
    else:
        _show(made, zone)


def _read(file: Path, zone: ZoneInfo) -> list[Event]:
    try:
        return scenario.read(file, zone)
    except ScenarioError as error:
        refuse(str(error))


def _follow(advance: Callable[[int], None], began: datetime) -> Callable[[datetime], None]:
    """Move a progress bar along with the clock, by whole days."""
    done = 0

    def tick(moment: datetime) -> None:
        nonlocal done
        days = (moment - began).days
        advance(days - done)
        done = days

    return tick


def _to_json(made: Simulation, zone: ZoneInfo) -> dict[str, object]:
    return {
        "from": made.began.astimezone(zone).isoformat(),
        "until": made.until.astimezone(zone).isoformat(),
        "stopped": made.stopped,
        "letters": [
            {
                "at": letter.at.astimezone(zone).isoformat(),
                "to": letter.address,
                "person": letter.person,
                "subject": letter.subject,
                "carries": [_part(made, part) for part in letter.carried],
            }
            for letter in made.letters
        ],
        "awaiting_yes": [
            {"since": one.at.astimezone(zone).isoformat(), "person": one.person} | _part(made, one.part)
            for one in made.drafted
        ],
        "not_taken": [
            {"row": event.row, "ask": event.reference, "what": event.what, "reason": reason}
            for event, reason in made.refused
        ],
    }


def _part(made: Simulation, part: Carried) -> dict[str, str]:
    return {
        "campaign": part.slug,
        "ask": f"{part.slug}-{part.number}",
        "agency": part.agency,
        "rung": part.rung,
        "role": part.role,
        "seat": made.seat_of(part),
    }


def _show(made: Simulation, zone: ZoneInfo) -> None:
    span = f"from {say_moment(made.began, zone)} to {say_moment(made.until, zone)}"
    click.echo(f"Letters that would be sent {span}: {len(made.letters)}")
    if made.stopped:
        click.echo(wrap("Work waits for a yes after a long stop; here that yes is taken as given."))
    for at, some in groupby(made.letters, key=lambda letter: letter.at):
        click.echo(f"\n  {say_moment(at, zone)}")
        click.echo(lay_out(("To", "Subject", "Rung and ask"), [_row(letter) for letter in some]))
    _show_drafted(made, zone)
    for event, reason in made.refused:
        click.echo(wrap(f"Not taken: {event}: {reason}", ""))


def _row(letter: Posted) -> tuple[str, ...]:
    parts = ", ".join(f"{part.rung} {part.slug}-{part.number}" for part in letter.carried)
    return letter.address, letter.subject, parts


def _show_drafted(made: Simulation, zone: ZoneInfo) -> None:
    if not made.drafted:
        return
    click.echo(f"\nLetters that would wait for a person's yes: {len(made.drafted)}")
    rows = [
        (
            say_moment(one.at, zone),
            one.person,
            say_seat(one.part.role, made.seat_of(one.part)),
            one.part.agency,
            f"{one.part.rung} {one.part.slug}-{one.part.number}",
        )
        for one in made.drafted
    ]
    click.echo(lay_out(("Since", "To", "As", "Agency", "Rung and ask"), rows))
