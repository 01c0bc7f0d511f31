"""`cascade form keep`: a form that a board has written becomes one it can ask."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.asking.audience import tell_audience
from bot.cli.actor import name_actor, require_office
from bot.cli.forms.changes import tell, to_json
from bot.cli.forms.file import FormFile, read_file, read_kept, show_faults
from bot.cli.forms.versions import all_versions
from bot.cli.named import find_board
from bot.cli.options import agree, as_option, json_option, refuse, show_json, with_house, yes_option
from bot.wiring import House
from messages.letters.counted import counted
from store.asking import form as forms
from store.database import Session
from store.decision import note
from store.people.board import Board
from store.surveying import signed_translation
from store.surveying.signed_translation import TranslationState
from surveys import library
from surveys.forms.changes import Change, compare_forms
from surveys.forms.form import Form
from surveys.tongues.translation import State, Translation, texts_of


@dataclass(frozen=True, slots=True)
class Plan:
    """What keeping a form would do: under which version, and what changes against the version before."""

    form: Form
    before: Form | None
    changes: tuple[Change, ...]
    translations: tuple[Translation, ...]

    @property
    def is_new(self) -> bool:
        """Whether there is anything to keep."""
        return self.before is None or bool(self.changes)


@click.command("keep")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--board", metavar="SLUG", help="Whose form it is, where there are several boards.")
@as_option
@yes_option
@json_option
@with_house
async def keep_form(
    house: House, path: Path, board: str | None, email: str | None, yes: bool, as_json: bool
) -> None:
    """Keep a form from FILE as the board's own, so that its campaigns can ask it.

    A form that is kept already gets its next version, after what changed has been shown; answers stay with
    the version they were given to. Translations in the file are kept as drafts, and those of the version
    before are carried over as drafts; a machine's stay a machine's. Says for whom the form is. --json prints
    form, version, audience, privacy, changes, languages and done.
    """
    by, now = name_actor(house, email), await house.clock.now()
    found = read_file(path)
    if isinstance(found, list):
        show_faults(found, path)
        refuse(f"{path.name} cannot be kept: {counted(len(found), 'thing', 'things')} to put right.")
    plan = await house.database.read(lambda session: _plan(session, found, board, by))
    if not as_json:
        _show(plan)
        for note_of_file in found.warnings if plan.is_new else ():
            click.echo(f"  note  {note_of_file}")
    if plan.is_new:
        agree(f"Keep {plan.form.title} as {plan.form.key}-{plan.form.version}?", yes=yes)
        await house.database.write(lambda session: _keep(session, found, board, by, now))
    if as_json:
        show_json(_document(plan))
    elif plan.is_new:
        click.echo(f"Kept as {plan.form.key}-{plan.form.version}.")


def _plan(session: Session, found: FormFile, board: str | None, by: str) -> Plan:
    owner = find_board(session, board)
    require_office(session, owner.id, by)
    before = _newest(session, found.form.key, owner)
    changes = compare_forms(before.form, found.form) if before else []
    known = all_versions(session, found.form.key, owner.id)
    version = max(found.form.version, max(known, default=0) + 1)
    if before is not None and not changes:
        version = before.form.version
    form = Form.from_json(_body(found.form) | {"version": version})
    translations = _translations(form, found, before)
    return Plan(form, before.form if before else None, tuple(changes), tuple(translations))


def _keep(session: Session, found: FormFile, board: str | None, by: str, now: datetime) -> None:
    plan, owner = _plan(session, found, board, by), find_board(session, board)
    key, version = plan.form.key, plan.form.version
    forms.keep(session, key, version, _body(plan.form), owner.id)
    for one in plan.translations:
        state = TranslationState(one.state)
        signed_translation.keep(session, owner.id, key, version, one.language, one.texts, state)
    note(session, now, "form", f"{key}-{version} kept: {plan.form.title}", by, board_id=owner.id)


def _newest(session: Session, key: str, owner: Board) -> FormFile | None:
    """The version asked so far: the board's own before the one that comes with Cascade."""
    kept, known = read_kept(session, key, None, owner), library.keys()
    if kept is not None or key not in known:
        return kept
    shipped = library.load(key)
    return FormFile(shipped, tuple(library.translations(key, shipped.version)))


def _translations(form: Form, found: FormFile, before: FormFile | None) -> list[Translation]:
    """Every translation there will be: what the file says, before what the version before said."""
    texts = set(texts_of(form))
    languages = {one.language for one in (*found.translations, *(before.translations if before else ()))}
    drafts = []
    for language in sorted(languages):
        earlier = before.translation(language) if before else None
        given = found.translation(language)
        said = {**(earlier.texts if earlier else {}), **(given.texts if given else {})}
        kept = {text: words for text, words in said.items() if text in texts}
        if kept:
            sources = [one.state for one in (earlier, given) if one is not None]
            state: State = "machine" if set(sources) == {"machine"} else "draft"
            drafts.append(
                Translation(form=form.key, version=form.version, language=language, state=state, texts=kept)
            )
    return drafts


def _body(form: Form) -> dict[str, Any]:
    return dict(form.to_json())


def _show(plan: Plan) -> None:
    if plan.before is None:
        click.echo(f"{plan.form.title} is new: {counted(len(plan.form.every), 'question', 'questions')}.")
    elif not plan.changes:
        click.echo(f"{plan.form.key}-{plan.form.version} is kept already; nothing changed.")
    else:
        click.echo(f"Against {plan.before.key}-{plan.before.version}:")
        for line in tell(list(plan.changes)):
            click.echo(f"  {line}")
    click.echo(tell_audience(plan.form))
    for one in plan.translations if plan.is_new else ():
        kind = "a machine's draft" if one.state == "machine" else "a draft"
        click.echo(f"  {one.language}: {len(one.texts)} of {len(texts_of(plan.form))} texts, as {kind}")


def _document(plan: Plan) -> dict[str, object]:
    return {
        "form": plan.form.key,
        "version": plan.form.version,
        "audience": plan.form.audience,
        "privacy": plan.form.privacy,
        "changes": [to_json(one) for one in plan.changes],
        "languages": [one.language for one in plan.translations],
        "done": plan.is_new,
    }
