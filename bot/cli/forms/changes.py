"""`cascade form changes`: what is different between two versions of a form."""

import click

from bot.cli.forms.file import find_form
from bot.cli.forms.versions import known_versions
from bot.cli.options import json_option, refuse, show_json
from messages.writing.commands import name_board
from surveys.forms.changes import Change, compare_forms


@click.command("changes")
@click.argument("key", metavar="FORM")
@click.option("--from", "old", type=click.IntRange(min=1), help="The older version; else the one before.")
@click.option("--to", "new", type=click.IntRange(min=1), help="The newer version; else the newest.")
@click.option("--board", metavar="SLUG", help="Whose form, where there are several boards.")
@json_option
def show_changes(key: str, old: int | None, new: int | None, board: str | None, as_json: bool) -> None:
    """Show what changed between two versions of FORM, question by question.

    --json prints form, from, to, and changes: a list of kind, question, setting, before and now.
    """
    known = known_versions(key, board)
    if not known:
        listing = name_board("`cascade form list`", board)
        refuse(f"There is no form {key!r}; {listing} names all there are.")
    to = new or known[-1]
    before = [version for version in known if version < to]
    since = old or (before[-1] if before else 0)
    for version in (since, to):
        if version and version not in known:
            refuse(f"There is no version {version} of {key}; there are: {', '.join(map(str, known))}.")
    if not since:
        refuse(f"{key} has no version before {to}, so there is nothing to compare it with.")
    found = compare_forms(find_form(f"{key}-{since}", board).form, find_form(f"{key}-{to}", board).form)
    if as_json:
        show_json({"form": key, "from": since, "to": to, "changes": [to_json(one) for one in found]})
        return
    for line in tell(found):
        click.echo(f"  {line}")
    click.echo(f"{key}, from version {since} to {to}.")


def tell(changes: list[Change]) -> list[str]:
    """The changes a line each; one line says so where there is none."""
    return [str(change) for change in changes] or ["Nothing changed."]


def to_json(change: Change) -> dict[str, str]:
    """One change as a JSON-able dict."""
    return {
        "kind": change.kind.value,
        "question": change.question,
        "setting": change.setting,
        "before": change.before,
        "now": change.now,
    }
