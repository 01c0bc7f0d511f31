"""A colleague is invited to fill in a section: they get a letter of their own, and may save but not send."""

from typing import Any

import pytest

from messages.gathering.gather import gather_due
from store.letters import touch
from store.people import person
from store.surveying.contributor import Contributor
from tests import make
from tests.bot.web.make_form import ask_form, keep_form, names_of, send
from tests.bot.web.make_house import Scene
from tests.bot.web.test_tasks import FORM, drafts, fill


@pytest.fixture
def path(place: Scene) -> str:
    return ask_form(place, keep_form(place, FORM))


def wish(place: Scene, path: str, **changes: str) -> dict[str, str]:
    digits = place.digits("returns")
    return {"section": "staff", "name": "Sam Okoro", "email": address(place), "digits": digits} | changes


def address(place: Scene) -> str:
    return make.address("Sam Okoro", make.domain_of("Agency A"))


def invite(place: Scene, path: str, **changes: str) -> str:
    """Invite Sam; gives the path of the link in Sam's letter."""
    response = place.client.post(f"{path}/share", data=wish(place, path, **changes))
    assert (response.status_code, response.headers.get("location")) == (303, f"{path}/share/done")
    known = place.read(lambda session: person.by_address(session, address(place)))
    assert known is not None
    asked = place.ask("returns")
    link = place.house.identity.answer_link(asked.id, known.id, asked.generation)
    return link.removeprefix(place.house.identity.base_url)


def test_a_colleague_gets_a_letter_and_fills_in_the_section(place: Scene, path: str) -> None:
    theirs = invite(place, path)
    [letter] = [
        one
        for one in place.read(lambda session: touch.of_ask(session, place.ask("returns").id))
        if one.role == "contributor"
    ]
    assert letter.rung == "invited"
    now, zone = place.clock.moment, place.house.identity.zone
    assert place.write(lambda session: gather_due(session, now, zone))
    assert fill(place, theirs, "staff", headcount="60") == theirs
    assert drafts(place)["staff"].raw["headcount"] == ["60"]


def test_a_colleague_cannot_send_nor_fill_in_what_they_were_not_asked_for(place: Scene, path: str) -> None:
    theirs = invite(place, path)
    assert place.client.get(f"{theirs}/sections/sign_off").status_code == 404
    fill(place, path, "staff", headcount="60")
    fill(place, path, "courses")
    fill(place, path, "sign_off", by="Rowan A")
    assert place.client.get(f"{theirs}/check").headers["location"] == theirs
    revisions = "courses:1 sign_off:1 staff:1"
    forced = place.client.post(f"{theirs}/check", data={"submission": "x" * 12, "revisions": revisions})
    assert (forced.status_code, forced.headers["location"]) == (303, theirs)
    assert place.ask("returns").state.is_live
    assert place.client.post(f"{theirs}/share", data=wish(place, theirs)).status_code == 403
    assert "You send nothing yourself" in place.client.get(theirs).text


def test_a_stranger_is_not_invited(place: Scene, path: str) -> None:
    response = place.client.post(f"{path}/share", data=wish(place, path, email="sam@elsewhere.example"))
    assert response.status_code == 422
    assert "outside the mail domains" in response.text
    assert place.read(lambda session: session.query(Contributor).count()) == 0


def test_without_the_digits_nobody_is_invited(place: Scene, path: str) -> None:
    response = place.client.post(f"{path}/share", data=wish(place, path, digits=""))
    assert response.status_code == 422
    assert place.read(lambda session: session.query(Contributor).count()) == 0


def test_two_presses_invite_once_and_the_page_tells_who_was(place: Scene, path: str) -> None:
    invite(place, path)
    invite(place, path)
    assert place.read(lambda session: session.query(Contributor).count()) == 1
    told = place.client.get(f"{path}/share/done").text
    assert "Sam Okoro: Your staff" in told


def test_the_page_for_it_belongs_to_long_forms_alone(place: Scene) -> None:
    response = place.client.get(f"{place.link()}/share")
    assert (response.status_code, response.headers["location"]) == (303, place.link())


def test_a_colleagues_page_never_turns_into_another_section(place: Scene, path: str) -> None:
    theirs = f"{invite(place, path)}/sections/staff"
    fill(place, path, "sign_off", by="Rowan A of the night team")
    first = place.client.get(theirs).text
    assert send(place, theirs, first, {"headcount": "60"}).status_code == 303
    for astray in ({"page": "by"}, {"back": "by"}, {"page": "by", "revision": "9"}):
        shown = send(place, theirs, first, {"headcount": "61"} | astray).text
        assert "night team" not in shown
        assert "by" not in names_of(shown)
    whole: dict[str, Any] = {
        "page": (None, "headcount"),
        "evidence": ("a.pdf", b"%PDF-1.4", "application/pdf"),
    }
    assert place.client.post(theirs, files=whole).status_code == 400
