"""`cascade status`: how each campaign stands."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

import click

from bot.cli.alerted import Alerted, read_alerted
from bot.cli.forms.house import BOARD
from bot.cli.named import find_campaign
from bot.cli.options import json_option, show_json, with_house
from bot.cli.table import lay_out, say_day, say_moment, wrap
from bot.hearing.progress import Progress, answered, by_code, read_progress
from bot.wiring import House
from messages.letters.counted import counted
from messages.writing.commands import name_board
from store import installation
from store.answers.tallies import StepTally
from store.asking import campaign
from store.asking.ask import AskState
from store.chore import Chore
from store.database import Session
from store.installation import Installation
from store.letters.delivery import DeliveryState
from store.people import board
from store.people.board import Board
from surveys.figures.impact import NOT_KNOWN, Reach


@click.command()
@click.argument("slug", metavar="[CAMPAIGN]", required=False)
@json_option
@with_house
async def status(house: House, slug: str | None, *, as_json: bool) -> None:
    """Tell how CAMPAIGN stands, or every campaign. Every figure has its numerator, denominator and date.

    \b
    --json keys: as_at, stopped (null, or from and until), campaigns: a list of
      campaign, title, state, as_at, asked, acknowledged (n, of, percent, as_at; percent null: not known),
      steps (step, title, asked, answered, declined, lapsed, owed, pending, withdrawn,
      by_code: answers given by code, null where there is no code or too few to be told),
      letters (sent, waiting, awaiting_yes, refused, dropped, doubtful), holds (until, reason),
      chores (chore, kind, text; of more time by and late),
      to_judge (waiting, since: the day the oldest came),
      reach (all, counted, estimated, agencies: each n, of, percent, as_at);
    alerts: letters to those on duty or the office that something waits, by the day, a list of
      board, kind (wish, words, shut), day, waiting, sent, refused, dropped, doubtful;
      the night forgets those of the day before (`cascade why PERSON` has them by the day)
    """
    zone = house.identity.zone
    today = (await house.clock.now()).astimezone(zone).date()

    def read(session: Session) -> tuple[Installation | None, list[Board], list[Progress], list[Alerted]]:
        found = [find_campaign(session, slug)] if slug else campaign.every(session)
        boards = [session.get_one(Board, found[0].board_id)] if slug else board.every(session)
        progress = [read_progress(session, one, today, zone) for one in found]
        return installation.row_or_none(session), boards, progress, read_alerted(session, boards)

    row, boards, some, alerted = await house.database.read(read)
    if as_json:
        stopped = row and row.stopped_from and {"from": row.stopped_from, "until": row.stopped_until}
        show_json(
            {
                "as_at": today,
                "stopped": stopped or None,
                "campaigns": [progress.to_json() for progress in some],
                "alerts": [one.to_json() for one in alerted],
            }
        )
        return
    if row is not None and row.stopped_from is not None:
        _show_stop(row, zone)
    if not some:
        none = "There is no campaign yet: make one with `cascade new PLAYBOOK SLUG`."
        click.echo(name_board(none, BOARD if boards[1:] else ""))
    for progress in some:
        _show(progress, today, zone)
    _show_chores(
        "For the board", {one.id: one for each in some for one in each.chores if one.ask_id is None}.values()
    )
    _show_alerted(alerted)


def _show_stop(row: Installation, zone: ZoneInfo) -> None:
    span = f"from {say_moment(row.stopped_from, zone)} to {say_moment(row.stopped_until, zone)}"
    click.echo(wrap(f"Nothing ran {span}. Work waits for a yes: `cascade resume` lists what would go.", ""))
    click.echo("")


def _show(progress: Progress, today: date, zone: ZoneInfo) -> None:
    click.echo(f"{progress.campaign.slug}: {progress.campaign.title} ({progress.campaign.state.value})")
    who = "People" if progress.campaign.is_personal else "Agencies"
    click.echo(f"  As at {say_day(today)}. {who} asked: {progress.asked}.")
    if progress.acknowledged is not None:
        click.echo(f"  Acknowledged: {progress.acknowledged}.")
    _show_steps(progress, today)
    if progress.reach is not None:
        _show_reach(progress.reach)
    if progress.unjudged_since is not None:
        waiting = counted(progress.unjudged, "return waits", "returns wait")
        since = say_day(progress.unjudged_since)
        click.echo(f"  {waiting} to be judged, since {since} (cascade returns {progress.campaign.slug}).")
    _show_letters(progress, zone)
    for rest in progress.holds:
        click.echo(wrap(f"On hold until {say_day(rest.until)}: {rest.reason}"))
    mine = [chore for chore in progress.chores if chore.ask_id is not None]
    _show_chores("", mine, {chore.id for chore in mine if progress.is_late(chore)})
    click.echo("")


def _show_chores(whose: str, chores: Collection[Chore], late: Collection[UUID] = ()) -> None:
    """What waits for a person: of one campaign, or of the board and no campaign."""
    if not chores:
        return
    indent = "" if whose else "  "
    heading = f"{whose}, to do by a person" if whose else "To do by a person"
    click.echo(f"{indent}{heading}: {len(chores)} (tick off: cascade record done NUMBER)")
    for chore in chores:
        said = "LATE, the day to decide has passed: " if chore.id in late else ""
        click.echo(wrap(f"* [{chore.reference}] {said}{chore.text}", f"{indent}  "))


def _show_alerted(alerted: Collection[Alerted]) -> None:
    several = len({one.board.slug for one in alerted}) > 1
    for one in alerted:
        whose = f" ({one.board.slug})" if several else ""
        click.echo(wrap(f"To those on duty, or the office{whose}: {one}.", ""))


def _show_steps(progress: Progress, today: date) -> None:
    rows = [
        (
            step.step.key,
            step.asked,
            answered(step, today),
            step.of(AskState.DECLINED),
            step.of(AskState.LAPSED),
            step.of(AskState.ASKED),
            step.of(AskState.PENDING),
        )
        for step in progress.steps
        if not step.step.is_open
    ]
    if rows:
        heads = ("Step", "Asked", "Answered", "Declined", "Lapsed", "Owed", "Not yet asked")
        click.echo(lay_out(heads, rows))
    titles = Counter(step.step.title for step in progress.steps if step.step.is_open)
    for step in progress.steps:
        if step.step.is_open:
            version = f" ({step.step.key})" if titles[step.step.title] > 1 else ""
            click.echo(f"  {step.step.title}{version}: {_by_code(step)}")


def _by_code(step: StepTally) -> str:
    count = by_code(step)
    if count is None:
        return "answered by code; fewer than ten answers as of last night, so their number is not told"
    return f"answered by code; {count} answers as of last night"


def _show_reach(reach: Reach) -> None:
    agencies = f"{reach.agencies.n} of {reach.agencies.of} agencies gave both numbers"
    if reach.agencies.n == 0:
        click.echo(f"  Staff reached: {NOT_KNOWN}; {agencies}.")
        return
    click.echo(f"  Staff reached, of staff in scope: {reach.all}; {agencies}.")
    click.echo(f"    counted: {reach.counted}; estimated: {reach.estimated}.")


def _show_letters(progress: Progress, zone: ZoneInfo) -> None:
    states = progress.letters.states
    waiting = progress.letters.ungathered + sum(
        states.get(state, 0) for state in (DeliveryState.WAITING, DeliveryState.SENDING)
    )
    held = f"{progress.letters.held} held back, " if progress.letters.held else ""
    click.echo(
        f"  Letters: {states.get(DeliveryState.SENT, 0)} sent, {waiting} waiting, "
        f"{progress.letters.drafted} waiting for a yes, {held}"
        f"{states.get(DeliveryState.REFUSED, 0)} refused, {len(progress.letters.doubts)} doubtful."
    )
    for doubt in progress.letters.doubts:
        when = say_moment(doubt.at, zone)
        click.echo(
            wrap(
                f"? {when} to {doubt.person} <{doubt.address}>, now {doubt.state.value}: {doubt.said}", "    "
            )
        )
