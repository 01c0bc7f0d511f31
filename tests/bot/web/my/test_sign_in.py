"""Signing in: digits open it once, for fifteen minutes, for one person, and no page tells of an address."""

from datetime import timedelta

import pytest

from bot.web.my.reader import COOKIE
from messages.proof.passes import six_digits
from store.letters.delivery import Delivery
from store.letters.passcode import TRIES
from tests import make
from tests.bot.web.make_house import Scene
from tests.bot.web.my.make_reader import ROWAN, browser, digits, passcodes, signed_in

NOBODY = "nobody@elsewhere.example"


def test_digits_sent_to_the_address_on_file_open_the_page(place_anywhere: Scene) -> None:
    visitor = signed_in(place_anywhere)
    page = visitor.page()
    assert "Rowan A: 1 thing waits for you" in page.text
    assert "Agency A, for West Berkshire" in page.text
    assert "Agency B" not in page.text


def test_an_unknown_address_takes_the_same_path(place: Scene) -> None:
    client = browser(place)
    told = {}
    for email in (ROWAN, NOBODY):
        sent = client.post("/my/code", data={"email": email})
        tried = client.post("/my/enter", data={"email": email, "digits": "000000"})
        told[email] = [
            (one.status_code, one.text.replace(email, "…"), sorted(one.headers)) for one in (sent, tried)
        ]
    assert told[ROWAN] == told[NOBODY]
    assert len(passcodes(place)) == 1


def test_asking_again_within_a_minute_sends_nothing_new_and_an_hour_has_its_most(place: Scene) -> None:
    client = browser(place)
    for _ in range(3):
        client.post("/my/code", data={"email": ROWAN})
    assert len(passcodes(place)) == 1
    for _ in range(20):
        place.clock.moment += timedelta(minutes=2)
        client.post("/my/code", data={"email": ROWAN})
    assert len(passcodes(place)) == 5


def test_digits_are_used_once(place: Scene) -> None:
    signed_in(place)
    typed = {"email": ROWAN, "digits": digits(place)}
    assert browser(place).post("/my/enter", data=typed).status_code == 422


def test_digits_hold_fifteen_minutes(place: Scene) -> None:
    client = browser(place)
    client.post("/my/code", data={"email": ROWAN})
    place.clock.moment += timedelta(minutes=15)
    assert client.post("/my/enter", data={"email": ROWAN, "digits": digits(place)}).status_code == 422


def test_guessing_ends_with_the_fifth_try(place: Scene) -> None:
    client = browser(place)
    client.post("/my/code", data={"email": ROWAN})
    right = digits(place)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(TRIES):
        client.post("/my/enter", data={"email": ROWAN, "digits": wrong})
    assert client.post("/my/enter", data={"email": ROWAN, "digits": right}).status_code == 422


def test_digits_open_nothing_for_anybody_else(place: Scene) -> None:
    devi = make.address("Devi A", make.domain_of("Agency A"))
    client = browser(place)
    client.post("/my/code", data={"email": devi})
    theirs = digits(place)
    client.post("/my/code", data={"email": ROWAN})
    assert client.post("/my/enter", data={"email": ROWAN, "digits": theirs}).status_code == 422


def test_a_get_or_head_of_any_page_changes_nothing(place: Scene) -> None:
    visitor = signed_in(place)
    before = place.dump()
    for path in (
        "/my",
        "/my/left",
        "/my/code",
        "/my/enter",
        "/my/day",
        "/my/tell",
        "/my/sign-out",
        "/my/open",
    ):
        visitor.client.get(path)
        visitor.client.head(path)
    assert place.dump() == before


def test_an_hour_of_rest_or_a_new_key_or_signing_out_ends_it(place: Scene) -> None:
    visitor = signed_in(place)
    place.clock.moment += timedelta(minutes=59)
    assert "waits for you" in visitor.page().text
    place.clock.moment += timedelta(minutes=59)
    assert "waits for you" in visitor.page().text
    place.clock.moment += timedelta(minutes=61)
    assert "Give the address" in visitor.page().text
    visitor = signed_in(place)
    assert visitor.client.post("/my/sign-out").status_code == 303
    assert "Give the address" in visitor.page().text


@pytest.mark.parametrize(
    ("base", "secure"), [("https://cascade.example.org", True), ("http://127.0.0.1:8000", False)]
)
def test_the_cookie_is_for_these_pages_alone(place: Scene, base: str, *, secure: bool) -> None:
    place.house.identity = type(place.house.identity)(
        base, place.house.identity.mailbox, place.house.identity.keyring, place.house.identity.zone
    )
    client = browser(place, base)
    client.post("/my/code", data={"email": ROWAN})
    answer = client.post("/my/enter", data={"email": ROWAN, "digits": digits(place)})
    told = answer.headers["set-cookie"]
    assert told.startswith(f"{COOKIE}=")
    for word in ("HttpOnly", "Path=/my", "SameSite=lax", "Max-Age=3600"):
        assert word in told
    assert ("Secure" in told) == secure


def test_another_site_can_press_nothing(place: Scene) -> None:
    visitor = signed_in(place)
    before = place.dump()
    for path in ("/my/day", "/my/left", "/my/tell", "/my/open"):
        answer = visitor.client.post(path, data={"day": "Monday", "wish": "left", "stamp": "0" * 32})
        assert answer.status_code == 403
    assert place.dump() == before


def test_a_letter_with_digits_names_them_once_and_leaves_none_in_the_database(place: Scene) -> None:
    client = browser(place)
    client.post("/my/code", data={"email": ROWAN})
    [letter] = place.read(lambda session: session.query(Delivery).all())
    assert letter.any_hour
    code = six_digits(place.house.identity.keyring, passcodes(place)[0].id)
    assert code not in place.dump()
