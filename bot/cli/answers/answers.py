"""`cascade answers`: what a campaign was answered, on the screen or as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.cli.actor import holds_office, name_actor, require_office, require_reviewer
from bot.cli.answers.file import KINDS, WORDLESS, tell_all, write_file
from bot.cli.named import find_campaign
from bot.cli.options import as_option, json_option, refuse, show_json, with_house
from bot.cli.table import lay_out, wrap
from bot.hearing.results import Detail, Table, Totals, read_results
from bot.hearing.written import Words, is_for_families, read_words
from bot.wiring import House
from store.asking.campaign import Campaign
from store.database import Session
from store.decision import note
from surveys.figures.totals import FEWEST
from surveys.open.anonymous import midnight_of
from surveys.open.unread import tell_of_words
from surveys.tongues.tongue import find_tongue

Found = tuple[list[Table | Totals], list[Words]]


@click.command("answers")
@click.argument("slug", metavar="CAMPAIGN")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ends in .xlsx (a sheet a step), .json, or .csv where only one step has something to write.",
)
@click.option("--totals", is_flag=True, help="Totals of every step, and no single answer.")
@click.option("--names", is_flag=True, help="Also names of people, and single answers given under a code.")
@click.option(
    "--words",
    is_flag=True,
    help="Also what was written without a name. What families wrote is for those on duty today, too.",
)
@as_option
@json_option
@with_house
async def show_answers(
    house: House,
    slug: str,
    out: Path | None,
    totals: bool,
    names: bool,
    words: bool,
    email: str | None,
    as_json: bool,
) -> None:
    """Tell what CAMPAIGN was answered; of answers without a name or under a code only totals of ten or more.

    Agencies' answers leave without the names of people, unless --names is said. What families wrote can be
    read with --words as soon as it is sent, by those on duty today and by the office; what staff wrote once
    totals are told of it. It is in no order. Who reads names or words is written down. --json prints a list
    of step, form, privacy, version (where there are several), and either rows, or totals (null: too few),
    answers (how many they are made of), change (of what was asked before and after a course) and words (with
    --words: title, language and texts). Those on duty get the words alone.
    """
    if names and totals:
        raise click.UsageError("--names and --totals exclude each other: totals name nobody.")
    if out is not None:
        _check_out(out, words=words)
    asked = _Asked(slug, name_actor(house, email), await house.clock.now(), totals, names, words)
    read = partial(_read, zone=house.identity.zone, asked=asked, out=out)
    # Reading what people wrote, and who they are, is itself written down.
    found, written = await (house.database.write(read) if asked.is_noted else house.database.read(read))
    try:
        if out is not None:
            click.echo(f"Written to {out}.", err=as_json)
        if as_json:
            show_json(tell_all(found, written))
        elif out is None:
            _show_all(found, written)
    except (OSError, UnicodeError):
        if words and out is None:
            # What could not be shown was not read.
            await house.database.write(partial(_list_again, zone=house.identity.zone, asked=asked))
        raise


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody wants to know."""

    slug: str
    by: str
    now: datetime
    totals: bool
    names: bool
    words: bool

    @property
    def detail(self) -> Detail:
        if self.names:
            return Detail.NAMES
        return Detail.TOTALS if self.totals else Detail.ROWS

    @property
    def is_noted(self) -> bool:
        return self.words or self.names


def _read(session: Session, zone: ZoneInfo, asked: _Asked, out: Path | None) -> Found:
    """The answers and what was written; the office has both, and those on duty what families wrote.

    A file of them is written before it is kept that anybody read them.
    """
    found, written = _find(session, zone, asked)
    if out is not None:
        write_file(out, found, written)
    return found, written


def _list_again(session: Session, zone: ZoneInfo, asked: _Asked) -> None:
    """List once more that families' words wait."""
    wanted = find_campaign(session, asked.slug)
    if is_for_families(session, wanted):
        tell_of_words(session, wanted, midnight_of(asked.now.astimezone(zone).date(), zone))


def _find(session: Session, zone: ZoneInfo, asked: _Asked) -> Found:
    wanted, by, now = find_campaign(session, asked.slug), asked.by, asked.now
    today = now.astimezone(zone).date()
    is_office = holds_office(session, wanted.board_id, by)
    if not is_office:
        _require_duty(session, wanted, asked, today)
    for what in (*(["words read"] if asked.words else []), *(["names read"] if asked.names else [])):
        note(session, now, what, asked.slug, by, board_id=wanted.board_id, campaign_id=wanted.id)
    written = read_words(session, wanted, by, now, zone, of_families=not is_office) if asked.words else []
    if not is_office:
        return [], written
    found = read_results(session, wanted, zone, today, asked.detail)
    in_rows = {one.step.id for one in found if isinstance(one, Table)}
    return found, [one for one in written if one.step.id not in in_rows]


def _check_out(out: Path, *, words: bool) -> None:
    if out.suffix.lower() not in KINDS:
        refuse(f"--out {out}: name a file that ends in {', '.join(KINDS[:-1])} or {KINDS[-1]}.")
    if words and out.suffix.lower() in WORDLESS:
        refuse(f"--out {out}: a CSV file holds one table and no words; write an .xlsx or .json file.")


def _require_duty(session: Session, wanted: Campaign, asked: _Asked, today: date) -> None:
    """End the command unless all that is asked for are a family's words, by somebody on duty today."""
    are_words_alone = asked.words and not (asked.names or asked.totals)
    if are_words_alone and is_for_families(session, wanted):
        require_reviewer(session, wanted.board_id, asked.by, today)
    else:
        require_office(session, wanted.board_id, asked.by)


def _show_all(found: Sequence[Table | Totals], written: Sequence[Words]) -> None:
    for one in found:
        _show(one)
    for words in written:
        _show_words(words)


def _show(one: Table | Totals) -> None:
    version = f" ({one.version})" if isinstance(one, Totals) and one.version else ""
    click.echo(f"{one.step.key}: {one.step.title}{version}")
    match one:
        case Table(rows=[]):
            click.echo("  Nobody has answered yet.")
        case Table():
            click.echo(f"  {len(one.rows)} answered. `--out FILE.xlsx` writes every answer.")
        case Totals(totals=None):
            click.echo(f"  Not told: {one.why_none}.")
        case Totals():
            click.echo(f"  As at {one.answers} {'answer' if one.answers == 1 else 'answers'}.")
            _show_totals(one)


def _show_totals(one: Totals) -> None:
    for total in one.totals or ():
        if total.answered is None:
            click.echo(f"  {total.title} (fewer than {FEWEST} answers to it can be told)")
        elif total.counts:
            click.echo(f"  {total.title} ({total.answered} answered)")
            click.echo(lay_out(("Answer", "Given"), [(words, str(count)) for words, count in total.counts]))
    for shift in one.shifts:
        click.echo(wrap(f"Since “{shift.since}”: {shift}, as at {shift.as_at:%d/%m/%Y}.", "  "))
    if one.why_no_shifts:
        click.echo(wrap(f"Change not told: {one.why_no_shifts}.", "  "))


def _show_words(words: Words) -> None:
    click.echo(f"{words.step.key}: what was written")
    for one in words.written:
        tongue = f" ({find_tongue(one.language).name})" if one.language else ""
        click.echo(f"  {one.title}{tongue}")
        for text in one.texts:
            click.echo(wrap(f"* {text}", "    "))
    if not words.written and words.form.is_for_families:
        click.echo("  Nobody has written anything yet.")
    elif not words.written:
        click.echo("  Nothing yet that can be told: words are told with the totals of the same answers.")
