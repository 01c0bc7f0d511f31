"""`cascade form preview`: what people would see, before anybody is asked."""

from pathlib import Path

import click

from bot.cli.form_file import FormFile, find_form
from bot.cli.form_pages import conditions, every_page
from bot.cli.form_text import draw_text
from bot.cli.form_web import draw_web
from bot.cli.options import Words, refuse
from messages.counted import counted
from surveys.errors import FormError
from surveys.form import Form
from surveys.tongue import find_tongue
from surveys.translation import missing, translate


@click.command("preview")
@click.argument("named", metavar="FORM")
@click.option(
    "--as", "surface", type=click.Choice(["web", "email", "slack"]), required=True, help="Where it is seen."
)
@click.option(
    "--language", type=Words(20), default="", help="Its BCP 47 tag, such as pl; else the form's own."
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it here, not to the screen."
)
@click.option("--board", metavar="SLUG", help="Whose form, where there are several boards.")
def preview(named: str, surface: str, language: str, out: Path | None, board: str | None) -> None:
    """Show FORM as people would see it: a file, a form that comes with Cascade, or one that a board keeps.

    Every page is shown, with the rule beside each question that only some people are asked. The web page
    stands alone: it can be mailed to somebody, and sends nothing.
    """
    if surface == "slack":
        refuse(
            "Forms in Slack come with the chat, which is not there yet: preview it --as web or --as email."
        )
    form, state = _in_language(find_form(named, board), language)
    shown, when = every_page(form), conditions(form)
    drawn = draw_web(form, shown, when, state) if surface == "web" else draw_text(form, shown, when)
    if out is None:
        click.echo(drawn, nl=False)
        return
    try:
        out.write_text(drawn, "utf-8")
    except OSError as error:
        refuse(f"{out} cannot be written: {error.strerror}.")
    click.echo(f"{out}: {form.title} in {find_tongue(form.language).name}, {len(shown)} pages.", err=True)


def _in_language(found: FormFile, language: str) -> tuple[Form, str]:
    """The form in a language, and what is to be said of the translation."""
    if not language or language == found.form.language:
        return found.form, ""
    told = found.translation(language)
    if told is None:
        there = ", ".join([found.form.language, *(one.language for one in found.translations)])
        refuse(f"{found.form.key}-{found.form.version} is not in {language}; it is in: {there}.")
    try:
        form = translate(found.form, told)
    except FormError as error:
        refuse(f"{error}.")
    if told.is_reviewed:
        return form, ""
    said = "This translation is a machine's" if told.state == "machine" else "This translation is a draft"
    left = len(missing(found.form, told))
    more = f" {counted(left, 'text is', 'texts are')} still in English." if left else ""
    return form, f"{said}: nobody has signed it off.{more}"
