"""`cascade form preview`: what people would see, before anybody is asked."""

from pathlib import Path

import click

from bot.cli.forms.body import Body, body_of, find_body, tell_state, tell_whole
from bot.cli.forms.file import FormFile, find_form, split_name
from bot.cli.forms.pages import every_page
from bot.cli.forms.rules import state_rules
from bot.cli.forms.text import draw_text
from bot.cli.forms.texts import tidy_tag
from bot.cli.forms.web import draw_web
from bot.cli.options import Words, refuse
from messages.writing.commands import name_board
from store.surveying.signed_translation import hash_of
from surveys.errors import FormError
from surveys.forms.form import Form
from surveys.phrases.learned import learn
from surveys.tongues.page_words import PAGES
from surveys.tongues.tongue import find_tongue
from surveys.tongues.translation import Translation, translate


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

    Every page is shown, with the rules of each question beside it, and a translation
    with who stands for it. The web page stands alone: it can be mailed to somebody, and sends nothing. FORM
    may be `pages`, --as email: the words around the questions of every form beside their translation.
    """
    if surface == "slack":
        refuse(
            "Forms in Slack come with the chat, which is not there yet: preview it --as web or --as email."
        )
    tag = tidy_tag(language)
    if split_name(named)[0] == PAGES:
        drawn, told = _draw_words(find_body(named, board), tag, surface, board)
    else:
        drawn, told = _draw_form(find_form(named, board), tag, surface, board)
    if out is None:
        click.echo(drawn, nl=False)
        return
    try:
        out.write_text(drawn, "utf-8")
    except OSError as error:
        refuse(f"{out} cannot be written: {error.strerror}.")
    click.echo(f"{out}: {told}", err=True)


def _draw_form(found: FormFile, tag: str, surface: str, board: str | None) -> tuple[str, str]:
    """The form as it would look, with the page words of its language, and what there is to say of it."""
    words = find_body(PAGES, board)
    around = words.translation(tag or found.form.language)
    if around is not None:
        learn(around.language, hash_of(around.texts), around.texts)
    form, told = _in_language(found, tag, around)
    state = name_board(told, board)
    shown, rules = every_page(form), state_rules(form)
    drawn = draw_web(form, shown, rules, state) if surface == "web" else draw_text(form, shown, rules, state)
    return drawn, f"{form.title} in {find_tongue(form.language).name}, {len(shown)} pages."


def _draw_words(body: Body, tag: str, surface: str, board: str | None) -> tuple[str, str]:
    """The words around the questions, each above its translation, and what there is to say of them."""
    if surface == "web":
        refuse("The words around the questions are on the pages of each form: preview them --as email.")
    told = body.translation(tag)
    if told is None:
        there = ", ".join(one.language for one in body.translations)
        refuse(f"Say --language with one of: {there}; the words around the questions are in no other.")
    pairs = "\n\n".join(f"{text}\n    {told.texts.get(text, '-')}" for text in body.texts)
    name = find_tongue(told.language).name
    state = name_board(tell_whole(body, told), board)
    return f"{body.title}, {name}\n{state}\n\n{pairs}\n", f"{body.title} in {name}."


def _in_language(found: FormFile, tag: str, around: Translation | None) -> tuple[Form, str]:
    """The form in a language, and what is to be said of the translation and of the words around it."""
    if not tag or tag == found.form.language:
        return found.form, ""
    told = found.translation(tag)
    if told is None:
        there = ", ".join([found.form.language, *(one.language for one in found.translations)])
        refuse(f"{found.form.key}-{found.form.version} is not in {tag}; it is in: {there}.")
    try:
        form = translate(found.form, told)
    except FormError as error:
        refuse(f"{error}.")
    state = tell_whole(body_of(found), told)
    if not found.form.is_for_families or (around is not None and around.is_reviewed):
        return form, state
    said = tell_state(around) if around else "in English"
    return (
        form,
        f"{state}\nThe words around the questions are {said}: cascade form preview {PAGES} --as email",
    )
