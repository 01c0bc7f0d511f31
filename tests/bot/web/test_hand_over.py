import pytest

from store import chore
from store.asking.ask import AskState
from store.chore import ChoreKind
from store.people import person
from store.people.person import Address, AddressState
from tests import make
from tests.bot.web.make_house import Scene
from tests.bot.web.make_page import read_page
from tests.bot.web.my.make_reader import digits

OWN = make.domain_of("Agency A")


def form(place: Scene, **changed: str) -> dict[str, str]:
    typed = {"wish": "colleague", "name": "Kit Adeyemi", "email": f"kit@{OWN}", "digits": place.digits()}
    return typed | changed


def post(place: Scene, **changed: str) -> int:
    return place.client.post(f"{place.link()}/hand-over", data=form(place, **changed)).status_code


def test_a_colleague_of_the_same_domain_has_it_at_once(place_anywhere: Scene) -> None:
    place = place_anywhere
    assert post(place) == 303
    taker = place.read(lambda session: person.by_address(session, f"kit@{OWN}"))
    assert taker is not None
    assert place.ask().delegate_id == taker.id
    assert "Kit Adeyemi has it now" in place.client.get(f"{place.link()}/hand-over/done").text


def test_two_presses_hand_over_once(place: Scene) -> None:
    assert post(place) == 303
    before = place.dump()
    assert post(place) == 303
    assert place.dump() == before


STRANGER = "kit@elsewhere.example"


def test_a_stranger_has_it_once_the_giver_typed_the_digits_sent_to_them(place_anywhere: Scene) -> None:
    place = place_anywhere
    asked = place.client.post(f"{place.link()}/hand-over", data=form(place, email=STRANGER))
    page = read_page(asked.text)
    assert (asked.status_code, "passcode" in page.ids) == (200, True)
    # Nothing has to be typed again.
    assert (page.fields["email"], page.fields["digits"]) == (STRANGER, place.digits())
    assert place.ask().delegate_id is None
    assert place.read(lambda session: person.by_address(session, STRANGER)) is None
    assert post(place, email=STRANGER, passcode="000000") == 422
    assert post(place, email="mallory@elsewhere.example", passcode=digits(place)) == 422
    assert post(place, email=STRANGER, passcode=digits(place)) == 303
    taker = place.read(lambda session: person.by_address(session, STRANGER))
    assert taker is not None
    assert place.ask().delegate_id == taker.id


def test_a_stranger_named_by_somebody_without_an_address_waits_for_a_person(place: Scene) -> None:
    rowan = place.person_id("Rowan A")
    place.write(
        lambda session: setattr(
            session.query(Address).filter_by(person_id=rowan).one(), "state", AddressState.BOUNCED
        )
    )
    assert post(place, email=STRANGER) == 303
    assert place.ask().delegate_id is None
    [waiting] = place.read(lambda session: chore.waiting(session))
    assert waiting.kind is ChoreKind.DECIDE_HANDOVER
    assert "nothing has been sent to it" in place.client.get(f"{place.link()}/hand-over/done").text


def test_not_for_my_agency_closes_the_ask_and_shows_the_reason_to_a_person(place: Scene) -> None:
    assert post(place, wish="decline", reason="We have no staff who work with children") == 303
    assert place.ask().state is AskState.DECLINED
    [waiting] = place.read(lambda session: chore.waiting(session))
    assert "no staff who work with children" in waiting.text
    assert "noted that this is not for Agency A" in place.client.get(f"{place.link()}/hand-over/done").text
    assert post(place, wish="decline", reason="We have no staff who work with children") == 303


@pytest.mark.parametrize(
    ("target", "changed"),
    [
        ("#wish", {"wish": ""}),
        ("#name", {"name": " "}),
        ("#email", {"email": ""}),
        ("#email", {"email": "kit at home"}),
        ("#email", {"email": f"kit@{OWN}\r\nBcc: all@{OWN}"}),
        ("#reason", {"wish": "decline", "reason": ""}),
        ("#digits", {"digits": ""}),
        ("#digits", {"digits": "1234"}),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_changes(
    place: Scene, target: str, changed: dict[str, str]
) -> None:
    before = place.dump()
    refused = place.client.post(f"{place.link()}/hand-over", data=form(place, **changed))
    page = read_page(refused.text)
    assert refused.status_code == 422
    assert target in page.links
    assert target.removeprefix("#") in page.ids
    assert place.dump() == before
