"""A language that closes while somebody answers in it takes nothing with it that they typed."""

from typing import Any

import pytest

from store.asking.campaign import Campaign
from store.database import Session
from store.people.board import Board
from store.surveying import reader
from store.surveying.signed_translation import SignedTranslation
from surveys.forms.form import Form
from tests.bot.web.make_page import read_page
from tests.bot.web.open.make_open import FAMILY, OpenScene, name_reader, open_survey, sign
from tests.bot.web.open.test_contact import WISH

BOX = {"kind": "long_text", "name": "why", "label": "What should change?"}
MOVED = "The other language is closed for now. What you typed is still here."
LOST = "Nikt już nie może czytać odpowiedzi w języku, w którym zostały napisane"
LOST_IN_ENGLISH = "Nobody can read the language that you wrote in any more"


def close_polish(session: Session) -> None:
    session.query(Campaign).filter_by(slug="family").one().values = {"languages": ["en"]}


def unsign_polish(session: Session) -> None:
    session.query(SignedTranslation).filter_by(form_key="family", language="pl").delete()


def drop_reader(session: Session) -> None:
    assert reader.drop(session, session.query(Board).one().id, "pl", "ewa.nowak@example.org")


def at_the_box(place: OpenScene) -> dict[str, str]:
    """Answer in Polish up to the box; gives the fields of its page."""
    name_reader(place, "pl")
    address = place.address("family", "pl")
    first = place.start(address)
    second = read_page(place.client.post(address, data={**first, "listened": "no"}).text)
    third = read_page(place.client.post(address, data={**second.fields, "safety": "better"}).text)
    assert "why" in third.ids
    return third.fields


@pytest.mark.parametrize("close", [close_polish, unsign_polish])
def test_what_was_typed_goes_on_in_the_language_that_is_offered_instead(place: OpenScene, close: Any) -> None:
    fields = at_the_box(place)
    place.write(close)
    moved = place.client.post(place.address("family", "pl"), data={**fields, "why": "Bilet."})
    assert moved.status_code == 200
    page = read_page(moved.text)
    assert MOVED in page.text
    assert (page.fields["listened"], page.fields["safety"]) == ("no", "better")
    assert "Bilet." in moved.text
    assert f'action="{place.address()}"' in moved.text
    assert place.waiting() == []
    sent = place.client.post(place.address(), data={**page.fields, "why": "Bilet."})
    assert sent.headers["location"].endswith("/en/thanks")
    [kept] = place.waiting()
    assert kept.answers == {"listened": "no", "safety": "better", "why": "Bilet."}
    assert kept.language == "pl", "they wrote in Polish"


@pytest.mark.parametrize("close", [close_polish, unsign_polish])
def test_what_nobody_can_read_moves_to_no_other_language(place: OpenScene, close: Any) -> None:
    fields = at_the_box(place)
    place.write(close)
    place.write(drop_reader)
    moved = place.client.post(place.address("family", "pl"), data={**fields, "why": "Bilet."})
    page = read_page(moved.text)
    assert LOST_IN_ENGLISH in page.text
    assert "help-now" in page.ids
    assert "Bilet." not in moved.text
    assert page.fields["safety"] == "better"
    sent = place.client.post(place.address(), data={**page.fields, "why": "A ticket."})
    assert sent.headers["location"].endswith("/en/thanks")
    [kept] = place.waiting()
    assert (kept.answers["why"], kept.language) == ("A ticket.", "en")


def test_whose_reader_leaves_after_the_language_has_closed_is_told_too(place: OpenScene) -> None:
    fields = at_the_box(place)
    place.write(close_polish)
    page = read_page(place.client.post(place.address("family", "pl"), data={**fields, "why": "Bilet."}).text)
    place.write(drop_reader)
    told = place.client.post(place.address(), data={**page.fields, "why": "Bilet."})
    assert LOST_IN_ENGLISH in told.text
    assert place.waiting() == []


@pytest.mark.parametrize("crafted", ["xx", "pl-" + "x" * 40, "Nobody's"])
def test_no_language_is_kept_that_a_page_made_up(place: OpenScene, crafted: str) -> None:
    fields = at_the_box(place)
    told = place.client.post(place.address(), data={**fields, "why": "Bilet.", "wrote-in": crafted})
    assert LOST_IN_ENGLISH in told.text
    assert place.waiting() == []


def test_from_the_opening_it_goes_on_at_the_opening(place: OpenScene) -> None:
    place.write(close_polish)
    moved = place.client.post(place.address("family", "pl"), data={"start-here": "yes"})
    assert MOVED in moved.text
    assert f'action="{place.address()}"' in moved.text


def test_a_wish_goes_on_too(place: OpenScene) -> None:
    address = f"/s/{place.codes['family']}/pl/contact"
    fields = read_page(place.client.post(address, data={"start-here": "yes"}).text).fields
    place.write(close_polish)
    moved = place.client.post(address, data={**fields, **WISH})
    assert MOVED in moved.text
    assert "the school office" in moved.text
    assert place.wishes() == []
    sent = place.client.post(address.replace("/pl/", "/en/"), data={**read_page(moved.text).fields, **WISH})
    assert sent.status_code == 303
    assert len(place.wishes()) == 1


def test_stop_stops_in_whatever_language(place: OpenScene) -> None:
    fields = at_the_box(place)
    place.write(close_polish)
    sent = place.client.post(place.address("family", "pl"), data={**fields, "stop-here": "yes"})
    assert sent.headers["location"].endswith("/en/stopped")


def test_words_that_nobody_can_read_any_more_are_not_dropped_without_a_word(place: OpenScene) -> None:
    fields = at_the_box(place)
    place.write(drop_reader)
    address = place.address("family", "pl")
    told = place.client.post(address, data={**fields, "why": "Bilet."})
    page = read_page(told.text)
    assert LOST in page.text
    assert "help-now" in page.ids
    assert place.waiting() == []
    sent = place.client.post(address, data=page.fields)
    assert sent.headers["location"].endswith("/pl/thanks")
    assert [one.answers for one in place.waiting()] == [{"listened": "no", "safety": "better"}]


def test_an_empty_box_goes_without_a_word(place: OpenScene) -> None:
    fields = at_the_box(place)
    place.write(drop_reader)
    shown = place.client.post(place.address("family", "pl"), data={**fields, "page": "safety", "why": " "})
    assert LOST not in shown.text


def test_a_form_of_nothing_but_boxes_is_not_offered_where_nobody_reads_the_language(place: OpenScene) -> None:
    section = {"name": "one", "title": "One", "questions": [BOX]}
    boxes = Form.from_json(FAMILY | {"key": "boxes", "sections": [section]})

    def fill(session: Session) -> str:
        made = open_survey(session, session.query(Board).one(), "boxes", [boxes])
        sign(session, "boxes", "pl", {"What should change?": "Co zmienić?"})
        return made.code

    place.codes["boxes"] = place.write(fill)
    assert place.client.get(place.address("boxes", "pl")).status_code == 404
    assert place.client.get(f"/s/{place.codes['boxes']}").headers["location"].endswith("/en")
    name_reader(place, "pl")
    assert "Co zmienić?" in place.client.post(place.address("boxes", "pl"), data={"start-here": "y"}).text
    assert "Polski" in place.page(f"/s/{place.codes['boxes']}").text
