"""`cascade form`: forms checked, previewed, kept and translated."""

from collections.abc import Iterator
from pathlib import Path

import click

from bot.asking.audience import tell_audience
from bot.cli.forms.body import name_lacking
from bot.cli.forms.changes import show_changes
from bot.cli.forms.file import read_file, show_faults
from bot.cli.forms.house import board_to_say
from bot.cli.forms.keep import keep_form
from bot.cli.forms.listed import list_forms
from bot.cli.forms.preview import preview
from bot.cli.forms.signing import sign_off
from bot.cli.forms.texts import keep_translation, write_texts
from bot.cli.options import json_option, refuse, show_json
from bot.settings import Web
from bot.web.submission import MOST_FIELDS
from messages.letters.counted import counted
from messages.writing.commands import name_board
from surveys.forms.bulk import weigh_form
from surveys.forms.faults import MOST_QUESTIONS
from surveys.forms.form import Form
from surveys.tongues.translation import missing
from surveys.xlsform.fault import Fault


@click.group("form")
def form() -> None:
    """Check, preview, keep and translate forms, written in Excel as XLSForm or as JSON."""


@click.command("check")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def check_form(path: Path, as_json: bool) -> None:
    """Check a form: an XLSForm workbook (.xlsx) or a form in JSON. Nothing is kept.

    Says everything that is wrong, each by sheet, row and column, and exits 1; else tells what is left out
    or called otherwise, and for whom the form is. --json prints ok, key, version, title, audience, privacy,
    questions, languages, untranslated (by language, every text), faults and warnings.
    """
    found = read_file(path)
    if isinstance(found, list):
        if as_json:
            show_json({"ok": False, "faults": [fault.to_json() for fault in found], "warnings": []})
            raise click.exceptions.Exit(1)
        show_faults(found, path)
        wrong = counted(len(found), "thing", "things")
        refuse(
            f"{path.name} cannot be used yet: {wrong} to put right. Check it again then: "
            "one may hide another."
        )
    read, warnings = found.form, [*found.warnings, *_warn_of_bulk(found.form)]
    if as_json:
        show_json(
            {
                "ok": True,
                "key": read.key,
                "version": read.version,
                "title": read.title,
                "audience": read.audience,
                "privacy": read.privacy,
                "questions": len(read.every),
                "languages": [read.language, *(one.language for one in found.translations)],
                "untranslated": {one.language: missing(read, one) for one in found.translations},
                "faults": [],
                "warnings": [warning.to_json() for warning in warnings],
            }
        )
        return
    for warning in warnings:
        click.echo(f"  note  {warning}")
    for one in found.translations:
        lacking = missing(read, one)
        told = f", {counted(len(lacking), 'text', 'texts')} still to translate" if lacking else ""
        click.echo(f"  {one.language}: {len(one.texts)} texts, a draft until somebody signs it off{told}.")
        for line in name_lacking(lacking):
            click.echo(line)
    questions = counted(len(read.every), "question", "questions")
    click.echo(f"{path.name} can be used: {read.title}, {questions} of at most {MOST_QUESTIONS}.")
    click.echo(tell_audience(read))
    slug = board_to_say()
    click.echo(name_board(f"See it: cascade form preview {path} --as web --out preview.html", slug))
    click.echo(name_board(f"Keep it: cascade form keep {path}", slug))


def _warn_of_bulk(form: Form) -> Iterator[Fault]:
    """What people could not send, should they fill every box to the last."""
    most, largest = weigh_form(form), Web().largest_body
    if most.fields > MOST_FIELDS or most.characters > largest:
        what = (
            f"filled to the last, a page sends {most.fields:,} fields and {most.characters:,} characters; "
            f"{MOST_FIELDS:,} and {largest:,} are taken. Allow fewer entries (repeat_count) or shorter texts "
            "(max_length)"
        )
        yield Fault("survey", 0, "", what)


for command in (
    check_form,
    preview,
    list_forms,
    keep_form,
    show_changes,
    write_texts,
    keep_translation,
    sign_off,
):
    form.add_command(command)
