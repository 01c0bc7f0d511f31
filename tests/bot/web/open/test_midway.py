"""A code that closes in the middle of a visit swallows nothing that a family typed."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.web.open.begun import sign_begun
from store.asking.campaign import Campaign, CampaignState, Step
from store.database import Session
from store.surveying import code
from store.surveying.code import OpenCode
from tests.bot.web.make_page import read_page
from tests.bot.web.open.make_open import OpenScene, name_reader
from tests.bot.web.open.test_contact import WISH, address, begin
from tests.make import START

Change = Callable[[Session], object]
SECRET = "He shouted at me.\nTwice."
CLOSED = "This survey is not open"
TOO_LATE = "This survey closed while you were answering. What you sent was not kept."


def family(session: Session) -> Campaign:
    return session.query(Campaign).filter_by(slug="family").one()


def close_code(session: Session) -> None:
    for one in session.query(OpenCode).filter_by(campaign_id=family(session).id):
        code.close(session, one)


def end_codes(session: Session) -> None:
    code.end_all(session, family(session), START.date())


def close_campaign(session: Session) -> None:
    family(session).state = CampaignState.CLOSED


def withdraw(session: Session) -> None:
    family(session).state = CampaignState.WITHDRAWN


def tell_whole(session: Session) -> None:
    end_codes(session)
    session.query(Step).filter_by(campaign_id=family(session).id).update({"told_whole_on": START.date()})


def last_page(place: OpenScene, language: str = "en") -> dict[str, str]:
    """Answer up to the last page; gives its fields, with a secret typed into the box."""
    fields = place.start(place.address("family", language))
    for typed in ({"listened": "no"}, {"safety": "better"}):
        shown = place.client.post(place.address("family", language), data={**fields, **typed})
        fields = read_page(shown.text).fields
    return {**fields, "why": SECRET}


@pytest.mark.parametrize("close", [close_code, end_codes, close_campaign])
def test_what_was_begun_before_is_kept(place_anywhere: OpenScene, close: Change) -> None:
    place = place_anywhere
    first = place.start(place.address())
    place.write(close)
    second = place.client.post(place.address(), data={**first, "listened": "no"})
    assert second.status_code == 200, "the pages go on"
    third = place.client.post(place.address(), data={**read_page(second.text).fields, "safety": "better"})
    sent = place.client.post(place.address(), data={**read_page(third.text).fields, "why": SECRET})
    assert sent.headers["location"].endswith("/en/thanks")
    [kept] = place.waiting()
    assert kept.answers["why"].split() == SECRET.split()
    thanks = place.client.get(sent.headers["location"])
    assert (thanks.status_code, "Thank you" in thanks.text) == (200, True)
    assert "/contact" not in thanks.text


@pytest.mark.parametrize("close", [close_code, end_codes, close_campaign, withdraw])
def test_nobody_begins_after_that(place: OpenScene, close: Change) -> None:
    page = last_page(place)
    place.write(close)
    old = sign_begun(place.house.identity.keyring, place.codes["family"], START - timedelta(hours=25))
    assert place.client.get(place.address()).status_code == 404
    assert CLOSED in place.client.post(place.address(), data={"start-here": "yes"}).text
    for begun in ("", old):
        refused = place.client.post(place.address(), data={**page, "begun-here": begun})
        assert (refused.status_code, TOO_LATE in refused.text, SECRET in refused.text) == (409, True, True)
    assert place.waiting() == []


@pytest.mark.parametrize("end", [tell_whole, withdraw])
@pytest.mark.parametrize("press", [{}, {"page": "listened", "safety": ""}])
def test_what_can_not_be_kept_any_more_says_so_and_is_still_there(
    place: OpenScene, end: Change, press: dict[str, str]
) -> None:
    page = last_page(place)
    place.write(end)
    told = place.client.post(place.address(), data={**page, **press})
    assert told.status_code == 409
    assert TOO_LATE in read_page(told.text).text
    assert SECRET in told.text
    assert "help-now" in read_page(told.text).ids
    assert told.headers["cache-control"] == "no-store"
    assert place.waiting() == []


@pytest.mark.parametrize("how", ["yes", "leave"])
def test_what_came_too_late_can_be_given_up_and_is_then_not_shown_again(place: OpenScene, how: str) -> None:
    page = last_page(place)
    place.write(withdraw)
    told = place.client.post(place.address(), data=page)
    assert 'class="leave"' in told.text
    given_up = read_page(told.text).fields
    assert given_up == {"submission": page["submission"]}, "the words themselves are not sent on"
    place.client.post(place.address(), data={**given_up, "stop-here": how})
    again = place.client.post(place.address(), data=page)
    assert (again.status_code, again.text) == (303, "")
    stopped = place.client.get(again.headers["location"])
    assert (stopped.status_code, SECRET in stopped.text) == (200, False)


def test_it_is_said_in_the_language_of_the_page(place: OpenScene) -> None:
    name_reader(place, "pl")
    page = last_page(place, "pl")
    place.write(withdraw)
    told = place.client.post(place.address("family", "pl"), data=page)
    assert "Ta ankieta została zamknięta w trakcie odpowiadania." in read_page(told.text).text


def test_where_all_is_told_no_visit_begins_though_the_code_is_open(place: OpenScene) -> None:
    place.write(tell_whole)
    place.write(lambda session: session.query(OpenCode).update({"is_closed": False}))
    assert CLOSED in place.page(place.address()).text
    assert CLOSED in place.client.post(place.address(), data={"start-here": "yes"}).text


@pytest.mark.parametrize("close", [close_code, end_codes, close_campaign])
def test_stop_and_a_wish_lead_where_they_always_do(place: OpenScene, close: Change) -> None:
    page, wish = last_page(place), begin(place)
    place.write(close)
    stopped = place.client.post(place.address(), data={**page, "stop-here": "yes"})
    assert place.client.get(stopped.headers["location"]).status_code == 200
    assert place.client.post(address(place), data={"start-here": "yes"}).status_code == 404
    sent = place.client.post(address(place), data={**wish, **WISH})
    assert place.client.get(sent.headers["location"]).status_code == 200
    assert len(place.wishes()) == 1
