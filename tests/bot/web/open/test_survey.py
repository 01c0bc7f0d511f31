import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from starlette.testclient import TestClient

from bot.web.app import build_app
from store.asking.campaign import Campaign, CampaignState
from store.database import Database
from store.errors import StoreFullError
from tests.bot.web.make_page import read_page
from tests.bot.web.open.make_open import NOTICE, OpenScene

T = TypeVar("T")


class FullDatabase(Database):
    async def write(self, fn: object, *, urgent: bool = False) -> T:
        raise StoreFullError(StoreFullError.__doc__)


def fill(place: OpenScene, address: str, **typed: str) -> dict[str, str]:
    """Answer page after page; gives the fields of the last page, not yet sent."""
    fields = place.start(address, **{"helped-by": typed.pop("helper", "")})
    for name in ("listened", "safety"):
        sent = place.client.post(address, data={**fields, name: typed.get(name, "")})
        fields = read_page(sent.text).fields
    if typed.get("safety") == "worse":
        fields = read_page(place.client.post(address, data=fields).text).fields
    return fields | {"why": typed.get("why", "")}


def test_answers_travel_with_the_page_and_are_kept_when_sent(place_anywhere: OpenScene) -> None:
    place = place_anywhere
    before = place.dump()
    fields = fill(place, place.address(), listened="yes", safety="better", why="A bus pass.", helper="friend")
    assert place.dump() == before
    sent = place.client.post(place.address(), data=fields)
    assert sent.status_code == 303
    assert sent.headers["location"] == f"/s/{place.codes['family']}/en/thanks"
    [kept] = place.waiting()
    assert kept.answers == {"listened": "yes", "safety": "better", "why": "A bus pass."}
    assert kept.marks == {"helper": "friend"}
    assert kept.language == "en"


def test_two_presses_of_send_are_kept_once(place_anywhere: OpenScene) -> None:
    place = place_anywhere
    fields = fill(place, place.address(), listened="yes")
    with ThreadPoolExecutor(4) as hands:
        sent = list(hands.map(lambda _: place.client.post(place.address(), data=fields), range(4)))
    assert [one.status_code for one in sent] == [303] * 4
    assert len(place.waiting()) == 1


def test_a_tablet_that_is_handed_on_keeps_both_answers(place: OpenScene) -> None:
    for answer in ("yes", "no"):
        place.client.post(place.address(), data=fill(place, place.address(), listened=answer))
    assert sorted(one.answers["listened"] for one in place.waiting()) == ["no", "yes"]


def test_sending_an_earlier_page_again_after_send_shows_no_answer(place: OpenScene) -> None:
    address = place.address()
    first = place.start(address)
    second = read_page(place.client.post(address, data={**first, "listened": "no"}).text).fields
    third = read_page(place.client.post(address, data={**second, "safety": "worse"}).text).fields
    last = read_page(place.client.post(address, data=third).text).fields
    assert place.client.post(address, data=last).status_code == 303
    for page in (second, third, last):
        again = place.client.post(address, data=page)
        assert (again.status_code, again.text) == (303, "")


@pytest.mark.parametrize("field", ["listened", "safety"])
def test_stop_keeps_nothing_and_going_back_shows_nothing(place: OpenScene, field: str) -> None:
    address, before = place.address(), place.dump(but="ended_pages")
    typed = {**place.start(address), field: "worse"}
    stopped = place.client.post(address, data={**typed, "stop-here": "yes"})
    assert stopped.headers["location"].endswith("/en/stopped")
    assert "Nothing was kept" in place.page(stopped.headers["location"]).text
    assert place.client.post(address, data=typed).status_code == 303
    assert place.dump(but="ended_pages") == before
    assert typed["submission"] not in place.dump()


def test_nothing_is_compulsory(place: OpenScene) -> None:
    assert place.client.post(place.address(), data=fill(place, place.address())).status_code == 303
    assert place.waiting()[0].answers == {}


def test_back_keeps_what_was_typed_as_far_as_the_opening(place: OpenScene) -> None:
    address = place.address()
    second = read_page(place.client.post(address, data={**place.start(address), "listened": "no"}).text)
    first = read_page(place.client.post(address, data={**second.fields, "back": "listened"}).text)
    assert first.fields["listened"] == "no"
    opening = read_page(place.client.post(address, data={**first.fields, "back": "opening"}).text)
    assert opening.fields["listened"] == "no"
    again = place.start(address, listened=opening.fields["listened"])
    assert again["listened"] == "no"


def test_help_stands_in_full_where_somebody_says_that_it_got_worse(place: OpenScene) -> None:
    address = place.address()
    second = read_page(place.client.post(address, data={**place.start(address), "listened": "yes"}).text)
    shown = place.client.post(address, data={**second.fields, "safety": "worse"})
    page = read_page(shown.text)
    assert 'aria-labelledby="help-now"' in shown.text
    assert page.text.count("999") > read_page(place.client.get(address).text).text.count("999")
    assert "tel:999" in page.links
    following = read_page(place.client.post(address, data=page.fields).text)
    assert "why" in following.ids


def test_every_page_offers_help_and_a_way_out_and_every_box_its_notice(place: OpenScene) -> None:
    address = place.address()
    pages = [place.client.get(address).text, place.client.get(f"/s/{place.codes['family']}/en").text]
    fields = place.start(address)
    for _ in range(3):
        shown = place.client.post(address, data=fields).text
        pages.append(shown)
        fields = read_page(shown).fields
    pages.append(place.client.get(f"/s/{place.codes['family']}/en/thanks").text)
    for text in filter(None, pages):
        assert "Get help now" in text
        assert 'href="https://www.bbc.co.uk/weather"' in text
    assert NOTICE.split(".")[0].replace("'", "&#39;") in pages[-3]


def test_the_title_and_the_address_say_nothing_of_what_is_asked(place: OpenScene) -> None:
    code = place.codes["family"]
    for path in (f"/s/{code}", place.address(), f"/s/{code}/en/thanks", f"/s/{code}/en/contact"):
        text = place.client.get(path).text
        title = text[text.index("<title>") + 7 : text.index("</title>")]
        assert title == "What you think"
        assert "afeguard" not in path


def test_the_box_says_nothing_of_where_an_answer_came_from(place: OpenScene) -> None:
    headers = {"User-Agent": "Telephone of the Nowak family", "X-Forwarded-For": "203.0.113.9"}
    fields = fill(place, place.address(), listened="yes")
    sent = place.client.post(place.address(), data=fields, headers=headers)
    assert "set-cookie" not in sent.headers
    assert len(place.waiting()) == 1
    assert not any(word in place.dump() for word in ("203.0.113.9", "Telephone of", "testclient"))


def test_opening_pages_changes_nothing_and_leaves_nothing_in_the_browser(place: OpenScene) -> None:
    code, before = place.codes["family"], place.dump()
    paths = [f"/s/{code}", f"/s/{code}/en", place.address(), f"/s/{code}/en/thanks", f"/s/{code}/en/contact"]
    for path in paths:
        for answer in (place.client.get(path), place.client.head(path)):
            assert answer.headers["cache-control"] == "no-store"
            assert "set-cookie" not in answer.headers
    assert place.dump() == before


def test_what_cannot_be_kept_is_said_and_still_on_the_page(place: OpenScene) -> None:
    fields = fill(place, place.address(), listened="no", why="More time.")
    full = FullDatabase(place.house.database.url)
    place.house.database, whole = full, place.house.database
    try:
        app = build_app(place.house)
        refused = TestClient(app).post(place.address(), data=fields)
    finally:
        place.house.database = whole
        full.close_now()
    page = read_page(refused.text)
    assert refused.status_code == 503
    assert "Your answers are still on this page" in page.text
    assert "More time." in refused.text
    assert page.fields["listened"] == "no"
    assert place.client.post(place.address(), data={**page.fields, "why": "More time."}).status_code == 303
    assert place.waiting()[0].answers == {"listened": "no", "why": "More time."}


def test_only_a_live_campaign_is_open(place: OpenScene) -> None:
    def pause(session: object) -> None:
        session.query(Campaign).filter_by(slug="family").one().state = CampaignState.DRAFT  # type: ignore[attr-defined]

    place.write(pause)
    shut = place.client.get(place.address())
    assert shut.status_code == 404
    assert "tel:999" in read_page(shut.text).links


@pytest.mark.parametrize("path", ["/s/zzzzzzzz", "/s/zzzzzzzz/pl", "/s/zzzzzzzz/en/family", "/s/%00/en/x"])
def test_an_unknown_code_gets_the_one_page_with_help_on_it(place: OpenScene, path: str) -> None:
    shut = place.client.get(path)
    assert shut.status_code == 404
    assert "tel:999" in read_page(shut.text).links


def test_a_code_may_be_typed_in_capitals_and_with_spaces(place: OpenScene) -> None:
    typed = place.codes["family"].upper()
    assert place.client.get(f"/s/{typed[:4]} {typed[4:]}/en/family").status_code == 200


def test_what_a_page_lost_on_its_way_is_not_taken_for_an_answer(place: OpenScene) -> None:
    assert place.client.post(place.address(), data={"listened": "yes"}).status_code == 400
    assert place.client.post(place.address(), data={"page": "why", "listened": "perhaps"}).status_code == 422
    assert place.waiting() == []


def test_the_log_names_pages_and_neither_codes_nor_answers(
    place: OpenScene, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        place.client.post(place.address(), data=fill(place, place.address(), why="A bus pass."))
    told = " ".join(one.getMessage() for one in caplog.records if not one.name.startswith("httpx"))
    assert "POST take_page 303" in told
    assert not any(word in told for word in (place.codes["family"], "bus pass", "testclient"))
