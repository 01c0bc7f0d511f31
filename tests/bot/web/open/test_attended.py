"""A family's survey asks nothing while nobody would read it; what somebody had begun is still kept."""

from datetime import timedelta

import pytest

from store.database import Session
from store.surveying.duty import Duty
from store.surveying.helpline import Helpline
from tests.bot.make_ready import TODAY, TOMORROW
from tests.bot.web.make_page import read_page
from tests.bot.web.open.make_open import OpenScene
from tests.bot.web.open.test_contact import WISH

SHUT = "This survey is not open just now"


def nobody_tomorrow(session: Session) -> None:
    session.query(Duty).filter_by(day=TOMORROW).delete()


def nobody_today(session: Session) -> None:
    session.query(Duty).filter_by(day=TODAY).delete()


def unrung(session: Session) -> None:
    session.query(Helpline).filter_by(key="childline").update({"last_checked_on": TODAY - timedelta(days=91)})


@pytest.mark.parametrize("change", [nobody_tomorrow, nobody_today, unrung])
@pytest.mark.parametrize("end", ["", "/en", "/en/family", "/en/contact"])
def test_every_way_in_says_so_with_help_and_a_way_out(place: OpenScene, change: object, end: str) -> None:
    place.write(change)  # type: ignore[arg-type]
    shown = place.client.get(f"/s/{place.codes['family']}{end}")
    page = read_page(shown.text)
    assert shown.status_code == 200
    assert SHUT in page.text
    assert "help-now" in page.ids
    assert page.fields == {}
    assert {"tel:999", "tel:01632960001", "https://www.bbc.co.uk/weather"} <= set(page.links)
    assert shown.headers["cache-control"] == "no-store"


def test_it_is_said_in_the_language_of_the_page(place: OpenScene) -> None:
    place.write(nobody_tomorrow)
    page = place.page(place.address("family", "pl"))
    assert "Ankieta jest w tej chwili niedostępna" in page.text
    assert SHUT not in page.text


def test_start_is_not_taken_either(place: OpenScene) -> None:
    place.write(nobody_tomorrow)
    for address in (place.address(), f"/s/{place.codes['family']}/en/contact"):
        assert SHUT in read_page(place.client.post(address, data={"start-here": "yes"}).text).text


def test_whoever_had_begun_goes_on_and_their_answers_are_kept(place: OpenScene) -> None:
    address = place.address()
    first = place.start(address)
    place.write(nobody_tomorrow)
    second = read_page(place.client.post(address, data={**first, "listened": "no"}).text)
    assert "safety" in second.ids
    opening = read_page(place.client.post(address, data={**second.fields, "back": "opening"}).text)
    again = place.client.post(address, data={**opening.fields, "start-here": "yes"})
    assert read_page(again.text).fields["listened"] == "no"
    third = read_page(place.client.post(address, data={**second.fields, "safety": "better"}).text)
    sent = place.client.post(address, data={**third.fields, "why": "A bus pass."})
    assert sent.headers["location"].endswith("/en/thanks")
    assert [one.answers for one in place.waiting()] == [
        {"listened": "no", "safety": "better", "why": "A bus pass."}
    ]


def test_a_wish_that_was_begun_is_kept_and_no_new_one_is_offered(place: OpenScene) -> None:
    address = f"/s/{place.codes['family']}/en/contact"
    fields = read_page(place.client.post(address, data={"start-here": "yes"}).text).fields
    place.write(nobody_tomorrow)
    assert place.client.post(address, data={**fields, **WISH}).status_code == 303
    assert [one.first_name for one in place.wishes()] == ["Kit"]
    assert address not in place.page(f"/s/{place.codes['family']}/en/thanks").links


def test_somebody_on_duty_again_opens_it_at_once(place: OpenScene) -> None:
    before = place.read(
        lambda session: [one.person_id for one in session.query(Duty).filter_by(day=TOMORROW)]
    )
    place.write(nobody_tomorrow)
    assert SHUT in place.page(place.address()).text
    board = place.read(lambda session: session.query(Duty).first())
    assert board is not None
    place.write(lambda session: session.add(Duty(board_id=board.board_id, day=TOMORROW, person_id=before[0])))
    assert "How was the help?" in place.page(place.address()).text


def test_staff_are_asked_whoever_is_on_duty(place: OpenScene) -> None:
    place.write(lambda session: session.query(Duty).delete())
    assert place.client.get(place.address("staff")).status_code == 200
    assert SHUT not in place.page(place.address("staff")).text


def test_the_demonstration_is_open_without_a_rota(shipped: OpenScene) -> None:
    shipped.write(lambda session: session.query(Duty).delete())
    assert SHUT not in shipped.page(f"/s/{shipped.codes['s6']}/en").text
