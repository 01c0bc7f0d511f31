"""`cascade answers`: what a campaign was answered, on the screen or as a file."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import click
import xlsxwriter

from bot.cli.actor import name_actor, require_office
from bot.cli.named import find_campaign
from bot.cli.options import as_option, json_option, refuse, show_json, with_house
from bot.cli.table import lay_out, wrap
from bot.results import Detail, Table, Totals, read_results
from bot.wiring import House
from store.database import Session
from store.decision import note
from surveys.flat import guard

KINDS = (".csv", ".xlsx", ".json")


@click.command("answers")
@click.argument("slug", metavar="CAMPAIGN")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ends in .xlsx (a sheet a step), .json, or .csv where only one step was answered by name.",
)
@click.option("--totals", is_flag=True, help="Totals of every step, and no single answer.")
@click.option("--names", is_flag=True, help="Also names of people, and single answers given under a code.")
@click.option("--words", is_flag=True, help="Also what was written without a name: it has to be read.")
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

    Agencies' answers leave without the names of people, unless --names is said. What people wrote without a
    name is read with --words, in no order. Who reads names or words is written down. --json prints a list of
    step, form, privacy, and either rows or totals (null: too few), change (of what was asked before and after
    a course) and words (with --words).
    """
    if names and totals:
        raise click.UsageError("--names and --totals exclude each other: totals name nobody.")
    if out is not None and out.suffix.lower() not in KINDS:
        refuse(f"--out {out}: name a file that ends in {', '.join(KINDS[:-1])} or {KINDS[-1]}.")
    by, now = name_actor(house, email), await house.clock.now()
    detail = Detail.NAMES if names else Detail.TOTALS if totals else Detail.ROWS
    today = now.astimezone(house.identity.zone).date()

    def read(session: Session) -> list[Table | Totals]:
        wanted = find_campaign(session, slug)
        require_office(session, wanted.board_id, by)
        for what in (*(["words read"] if words else []), *(["names read"] if names else [])):
            note(session, now, what, slug, by, board_id=wanted.board_id, campaign_id=wanted.id)
        return read_results(session, wanted, house.identity.zone, today, detail)

    # Reading what people wrote, and who they are, is itself written down.
    found = await (house.database.write(read) if words or names else house.database.read(read))
    told = [_told(one, words=words) for one in found]
    if out is not None:
        _write(out, found, told)
        click.echo(f"Written to {out}.", err=as_json)
    if as_json:
        show_json(told)
    elif out is None:
        _show_all(found, words=words)


def _show_all(found: Sequence[Table | Totals], *, words: bool) -> None:
    for one in found:
        _show(one)
        if words and isinstance(one, Totals):
            _show_words(one)


def _told(one: Table | Totals, *, words: bool) -> dict[str, object]:
    about: dict[str, object] = {"step": one.step.key, "form": one.form.key, "privacy": one.form.privacy}
    match one:
        case Table():
            return about | {"rows": list(one.rows)}
        case Totals() if words:
            written = [{"title": title, "texts": list(texts)} for title, texts in one.words]
            return _told(one, words=False) | {"words": written}
        case Totals(totals=None):
            return about | {"totals": None, "why": one.why_none}
        case Totals():
            totals = [
                {
                    "field": each.field,
                    "title": each.title,
                    "answered": each.answered,
                    "counts": dict(each.counts),
                }
                for each in one.totals or ()
            ]
            shifts = {"change": [shift.to_json() for shift in one.shifts]} if one.shifts else {}
            return about | {"totals": totals} | shifts


def _show(one: Table | Totals) -> None:
    click.echo(f"{one.step.key}: {one.step.title}")
    match one:
        case Table():
            click.echo(f"  {len(one.rows)} answered. `--out FILE.xlsx` writes every answer.")
        case Totals(totals=None):
            click.echo(f"  Not told: {one.why_none}.")
        case Totals():
            for total in one.totals or ():
                click.echo(f"  {total.title} ({total.answered} answered)")
                click.echo(
                    lay_out(("Answer", "Given"), [(words, str(count)) for words, count in total.counts])
                )
            for shift in one.shifts:
                click.echo(wrap(f"Since “{shift.since}”: {shift}, as at {shift.as_at:%d/%m/%Y}.", "  "))


def _show_words(one: Totals) -> None:
    for title, texts in one.words:
        click.echo(f"  {title}")
        for text in texts:
            click.echo(wrap(f"* {text}", "    "))
    if not one.words:
        click.echo("  Nobody has written anything as of last night.")


def _write(out: Path, found: Sequence[Table | Totals], told: Sequence[object]) -> None:
    match out.suffix.lower():
        case ".json":
            content = json.dumps(told, ensure_ascii=False, indent=2).encode()
        case ".xlsx":
            content = _as_workbook(found)
        case _:
            tables = [one for one in found if isinstance(one, Table) and one.rows]
            if len(tables) != 1:
                refuse(
                    f"{len(tables)} steps have single answers to write, and a CSV file holds one: "
                    "write an .xlsx or .json file."
                )
            content = _as_csv(tables[0])
    try:
        out.write_bytes(content)
    except OSError as error:
        refuse(f"{out} cannot be written: {error.strerror}.")


def _as_csv(table: Table) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.columns)
    writer.writerows([guard(row.get(column, "")) for column in table.columns] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _as_workbook(found: Sequence[Table | Totals]) -> bytes:
    content = io.BytesIO()
    plain = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(content, plain) as book:
        for one in found:
            sheet = book.add_worksheet(one.step.key[:31])
            for number, line in enumerate(_lines(one)):
                for place, text in enumerate(line):
                    sheet.write_string(number, place, text)
    return content.getvalue()


def _lines(one: Table | Totals) -> list[list[str]]:
    match one:
        case Table():
            return [list(one.columns), *([row.get(name, "") for name in one.columns] for row in one.rows)]
        case Totals(totals=None):
            return [["Not told", one.why_none]]
        case Totals():
            rows = [
                [each.field, each.title, str(each.answered), words, str(count)]
                for each in one.totals or ()
                for words, count in each.counts
            ]
            moved = [["", f"Since “{shift.since}”: {shift}, as at {shift.as_at}"] for shift in one.shifts]
            return [["field", "question", "answered", "answer", "given"], *rows, *moved]
