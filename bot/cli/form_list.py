"""`cascade form list`: the forms that can be asked."""

from dataclasses import dataclass

import click

from bot.cli.form_house import look_up
from bot.cli.options import json_option, show_json
from bot.cli.table import lay_out
from store import form as forms
from store.board import Board
from store.database import Session
from store.surveying import signed_translation
from surveys import library
from surveys.form import Form


@dataclass(frozen=True, slots=True)
class Listed:
    """One form in its newest version, where it comes from, and its languages."""

    form: Form
    origin: str
    languages: tuple[str, ...]


@click.command("list")
@click.option("--board", metavar="SLUG", help="Whose forms, where there are several boards.")
@json_option
def list_forms(board: str | None, as_json: bool) -> None:
    """List the forms that come with Cascade, and those that a board keeps as its own.

    --json prints a list of key, version, title, audience, privacy, minutes, questions, languages and origin.
    """
    listed = [*_shipped(), *(look_up(board, _kept) or ())]
    if as_json:
        show_json([_document(one) for one in listed])
        return
    rows = [
        (
            f"{one.form.key}-{one.form.version}",
            one.form.title,
            one.form.audience,
            one.form.privacy,
            one.form.minutes,
            ", ".join(one.languages),
            one.origin,
        )
        for one in listed
    ]
    click.echo(lay_out(("form", "title", "for", "answers", "min.", "languages", "from"), rows))


def _shipped() -> list[Listed]:
    found, keys = [], library.keys()
    for key in keys:
        form = library.load(key)
        languages = (one.language for one in library.translations(key, form.version))
        found.append(Listed(form, "Cascade", (form.language, *languages)))
    return found


def _kept(session: Session, owner: Board) -> list[Listed]:
    found = []
    for one in forms.of_board(session, owner.id):
        form = Form.from_json(one.body)
        signed = signed_translation.of_form(session, owner.id, one.key, one.version)
        found.append(Listed(form, owner.name, (form.language, *(row.language for row in signed))))
    return found


def _document(one: Listed) -> dict[str, object]:
    return {
        "key": one.form.key,
        "version": one.form.version,
        "title": one.form.title,
        "audience": one.form.audience,
        "privacy": one.form.privacy,
        "minutes": one.form.minutes,
        "questions": len(one.form.every),
        "languages": list(one.languages),
        "origin": one.origin,
    }
