"""`cascade form texts` and `translate`: the texts of a form, or of every page, given out and taken back."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from bot.asking.page_words import keep_page_words
from bot.cli.actor import name_actor, require_office
from bot.cli.forms.body import Body, find_body, mark_of, name_lacking, tell_whole
from bot.cli.forms.sheet import HEADINGS, TextSheet, read_sheet, write_sheet
from bot.cli.named import find_board
from bot.cli.options import Words, json_option, refuse, show_json, with_house
from bot.wiring import House
from messages.letters.counted import counted
from messages.writing.commands import name_board
from store.database import Session
from store.decision import note
from store.surveying import signed_translation
from surveys.errors import FormError
from surveys.forms.marks import TAKEN_OUT, take_out, turns
from surveys.tongues.page_words import PAGES
from surveys.tongues.tongue import find_tongue
from surveys.tongues.translation import Translation, astray, lost_numbers, translate
from surveys.xlsform.fault import Fault
from surveys.xlsform.workbook import MAX_BYTES

#: `--language`: a BCP 47 tag.
language_option = click.option(
    "--language", required=True, type=Words(20), help="Its BCP 47 tag, such as pl, ur or en-x-easy."
)
#: `--board`: whose translation.
board_option = click.option("--board", metavar="SLUG", help="Whose it is, where there are several boards.")


@click.command("texts")
@click.argument("named", metavar="FORM")
@language_option
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The .xlsx to write."
)
@board_option
def write_texts(named: str, language: str, out: Path, board: str | None) -> None:
    """Write every text of FORM into a spreadsheet for a translator, with the translations there are.

    FORM may be `pages`: the words around the questions of every form. The second column is the translator's
    to fill; `cascade form translate` takes it back.
    """
    if out.suffix.lower() != ".xlsx":
        refuse(f"{out} is no workbook: give it a name that ends in .xlsx.")
    body, tag = find_body(named, board), tidy_tag(language)
    told = body.translation(tag)
    try:
        left = write_sheet(body, tag, told.texts if told else {}, out)
    except OSError as error:
        refuse(f"{error}.")
    click.echo(f"{out}: {len(body.texts)} texts of {body.title}, {left} still to translate.")
    if told is not None:
        click.echo(name_board(tell_whole(body, told), board))


@click.command("translate")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@language_option
@click.option("--by", "email", metavar="EMAIL", help="Who brings it; else the setting `operator`.")
@board_option
@json_option
@with_house
async def keep_translation(
    house: House, path: Path, language: str, email: str | None, board: str | None, as_json: bool
) -> None:
    """Take back a spreadsheet that `cascade form texts` wrote, and keep what is in it as a draft.

    Children and families see it only when somebody has signed it off; until then they go on with the texts
    that were signed before, if there are any. --json prints form, version, language, texts, missing, mark
    and done.
    """
    by, now = name_actor(house, email), await house.clock.now()
    sheet = _read(path)
    if sheet.language != tidy_tag(language):
        refuse(f"{path.name} was written for {sheet.language}: say --language {sheet.language}.")
    body = find_body(f"{sheet.form}-{sheet.version}", board)
    told = Translation(
        form=sheet.form,
        version=sheet.version,
        language=sheet.language,
        state="draft",
        texts={text: take_out(words) for text, words in sheet.texts.items()},
    )
    for text in sheet.texts:
        if turns(sheet.texts[text]):
            click.echo(f"{path.name}: {_fault(sheet, text, TAKEN_OUT)}", err=True)
    faults = sorted(_faults(body, told, sheet))
    for fault in faults:
        click.echo(f"{path.name}: {fault}", err=True)
    if faults:
        refuse(f"{path.name} is not kept: {counted(len(faults), 'thing', 'things')} to put right.")
    await house.database.write(lambda session: _keep(session, told, board, by, now))
    if as_json:
        show_json(
            {
                "form": told.form,
                "version": told.version,
                "language": told.language,
                "texts": len(told.texts),
                "missing": body.lacks(told),
                "mark": mark_of(told),
                "done": True,
            }
        )
    else:
        _tell(body, told, board)


def tidy_tag(language: str) -> str:
    """A BCP 47 tag as it is kept."""
    primary, *rest = language.strip().split("-")
    return "-".join([primary.lower(), *rest])


def _tell(body: Body, told: Translation, board: str | None) -> None:
    name = find_tongue(told.language).name
    click.echo(f"{name}: {len(told.texts)} texts of {told.form}-{told.version} are kept as a draft.")
    for line in name_lacking(body.lacks(told)):
        click.echo(line)
    surface = "--as email" if told.form == PAGES else "--as web"
    see = f"See it with `cascade form preview {told.form} {surface} --language {told.language}`."
    click.echo(name_board(f"{see}\n{tell_whole(body, told)}", board))


def _read(path: Path) -> TextSheet:
    with path.open("rb") as opened:
        sheet = read_sheet(opened.read(MAX_BYTES + 1))  # one byte tells that there are more
    if isinstance(sheet, list):
        refuse(f"{path.name}: {sheet[0].what}.")
    return sheet


def _faults(body: Body, told: Translation, sheet: TextSheet) -> Iterator[Fault]:
    """What is wrong with a translation, by the row of its sheet."""
    known, is_sound = set(body.texts), True
    for text in told.texts:
        if text not in known:
            is_sound = False
            what = "the form has no such text; leave the first column as it is"
            yield Fault("Texts", sheet.rows.get(text, 0), HEADINGS[0], what, "A")
    for text in astray(told):
        is_sound = False
        yield _fault(sheet, text, "the same words in braces must stand in the text and its translation")
    for text, number in lost_numbers(told):
        yield _fault(sheet, text, f"the number {number} stands in the text and must stand in its translation")
    if is_sound and body.form is not None:
        try:
            translate(body.form, told)
        except FormError as error:
            yield Fault("Texts", 0, "Translation", str(error))


def _fault(sheet: TextSheet, text: str, what: str) -> Fault:
    return Fault("Texts", sheet.rows.get(text, 0), HEADINGS[1], what, "B")


def _keep(session: Session, told: Translation, board: str | None, by: str, now: datetime) -> None:
    owner = find_board(session, board)
    require_office(session, owner.id, by)
    if told.form == PAGES:
        keep_page_words(session, owner.id, told.language, told.texts)
    else:
        signed_translation.keep(session, owner.id, told.form, told.version, told.language, told.texts)
    what = f"{told.form}-{told.version} in {told.language}: {len(told.texts)} texts kept as a draft"
    note(session, now, "translation", what, by, board_id=owner.id)
