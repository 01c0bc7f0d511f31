"""`cascade form sign-off`: a person who has read a translation stands for it by name."""

from dataclasses import dataclass
from datetime import datetime

import click

from bot.asking.page_words import sign_page_words
from bot.cli.actor import name_actor, require_office
from bot.cli.forms.body import Body, find_body, mark_of
from bot.cli.forms.texts import board_option, language_option, tidy_tag
from bot.cli.named import find_board, find_person
from bot.cli.options import Words, agree, as_option, json_option, refuse, show_json, with_house, yes_option
from bot.wiring import House
from messages.letters.counted import counted
from messages.writing.commands import name_board
from store.database import Session
from store.decision import note
from store.surveying import signed_translation
from store.surveying.signed_translation import LONGEST_SIGNATURE, TranslationState
from surveys.tongues.page_words import PAGES
from surveys.tongues.tongue import find_tongue
from surveys.tongues.translation import Translation, lost_numbers, turned


@dataclass(frozen=True, slots=True)
class Signature:
    """Who read it, and who acts for the board: the same person unless somebody else read it."""

    reader: str
    name: str
    by: str

    @property
    def text(self) -> str:
        """Both as they are kept with the translation, the address whole."""
        who, whose = (self.reader, f", for {self.by}") if self.reader else (self.name, f" <{self.by}>")
        return who[: max(0, LONGEST_SIGNATURE - len(whose))] + whose


@click.command("sign-off")
@click.argument("named", metavar="FORM")
@language_option
@click.option("--reader", type=Words(120), default="", help="Who read it, where it was somebody else.")
@click.option(
    "--texts", "mark", metavar="MARK", help="What was read, as `form texts` and `form preview` name it."
)
@board_option
@as_option
@yes_option
@json_option
@with_house
async def sign_off(
    house: House,
    named: str,
    language: str,
    reader: str,
    mark: str | None,
    board: str | None,
    email: str | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Sign a translation of FORM off: you read the language, and it says what the English says.

    FORM may be `pages`: the words around the questions of every form. Only whole translations are signed.
    Texts that are changed later wait as a draft beside the signed ones, and pages go on with those until the
    newer ones are signed too. With --yes, and wherever there is nobody to ask, --texts has to name what was
    read. --json prints form, version, language, texts, reader and by.
    """
    by, now = name_actor(house, email), await house.clock.now()
    body, tag = find_body(named, board), tidy_tag(language)
    told = _whole(body, body.translation(tag), named, tag, board)
    signature = await house.database.read(lambda session: _signature(session, board, by, reader))
    name = find_tongue(tag).name
    _check_mark(told, mark, board, yes=yes)
    who = f"{reader} has" if reader else "You have"
    agree(f"{who} read all {len(told.texts)} texts in {name}, and stand for them?", yes=yes or bool(mark))
    await house.database.write(lambda session: _sign(session, told, board, signature, now))
    if as_json:
        show_json(
            {
                "form": told.form,
                "version": told.version,
                "language": told.language,
                "texts": len(told.texts),
                "reader": signature.text,
                "by": by,
            }
        )
    else:
        click.echo(f"{told.form}-{told.version} in {name} is signed off by {signature.text}.")


def _whole(body: Body, told: Translation | None, named: str, tag: str, board: str | None) -> Translation:
    if told is None:
        begin = f"cascade form texts {named} --language {tag} --out {body.key}-{tag}.xlsx"
        refuse(f"{named} has no translation into {tag}; begin one with `{name_board(begin, board)}`.")
    left = body.lacks(told)
    if left:
        refuse(f"{counted(len(left), 'text is', 'texts are')} still in English, such as “{left[0][:60]}”.")
    _check_texts(told, named, board)
    return told


def _check_texts(told: Translation, named: str, board: str | None) -> None:
    """End the command where texts, however they came to be kept, say another number or are turned unseen."""
    way = f"cascade form texts {named} --language {told.language} --out {told.form}-{told.language}.xlsx"
    mend = f"Put it right with `{name_board(way, board)}`."
    for text, number in lost_numbers(told):
        refuse(f"The number {number} is not in the translation of “{text[:60]}”. {mend}")
    for text in turned(told):
        refuse(f"The translation of “{text[:60]}” holds marks that turn its direction unseen. {mend}")


def _check_mark(told: Translation, mark: str | None, board: str | None, *, yes: bool) -> None:
    """End the command where what was read is not what would be signed, or is not named."""
    way = f"cascade form texts {told.form} --language {told.language} --out FILE.xlsx"
    read = name_board(way, board)
    if mark is not None and mark != mark_of(told):
        refuse(
            f"--texts {mark}: the translation is {mark_of(told)} now, so it is not what was read. Read it "
            f"again: `{read}`."
        )
    if yes and mark is None:
        refuse(
            "Nothing was changed: --yes alone would sign unread. Say --texts MARK as well, as "
            f"`{read}` names what is there to read."
        )


def _signature(session: Session, board: str | None, by: str, reader: str) -> Signature:
    require_office(session, find_board(session, board).id, by)
    return Signature(reader, find_person(session, by).name, by)


def _sign(
    session: Session, told: Translation, board: str | None, signature: Signature, now: datetime
) -> None:
    owner = find_board(session, board)
    if told.form == PAGES:
        sign_page_words(session, owner.id, told, signature.text, now)
    else:
        kept = signed_translation.keep(
            session, owner.id, told.form, told.version, told.language, told.texts, TranslationState.DRAFT
        )
        signed_translation.sign(session, kept, signature.text, now)
    what = f"{told.form}-{told.version} in {told.language}: signed off, {mark_of(told)}, {signature.text}"
    note(session, now, "translation", what, signature.by, board_id=owner.id)
