"""The words around the questions are read, signed and offered as the questions themselves are."""

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from bot.asking.gate import LANGUAGES, find_faults
from bot.asking.page_words import find_page_words, keep_page_words, learn_page_words
from store.asking.campaign import Campaign
from store.database import Database, Session
from store.people.board import Board
from store.surveying import helpline, signed_translation
from store.surveying.signed_translation import SignedTranslation, TranslationState
from surveys.phrases import phrases, say
from surveys.phrases.learned import digests, forget
from surveys.tongues.page_words import PAGES, VERSION, shared_words
from surveys.tongues.translation import Translation
from tests import make
from tests.bot.make_ready import sign_words
from tests.bot.test_gate import ready
from tests.make import START, ZONE

FRONT = "The front door"
T = TypeVar("T")


@pytest.fixture(autouse=True)
def _unlearned() -> Iterator[None]:
    yield
    for language in digests():
        forget(language)


def within(url: str, fn: Callable[[Session, Board, Campaign], T]) -> T:
    """Do something in the house of a board that is ready to open its survey of families."""
    database = Database(url)
    try:
        return database.write_now(lambda session: fn(session, *ready(session)))
    finally:
        database.close_now()


def faults(session: Session, made: Campaign) -> list[str]:
    return find_faults(session, made, START, ZONE)


def test_they_are_every_text_of_the_pages_and_of_the_numbers_families_see(database_url: str) -> None:
    def look(session: Session, board: Board, _made: Campaign) -> tuple[str, ...]:
        return find_page_words(session, board.id).texts

    texts = within(database_url, look)
    assert len(texts) == len(set(texts))
    assert set(phrases("en")) <= set(texts)
    assert {"Childline", "NSPCC Helpline", FRONT} <= set(texts)
    assert "NSPCC Whistleblowing Advice Line" not in texts
    assert all(re.search("[A-Za-z]", text) for text in texts)


def test_without_their_signature_a_signed_form_is_not_offered(database_url: str) -> None:
    def look(session: Session, board: Board, made: Campaign) -> list[str]:
        session.query(SignedTranslation).filter_by(form_key=PAGES, language="pl").delete()
        words = {**shared_words("pl"), "Stop": "Stop!", FRONT: "Drzwi"}
        keep_page_words(session, board.id, "pl", words)
        return faults(session, made)

    [fault] = within(database_url, look)
    assert "the translation into Polski (pl)" in fault
    assert fault.splitlines()[1:] == [
        "cascade form texts pages --language pl --out pages-pl.xlsx",
        "cascade form sign-off pages --language pl --texts MARK",
    ]


def test_a_machines_newer_words_are_called_so_until_a_person_changes_some(database_url: str) -> None:
    def look(session: Session, board: Board, _made: Campaign) -> list[str]:
        newer = shared_words("pl") | {"Stop": "Stop!"}
        states: list[str] = []
        for state in (TranslationState.MACHINE, TranslationState.DRAFT):
            signed_translation.keep(session, None, PAGES, VERSION, "pl", newer, state)
            states.append(find_page_words(session, board.id).drafts["pl"].state)
        return states

    assert within(database_url, look) == ["machine", "draft"]


def test_words_of_the_boards_own_number_are_part_of_them(database_url: str) -> None:
    def look(session: Session, board: Board, made: Campaign) -> list[str]:
        helpline.keep(session, board.id, "front_door", "01632 960 001", {"en": "Our new front door"})
        made.values = {LANGUAGES: ["ur"]}
        return [one for one in faults(session, made) if "signed off" in one]

    [fault] = within(database_url, look)
    assert "cascade form texts pages --language ur --out pages-ur.xlsx" in fault


def test_a_changed_word_of_a_number_ends_the_signature_below_it(database_url: str) -> None:
    def look(session: Session, board: Board, _made: Campaign) -> tuple[bool, bool]:
        before = find_page_words(session, board.id).is_signed("pl")
        own = session.query(helpline.Helpline).filter_by(key="front_door").one()
        own.name = {**own.name, "pl": "Co innego"}
        return before, find_page_words(session, board.id).is_signed("pl")

    assert within(database_url, look) == (True, False)


def test_one_signature_serves_every_board_but_not_the_words_of_anothers_numbers(database_url: str) -> None:
    def look(session: Session, _board: Board, _made: Campaign) -> list[bool]:
        other = make.board(session, slug="east")
        plain = find_page_words(session, other.id).is_signed("pl")
        helpline.keep(session, other.id, "front_door", "01632 960 002", {"en": "East's front door"})
        return [plain, find_page_words(session, other.id).is_signed("pl"), FRONT in _texts(session, other)]

    assert within(database_url, look) == [True, False, False]


def _texts(session: Session, board: Board) -> tuple[str, ...]:
    return find_page_words(session, board.id).texts


def test_a_process_says_what_was_signed_and_learns_it_anew_when_it_changes(database_url: str) -> None:
    def look(session: Session, board: Board, _made: Campaign) -> list[str]:
        said: list[str] = []
        for words in ("Înainte", "Mai departe"):
            texts = {text: f"ro {text}" for text in _texts(session, board)} | {"Continue": words}
            keep_page_words(session, board.id, "ro", texts)
            assert learn_page_words(session, board.id, drafts=False)["ro"] is bool(said)
            said.append(say("ro", "Continue"))
            sign_words(session, board, "ro")
            assert learn_page_words(session, board.id, drafts=False)["ro"] is True
            said.append(say("ro", "Continue"))
        return said

    assert within(database_url, look) == ["Continue", "Înainte", "Înainte", "Mai departe"]


def test_the_demonstration_says_drafts_too(database_url: str) -> None:
    def look(session: Session, board: Board, _made: Campaign) -> tuple[dict[str, bool], str]:
        keep_page_words(session, board.id, "ro", {"Continue": "Înainte"})
        return learn_page_words(session, board.id, drafts=True), say("ro", "Continue")

    signed, said = within(database_url, look)
    assert (signed["ro"], said) == (False, "Înainte")


def test_what_another_house_taught_is_forgotten(database_url: str) -> None:
    def look(session: Session, board: Board, _made: Campaign) -> list[str]:
        learn_page_words(session, board.id, drafts=False)
        said = [say("pl", "Yes")]
        session.query(signed_translation.SignedTranslation).delete()
        learn_page_words(session, board.id, drafts=False)
        return [*said, *digests()]

    assert within(database_url, look) == ["Tak"]


def test_beside_signed_words_nothing_is_said_that_nobody_read(database_url: str) -> None:
    def look(session: Session, board: Board, _made: Campaign) -> str:
        keep_page_words(session, board.id, "pl", {"Back": "Cofnij"})
        row = signed_translation.find(session, None, PAGES, VERSION, "pl")
        assert row
        signed_translation.sign(session, row, "Zofia", START)
        learn_page_words(session, board.id, drafts=False)
        return say("pl", "Continue")

    assert within(database_url, look) == "Continue"


def test_shipped_words_are_whole_and_a_machines(database_url: str) -> None:
    def look(session: Session, _board: Board, _made: Campaign) -> dict[str, Translation]:
        session.query(signed_translation.SignedTranslation).delete()
        words = find_page_words(session, make.board(session, slug="east").id)
        assert all(words.lacks(tag) == [] for tag in words.translations)
        return dict(words.translations)

    found = within(database_url, look)
    assert {tag: one.state for tag, one in found.items()} == dict.fromkeys(
        ("en-x-easy", "pl", "ur"), "machine"
    )
