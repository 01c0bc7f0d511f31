"""`cascade form texts`, `translate` and `sign-off`: a form in another language, and who stands for it."""

from datetime import datetime
from pathlib import Path

import click

from bot.cli.actor import name_actor, require_office
from bot.cli.form_file import FormFile, find_form
from bot.cli.form_sheet import TextSheet, read_sheet, write_sheet
from bot.cli.named import find_board
from bot.cli.options import Words, agree, as_option, json_option, refuse, show_json, with_house, yes_option
from bot.wiring import House
from messages.counted import counted
from store.database import Session
from store.decision import note
from store.surveying import signed_translation
from store.surveying.signed_translation import TranslationState
from surveys.errors import FormError
from surveys.form import Form
from surveys.tongue import find_tongue
from surveys.translation import Translation, astray, missing, texts_of, translate
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

    The second column is theirs to fill; `cascade form translate` takes it back.
    """
    if out.suffix.lower() != ".xlsx":
        refuse(f"{out} is no workbook: give it a name that ends in .xlsx.")
    found = find_form(named, board)
    known = found.translation(_tag(language))
    try:
        left = write_sheet(found.form, _tag(language), known.texts if known else {}, out)
    except OSError as error:
        refuse(f"{error}.")
    click.echo(f"{out}: {len(texts_of(found.form))} texts of {found.form.title}, {left} still to translate.")


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

    Children and families see it only when somebody has signed it off. --json prints form, version,
    language, texts, missing and done.
    """
    by, now = name_actor(house, email), await house.clock.now()
    sheet = _read(path)
    if sheet.language != _tag(language):
        refuse(f"{path.name} was written for {sheet.language}: say --language {sheet.language}.")
    found = find_form(f"{sheet.form}-{sheet.version}", board)
    told = Translation(
        form=sheet.form,
        version=sheet.version,
        language=sheet.language,
        state="draft",
        texts=dict(sheet.texts),
    )
    faults = _faults(found.form, told, sheet)
    for fault in faults:
        click.echo(f"{path.name}: {fault}", err=True)
    if faults:
        refuse(f"{path.name} is not kept: {counted(len(faults), 'thing', 'things')} to put right.")
    await house.database.write(lambda session: _keep(session, told, board, by, now))
    left = missing(found.form, told)
    if as_json:
        show_json(
            {
                "form": told.form,
                "version": told.version,
                "language": told.language,
                "texts": len(told.texts),
                "missing": left,
                "done": True,
            }
        )
        return
    name = find_tongue(told.language).name
    click.echo(f"{name}: {len(told.texts)} texts of {told.form}-{told.version} are kept as a draft.")
    for text in left[:10]:
        click.echo(f"  still in English: {text[:80]}")
    click.echo(f"See it with `cascade form preview {told.form} --as web --language {told.language}`.")


@click.command("sign-off")
@click.argument("named", metavar="FORM")
@language_option
@board_option
@as_option
@yes_option
@json_option
@with_house
async def sign_off(
    house: House,
    named: str,
    language: str,
    board: str | None,
    email: str | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Sign a translation of FORM off: you read the language, and it says what the English says.

    Only whole translations are signed, and any later change of its texts ends the signature. --json prints
    form, version, language, texts and by.
    """
    by, now = name_actor(house, email), await house.clock.now()
    found = find_form(named, board)
    told = found.translation(_tag(language))
    if told is None:
        refuse(
            f"{named} has no translation into {_tag(language)}; begin one with `cascade form texts {named}`."
        )
    left = missing(found.form, told)
    if left:
        refuse(f"{counted(len(left), 'text is', 'texts are')} still in English, such as “{left[0][:60]}”.")
    await house.database.read(lambda session: require_office(session, find_board(session, board).id, by))
    name = find_tongue(told.language).name
    agree(f"You have read all {len(told.texts)} texts in {name}, and stand for them?", yes=yes)
    await house.database.write(lambda session: _sign(session, found, told, board, by, now))
    if as_json:
        show_json(
            {
                "form": told.form,
                "version": told.version,
                "language": told.language,
                "texts": len(told.texts),
                "by": by,
            }
        )
    else:
        click.echo(f"{told.form}-{told.version} in {name} is signed off by {by}.")


def _read(path: Path) -> TextSheet:
    with path.open("rb") as opened:
        sheet = read_sheet(opened.read(MAX_BYTES + 1))  # one byte tells that there are more
    if isinstance(sheet, list):
        refuse(f"{path.name}: {sheet[0].what}.")
    return sheet


def _faults(form: Form, told: Translation, sheet: TextSheet) -> list[Fault]:
    """What is wrong with a translation, by the row of its sheet."""
    known = set(texts_of(form))
    found = [
        _fault(sheet, text, "the form has no such text; leave the first column as it is")
        for text in told.texts
        if text not in known
    ]
    found += [
        _fault(sheet, text, "the same words in braces must stand in the text and its translation")
        for text in astray(told)
    ]
    if not found:
        try:
            translate(form, told)
        except FormError as error:
            found.append(Fault("Texts", 0, "Translation", str(error)))
    return sorted(found)


def _fault(sheet: TextSheet, text: str, what: str) -> Fault:
    return Fault("Texts", sheet.rows.get(text, 0), "Translation", what, "B")


def _keep(session: Session, told: Translation, board: str | None, by: str, now: datetime) -> None:
    owner = find_board(session, board)
    require_office(session, owner.id, by)
    signed_translation.keep(session, owner.id, told.form, told.version, told.language, told.texts)
    what = f"{told.form}-{told.version} in {told.language}: {len(told.texts)} texts kept as a draft"
    note(session, now, "translation", what, by, board_id=owner.id)


def _sign(
    session: Session, found: FormFile, told: Translation, board: str | None, by: str, now: datetime
) -> None:
    owner = find_board(session, board)
    require_office(session, owner.id, by)
    kept = signed_translation.keep(
        session, owner.id, told.form, told.version, told.language, told.texts, TranslationState.DRAFT
    )
    signed_translation.sign(session, kept, by, now)
    what = f"{told.form}-{told.version} in {told.language}: signed off, {len(told.texts)} texts"
    note(session, now, "translation", what, by, board_id=owner.id)


def _tag(language: str) -> str:
    primary, *rest = language.strip().split("-")
    return "-".join([primary.lower(), *rest])
