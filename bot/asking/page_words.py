"""Page words in use: what a board's pages say round about the questions, and who stands for it.

Cascade's own words are the same English for every board, so one translation of them, signed by somebody who
acts for any board, serves the whole installation. The words of a board's own numbers are that board's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from store.database import Session
from store.surveying import helpline, signed_translation
from store.surveying.helpline import Audience, Helpline
from store.surveying.signed_translation import SignedTranslation, TranslationState
from surveys.phrases import ENGLISH, languages
from surveys.phrases.learned import digests, forget, learn
from surveys.tongues.page_words import PAGES, TEXTS_OF_NUMBER, VERSION, shared_words, words_in
from surveys.tongues.translation import State, Translation


@dataclass(frozen=True, slots=True)
class PageWords:
    """All page words of a board in English, and every translation of them there is.

    `translations` are in use as far as they are signed; `drafts` are the newer words of those that have any.
    """

    texts: tuple[str, ...]
    translations: Mapping[str, Translation]
    drafts: Mapping[str, Translation] = field(default_factory=dict)

    def is_signed(self, language: str) -> bool:
        """Whether a person has signed every one of them off in a language."""
        return language == ENGLISH or (
            language in self.translations and self.translations[language].is_reviewed
        )

    def newest(self, language: str) -> Translation | None:
        """The newest words in a language, signed or not."""
        return self.drafts.get(language) or self.translations.get(language)

    def lacks(self, language: str) -> list[str]:
        """The texts that nobody has put into a language yet, in order."""
        newest = self.newest(language)
        said = newest.texts if newest else {}
        return [text for text in self.texts if not said.get(text, "").strip()]


def find_page_words(session: Session, board_id: UUID) -> PageWords:
    """The page words of a board; a translation is `reviewed` only where nothing is missing from it."""
    shared, numbers = tuple(shared_words()), _own_numbers(session, board_id)
    own = tuple(_words_of(numbers, ENGLISH))
    tags = {*languages(), *(one.language for one in _outlines(session, board_id))} - {ENGLISH}
    found, drafts = {}, {}
    for tag in sorted(tags):
        for_all = signed_translation.find(session, None, PAGES, VERSION, tag)
        of_board = signed_translation.find(session, board_id, PAGES, VERSION, tag) if own else None
        words = dict(for_all.texts) if for_all else shared_words(tag)
        said = _words_of(numbers, tag)
        whole = _stands(for_all, words, shared) and (not own or _stands(of_board, said, own))
        rows = [row for row in (for_all, of_board) if row is not None]
        found[tag] = Translation(
            form=PAGES,
            version=VERSION,
            language=tag,
            state="reviewed" if whole else "draft" if any(map(_is_written, rows)) else "machine",
            reviewer="; ".join(dict.fromkeys(row.reviewed_by or "" for row in rows)) if whole else "",
            texts=words | said,
        )
        newer = [row for row in rows if row.unsigned_texts is not None]
        if newer:
            texts = dict(found[tag].texts)
            for row in newer:
                said = row.unsigned_texts or {}
                texts |= {text: words for text, words in said.items() if text in shared or text in own}
            state: State = "draft" if any(map(_waits_written, newer)) else "machine"
            drafts[tag] = replace(found[tag], state=state, reviewer="", texts=texts)
    return PageWords((*shared, *own), found, drafts)


def keep_page_words(session: Session, board_id: UUID, language: str, texts: Mapping[str, str]) -> None:
    """Keep page words in a language as drafts; until they are signed pages go on with the words they have."""
    shared = {text: words for text, words in texts.items() if text in shared_words()}
    signed_translation.keep(session, None, PAGES, VERSION, language, shared)
    own = {text: words for text, words in texts.items() if text not in shared}
    if own:
        signed_translation.keep(session, board_id, PAGES, VERSION, language, own)


def sign_page_words(
    session: Session, board_id: UUID, told: Translation, reviewer: str, now: datetime
) -> None:
    """Sign page words off as they were read; those of the board's own numbers go to the numbers."""
    keep_page_words(session, board_id, told.language, told.texts)
    for owner in (None, board_id):
        row = signed_translation.find(session, owner, PAGES, VERSION, told.language)
        if row is not None:
            signed_translation.sign(session, row, reviewer, now)
    own = {text: words for text, words in told.texts.items() if text not in shared_words()}
    for one in _own_numbers(session, board_id) if own else ():
        _say_in(session, board_id, one, told.language, own)


def learn_page_words(session: Session, board_id: UUID, *, drafts: bool) -> dict[str, bool]:
    """Say from now on what is kept, and tell of each language whether a person has signed it off.

    Only what is signed is said, or with `drafts` what anybody has written. While nothing changes it costs
    one look at a few short rows. Words of a board's own numbers reach no page before they are signed, so a
    draft of theirs changes nothing.
    """
    signed: dict[str, bool] = {}
    known, kept = digests(), set()
    for one in _outlines(session, board_id):
        if one.board_id is not None:
            continue
        signed[one.language] = one.is_reviewed
        if one.is_reviewed or drafts:
            kept.add(one.language.lower())
            if known.get(one.language.lower()) != one.texts_hash:
                learn(one.language, one.texts_hash, session.get_one(SignedTranslation, one.id).texts)
    for language in known.keys() - kept:
        forget(language)
    return signed


def stand(translation: Translation, *, on_signed_words: bool) -> Translation:
    """A form's translation as a family may rely on it: not further than on the words around it."""
    return translation if on_signed_words else replace(translation, state="machine", reviewer="")


def _outlines(session: Session, board_id: UUID) -> list[signed_translation.Outline]:
    return signed_translation.outlines(session, board_id, PAGES, VERSION)


def _own_numbers(session: Session, board_id: UUID) -> list[Helpline]:
    """The numbers that families see and whose words, or some of them, do not come with Cascade."""
    shown = helpline.shown(session, board_id, Audience.ALL)
    return [one for one in shown if one.audience is not Audience.STAFF and _words_of([one], ENGLISH)]


def _words_of(numbers: list[Helpline], language: str) -> dict[str, str]:
    shared = shared_words()
    found: dict[str, str] = {}
    for one in numbers:
        found |= words_in((one.name, one.note, one.hours or {}), language)
    return {text: words for text, words in found.items() if text not in shared}


def _stands(row: SignedTranslation | None, words: Mapping[str, str], texts: tuple[str, ...]) -> bool:
    """Whether exactly these words were signed, and none of them is missing."""
    if row is None or row.state is not TranslationState.REVIEWED:
        return False
    return all(words.get(text, "").strip() and row.texts.get(text) == words[text] for text in texts)


def _is_written(row: SignedTranslation) -> bool:
    return row.state is not TranslationState.MACHINE


def _waits_written(row: SignedTranslation) -> bool:
    """Whether a person wrote or changed what waits for a signature."""
    return row.unsigned_state is not TranslationState.MACHINE


def _say_in(
    session: Session, board_id: UUID, number: Helpline, language: str, words: Mapping[str, str]
) -> None:
    """Keep the words of a number in a language with it, on the board's own row."""
    said = {}
    for setting in TEXTS_OF_NUMBER:
        by_language = dict(getattr(number, setting) or {})
        if by_language.get(ENGLISH) in words:
            by_language[language] = words[by_language[ENGLISH]]
        said[setting] = by_language
    checked = number.last_checked_on
    own = helpline.keep(
        session,
        board_id,
        number.key,
        number.number,
        said["name"],
        note=said["note"],
        hours=said["hours"],
        audience=number.audience,
        source=number.source,
        position=number.position,
    )
    own.last_checked_on = checked
    session.flush()
