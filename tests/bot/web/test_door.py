from collections.abc import Callable
from datetime import timedelta

import pytest

from messages.changes import recording
from messages.proof.links import Purpose, sign_link
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, CampaignState
from store.people.person import Person
from tests.bot.web.make_house import Scene
from tests.bot.web.make_page import read_page


def altered(place: Scene) -> str:
    link = place.link()
    return link[:-1] + ("a" if link[-1] != "a" else "b")


def of_another_agency(place: Scene) -> str:
    keyring = place.house.identity.keyring
    outsider = place.person_id("Rowan B", "Agency B")
    return f"/a/{sign_link(keyring, place.ask().id, outsider, Purpose.ANSWER, 0)}"


def of_another_purpose(place: Scene) -> str:
    keyring, reader = place.house.identity.keyring, place.person_id("Rowan A")
    return f"/a/{sign_link(keyring, place.ask().id, reader, Purpose.UNSUBSCRIBE, 0)}"


def revoked(place: Scene) -> str:
    link = place.link()
    ask_id = place.asks["acknowledge A"]
    place.write(lambda session: setattr(session.get_one(Ask, ask_id), "generation", 1))
    return link


def expired(place: Scene) -> str:
    link = place.link()
    place.client.post(link, data={"page": "staff", "staff": "45"})
    assert place.client.get(link).status_code == 200
    place.clock.moment += timedelta(days=30, seconds=1)
    return link


def of_a_withdrawn_campaign(place: Scene) -> str:
    link, campaign_id = place.link(), place.ask().campaign_id
    place.write(
        lambda session: setattr(session.get_one(Campaign, campaign_id), "state", CampaignState.WITHDRAWN)
    )
    return link


def of_somebody_who_left(place: Scene) -> str:
    link, person_id = place.link(), place.person_id("Rowan A")
    place.write(
        lambda session: recording.left(session, session.get_one(Person, person_id), place.clock.moment, "x")
    )
    return link


def not_yet_open(place: Scene) -> str:
    return place.link("cascade")


@pytest.mark.parametrize(
    "spoil",
    [
        altered,
        of_another_agency,
        of_another_purpose,
        revoked,
        expired,
        of_a_withdrawn_campaign,
        of_somebody_who_left,
        not_yet_open,
    ],
)
def test_every_link_that_does_not_hold_shows_the_same_page_and_takes_nothing(
    place: Scene, spoil: Callable[[Scene], str]
) -> None:
    nonsense = place.client.get("/a/nonsense")
    assert nonsense.status_code == 404
    link = spoil(place)
    before = place.dump()
    for page in ("", "/done", "/more-time", "/more-time/done", "/hand-over", "/hand-over/done"):
        shown = place.client.get(link + page)
        assert (shown.status_code, shown.text) == (404, nonsense.text)
    sent = {"page": "staff", "staff": "45", "digits": place.digits(), "days": "5", "reason": "staff"}
    for page in ("", "/more-time", "/hand-over"):
        posted = place.client.post(link + page, data=sent)
        assert posted.status_code == 404
        assert "What you sent was NOT kept." in posted.text
        assert posted.text == place.client.post(f"/a/nonsense{page}", data=sent).text
    assert place.dump() == before
    assert "Email me a new link" in read_page(nonsense.text).text


def test_the_deputy_and_the_line_manager_may_answer(place: Scene) -> None:
    assert place.client.get(place.link("acknowledge", "Devi A")).status_code == 200
    sent = place.client.post(place.link("acknowledge", "Lena A"), data={"page": "staff", "staff": "45"})
    assert sent.status_code == 303
    assert place.ask().state is AskState.ANSWERED


def test_the_board_member_may_not(place: Scene) -> None:
    assert place.client.get(place.link("acknowledge", "Bose A")).status_code == 404
