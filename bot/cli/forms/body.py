"""Bodies: texts that are translated together, of a form or of the words around every form's questions."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.asking.page_words import PageWords, find_page_words
from bot.cli.forms.file import FormFile, find_form, split_name
from bot.cli.forms.house import look_up
from messages.letters.counted import counted
from store.surveying.signed_translation import hash_of
from surveys.forms.form import Form
from surveys.phrases import ENGLISH, languages
from surveys.tongues.page_words import PAGES, TITLE, VERSION, place_of, shared_words
from surveys.tongues.translation import Translation, texts_of

_DIGITS_SHOWN = 6
#: Texts still to translate that are named one by one, and the characters of each.
_NAMED, _LONGEST_NAMED = 12, 80


@dataclass(frozen=True)
class Body:
    """Texts that are translated, read and signed together. `form` is None for the words around them all."""

    key: str
    version: int
    title: str
    texts: tuple[str, ...]
    translations: tuple[Translation, ...]
    #: Newer texts that nobody has signed yet, beside those in use.
    drafts: tuple[Translation, ...]
    form: Form | None = None

    def translation(self, language: str) -> Translation | None:
        """The newest translation into a language, signed or not, by its tag."""
        return next((one for one in (*self.drafts, *self.translations) if one.language == language), None)

    def signed_beside(self, told: Translation) -> Translation | None:
        """The signed texts that stay in use while a draft waits; None where it is no draft beside any."""
        if told.is_reviewed:
            return None
        found = (one for one in self.translations if one.language == told.language and one.is_reviewed)
        return next(found, None)

    def lacks(self, told: Translation) -> list[str]:
        """The texts that a translation does not have yet, in order."""
        return [text for text in self.texts if not told.texts.get(text, "").strip()]

    @cached_property
    def places(self) -> dict[str, str]:
        """Where each text first stands, in words for its translator."""
        return _places(self.form) if self.form else {text: place_of(text) for text in self.texts}


def find_body(named: str, board: str | None) -> Body:
    """The texts of a form, or with `pages` the words around them; ends the command where there are none."""
    if split_name(named)[0] == PAGES:
        words = look_up(board, lambda session, owner: find_page_words(session, owner.id)) or _shipped()
        return Body(
            PAGES,
            VERSION,
            TITLE,
            words.texts,
            tuple(words.translations.values()),
            tuple(words.drafts.values()),
        )
    return body_of(find_form(named, board))


def body_of(found: FormFile) -> Body:
    """The texts of a form."""
    form = found.form
    texts = tuple(texts_of(form))
    return Body(form.key, form.version, form.title, texts, found.translations, found.drafts, form)


def mark_of(told: Translation) -> str:
    """What somebody who has read a translation says of it: how many texts, and which exactly, as 96-4f2a1c.

    It changes with every word, so nobody signs what was reworded since they read it.
    """
    return f"{len(told.texts)}-{hash_of(told.texts)[:_DIGITS_SHOWN]}"


def tell_state(told: Translation) -> str:
    """Who stands for a translation, in a few words."""
    if told.is_reviewed:
        return f"read and signed off by {told.reviewer}"
    return "a machine's, signed off by nobody" if told.state == "machine" else "a draft, signed off by nobody"


def tell_whole(body: Body, told: Translation) -> str:
    """How whole a translation is, who stands for it and what to say to sign it off, a line each.

    Where it is a draft beside signed texts, both are told.
    """
    beside = body.signed_beside(told)
    stays = f"\nUntil then pages say the texts {tell_state(beside)}." if beside else ""
    left = len(body.lacks(told))
    if left:
        return f"It is {tell_state(told)}; {counted(left, 'text is', 'texts are')} still in English.{stays}"
    way = f"cascade form sign-off {told.form} --language {told.language} --texts {mark_of(told)}"
    return f"It is {tell_state(told)}." + (
        "" if told.is_reviewed else f"\nOnce all of it is read: {way}{stays}"
    )


def name_lacking(texts: Sequence[str]) -> Iterator[str]:
    """The texts still to translate, a line each: the first dozen, and how many more there are."""
    for text in texts[:_NAMED]:
        yield f"  still to translate: {textwrap.shorten(text, _LONGEST_NAMED, placeholder=' …')}"
    if len(texts) > _NAMED:
        yield f"  … and {counted(len(texts) - _NAMED, 'more text', 'more texts')}"


def _shipped() -> PageWords:
    tags = [tag for tag in languages() if tag != ENGLISH]
    found = {
        tag: Translation(form=PAGES, version=VERSION, language=tag, state="machine", texts=shared_words(tag))
        for tag in tags
    }
    return PageWords(tuple(shared_words()), found)


def _places(form: Form) -> dict[str, str]:
    """Where each text first stands, by the question's name."""
    found = {text: f"the form, {setting}" for setting, text in vars(form).items() if isinstance(text, str)}
    for section in form.sections:
        for question in section.questions:
            for cell in (
                question,
                *(form.tables[n].by_name[n] for n in form.tables if form.tables[n] is question),
            ):
                for text in _texts_at(cell):
                    found.setdefault(text, f"{section.name}, {cell.name}")
        for text in (section.title, section.intro):
            found.setdefault(text, f"{section.name}, heading")
    return found


def _texts_at(question: object) -> Iterator[str]:
    for setting, value in vars(question).items():
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from (text for text in value.values() if isinstance(text, str))
        elif isinstance(value, tuple) and setting in ("choices", "lines"):
            for each in value:
                yield from (text for text in vars(each).values() if isinstance(text, str))
