"""`cascade form list`: the forms that can be asked."""

from collections.abc import Iterable
from dataclasses import dataclass

import click

from bot.cli.forms.body import Body, find_body
from bot.cli.forms.file import own_translations
from bot.cli.forms.house import look_up
from bot.cli.options import json_option, show_json
from bot.cli.table import lay_out
from store.asking import form as forms
from store.database import Session
from store.people.board import Board
from surveys import library
from surveys.forms.form import Form
from surveys.phrases import ENGLISH
from surveys.tongues.page_words import PAGES
from surveys.tongues.translation import Translation


@dataclass(frozen=True, slots=True)
class Listed:
    """One form in its newest version, where it comes from, and its translations."""

    form: Form
    origin: str
    translations: tuple[Translation, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The form's own language, and those that it was put into."""
        return (self.form.language, *(one.language for one in self.translations))


@click.command("list")
@click.option("--board", metavar="SLUG", help="Whose forms, where there are several boards.")
@json_option
def list_forms(board: str | None, as_json: bool) -> None:
    """List the forms that come with Cascade, those that a board keeps, and who stands for each translation.

    --json prints a list of key, version, title, audience, privacy, minutes, questions, languages, origin and
    translations (language, state, reader); last come the words around every form's questions, `pages`.
    """
    listed = [*(look_up(board, _of_board) or _shipped(None, None))]
    words = find_body(PAGES, board)
    if as_json:
        show_json([*(_document(one) for one in listed), _document_of_words(words)])
        return
    rows: list[tuple[object, ...]] = [
        (
            f"{one.form.key}-{one.form.version}",
            one.form.title,
            one.form.audience,
            one.form.privacy,
            one.form.minutes,
            ", ".join([one.form.language, *map(_short, one.translations)]),
            one.origin,
        )
        for one in listed
    ]
    spoken = ", ".join([ENGLISH, *map(_short, words.translations)])
    rows.append((words.key, words.title, "all", "", "", spoken, ""))
    click.echo(lay_out(("form", "title", "for", "answers", "min.", "languages", "from"), rows))


def _of_board(session: Session, owner: Board) -> list[Listed]:
    found = _shipped(session, owner)
    for one in forms.of_board(session, owner.id):
        form = Form.from_json(one.body)
        found.append(Listed(form, owner.name, own_translations(session, owner, form)))
    return found


def _shipped(session: Session | None, owner: Board | None) -> list[Listed]:
    """The forms that come with Cascade, with what a board has made of their translations."""
    found, keys = [], library.keys()
    for key in keys:
        form = library.load(key)
        told = {one.language: one for one in library.translations(key, form.version)}
        if session is not None and owner is not None:
            told |= {one.language: one for one in own_translations(session, owner, form)}
        found.append(Listed(form, "Cascade", tuple(told.values())))
    return found


def _short(one: Translation) -> str:
    """A language with its state; who signed it off is named."""
    return f"{one.language} ({one.reviewer if one.is_reviewed else one.state})"


def _translations(translations: Iterable[Translation]) -> list[dict[str, str]]:
    return [{"language": one.language, "state": one.state, "reader": one.reviewer} for one in translations]


def _document_of_words(words: Body) -> dict[str, object]:
    return {
        "key": words.key,
        "version": words.version,
        "title": words.title,
        "audience": "all",
        "privacy": None,
        "minutes": None,
        "questions": 0,
        "languages": [ENGLISH, *(one.language for one in words.translations)],
        "translations": _translations(words.translations),
        "origin": "Cascade",
    }


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
        "translations": _translations(one.translations),
        "origin": one.origin,
    }
