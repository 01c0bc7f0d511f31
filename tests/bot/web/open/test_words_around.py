"""On the pages of a family, the words around the questions count as much as the questions."""

from collections.abc import Iterator

import pytest

from bot.asking.page_words import find_page_words, keep_page_words
from store import installation
from store.database import Session
from store.people.board import Board
from store.surveying import helpline, signed_translation
from surveys.phrases.learned import digests, forget
from tests import make
from tests.bot.make_ready import sign_words
from tests.bot.web.open.make_open import OpenScene

OPENING = {"How was the help?": "Cum a fost ajutorul?", "The help": "Ajutorul"}


@pytest.fixture(autouse=True)
def _unlearned() -> Iterator[None]:
    yield
    for language in digests():
        forget(language)


def sign_form(session: Session) -> None:
    """The questions alone, signed off in Romanian."""
    kept = signed_translation.keep(session, None, "family", 1, "ro", OPENING)
    signed_translation.sign(session, kept, "Ana Radu", make.START)


def in_romanian(session: Session, **said: str) -> None:
    """Every word around the questions, as a draft."""
    board = session.query(Board).one()
    texts = {text: f"ro {text}" for text in find_page_words(session, board.id).texts}
    keep_page_words(session, board.id, "ro", texts | said)


def sign_off(session: Session) -> None:
    """The words around the questions, signed off as they are."""
    sign_words(session, session.query(Board).one(), "ro")


def test_a_language_opens_only_once_its_words_are_signed_too(place: OpenScene) -> None:
    address = place.address("family", "ro")
    place.write(sign_form)
    assert place.client.get(address).status_code == 404
    place.write(in_romanian)
    assert place.client.get(address).status_code == 404
    place.write(sign_off)
    shown = place.client.get(address)
    assert shown.status_code == 200
    assert "Machine translation" not in shown.text


def test_a_page_speaks_one_language_from_help_to_exit(place: OpenScene) -> None:
    place.write(sign_form)
    place.write(lambda session: in_romanian(session, Continue="Înainte", Childline="Telefonul copilului"))
    place.write(sign_off)
    shown = place.client.get(place.address("family", "ro"))
    for text in ("ro Get help now", "ro Exit this page", "ro NSPCC Helpline", "ro At any time, day or night"):
        assert text in shown.text
    assert ">Emergency<" not in shown.text
    asked = place.client.post(place.address("family", "ro"), data={"start-here": "yes"}).text
    assert "Înainte" in asked


def test_beside_a_new_draft_the_signed_words_go_on_until_its_signature(place: OpenScene) -> None:
    address = place.address("family", "ro")
    for write in (sign_form, in_romanian, sign_off):
        place.write(write)
    place.write(lambda session: in_romanian(session, Start="Începeți"))
    shown = place.client.get(address)
    assert shown.status_code == 200
    assert "ro Start" in shown.text
    assert "Începeți" not in shown.text
    place.write(sign_off)
    assert "Începeți" in place.client.get(address).text


def test_beside_a_draft_of_the_questions_the_signed_ones_are_asked(place: OpenScene) -> None:
    address = place.address("family", "pl")

    def draft(session: Session) -> None:
        for board_id in (None, session.query(Board).one().id):
            signed_translation.keep(session, board_id, "family", 1, "pl", {"How was the help?": "Szkic"})

    place.write(draft)
    shown = place.client.get(address)
    assert shown.status_code == 200
    assert "Jak oceniasz pomoc?" in shown.text


def test_first_words_for_a_boards_own_number_close_nothing_and_are_said_once_signed(
    place: OpenScene,
) -> None:
    address = place.address("family", "ro")
    for write in (sign_form, in_romanian, sign_off):
        place.write(write)

    def rename(session: Session) -> None:
        board = session.query(Board).one()
        helpline.keep(session, board.id, "front_door", "01632 960 001", {"en": "Our new door"})
        in_romanian(session)

    place.write(rename)
    shown = place.client.get(address)
    assert shown.status_code == 200
    assert "ro Our new door" not in shown.text
    place.write(sign_off)
    assert "ro Our new door" in place.client.get(address).text


def test_what_another_process_signs_meanwhile_is_said_at_the_next_look(place: OpenScene) -> None:
    address = place.address("family", "ro")
    for write in (sign_form, in_romanian, sign_off):
        place.write(write)
    assert "ro Start" in place.client.get(address).text

    def sign_anew(session: Session) -> None:
        in_romanian(session, Start="Începeți")
        sign_off(session)

    place.write(sign_anew)
    assert "Începeți" in place.client.get(address).text


def test_a_boards_own_number_is_told_in_the_language_of_the_page(place: OpenScene) -> None:
    def write(session: Session) -> None:
        board = session.query(Board).one()
        helpline.keep(session, board.id, "front_door", "01632 960 001", {"en": "The front door"})
        sign_form(session)
        in_romanian(session)
        sign_off(session)

    place.write(write)
    assert "ro The front door" in place.client.get(place.address("family", "ro")).text


def test_the_demonstration_calls_it_a_machines_where_either_is(place: OpenScene) -> None:
    place.write(lambda session: installation.set_virtual(session, make.START))
    place.write(sign_form)
    assert "Machine translation" in place.client.get(place.address("family", "ro")).text
    place.write(in_romanian)
    shown = place.client.get(place.address("family", "ro")).text
    assert "ro Machine translation" in shown
    place.write(sign_off)
    assert "Machine translation" not in place.client.get(place.address("family", "ro")).text
