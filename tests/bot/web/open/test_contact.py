import pytest
from starlette.testclient import TestClient

from bot.web.app import build_app
from store.letters.alert import Alert
from store.letters.delivery import Delivery, DeliveryState
from tests.bot.web.make_house import HOST
from tests.bot.web.make_page import read_page
from tests.bot.web.open.make_open import OpenScene, name_reader

WISH = {"first_name": "Kit", "safe_way": "the school office", "safe_time": "after lunch", "message": "no"}


def address(place: OpenScene, name: str = "family") -> str:
    return f"/s/{place.codes[name]}/en/contact"


def begin(place: OpenScene) -> dict[str, str]:
    """Press Start; gives the fields of the page with the boxes."""
    return read_page(place.client.post(address(place), data={"start-here": "yes"}).text).fields


def test_a_wish_is_kept_with_the_day_and_nothing_that_leads_to_an_answer(place_anywhere: OpenScene) -> None:
    place = place_anywhere
    fields = begin(place)
    sent = place.client.post(address(place), data={**fields, **WISH})
    assert (sent.status_code, sent.headers["location"]) == (303, f"{address(place)}/sent")
    [kept] = place.wishes()
    assert (kept.first_name, kept.safe_way, kept.safe_time) == ("Kit", "the school office", "after lunch")
    assert kept.may_leave_message is False
    assert kept.day == place.clock.moment.date()
    assert fields["submission"] not in place.dump()


def test_with_a_wish_a_letter_waits_for_each_reviewer_and_none_with_its_second_press(
    place_anywhere: OpenScene,
) -> None:
    place = place_anywhere
    fields = begin(place)
    for _ in range(2):
        assert place.client.post(address(place), data={**fields, **WISH}).status_code == 303
    letters = place.read(lambda session: session.query(Delivery).join(Alert).all())
    assert len({one.person_id for one in letters}) == len(letters) == 2
    assert {one.state for one in letters} == {DeliveryState.WAITING}


def test_the_page_says_the_limits_before_anything_is_typed(place: OpenScene) -> None:
    text = place.page(address(place)).text
    assert "we'll have to tell someone whose job is to keep people safe" in text
    assert "We keep this apart from your answers" in text
    assert "It is not for emergencies" in text


def test_the_way_to_it_stands_at_the_opening_and_on_the_page_of_thanks(place: OpenScene) -> None:
    assert address(place) in place.page(place.address()).links
    assert address(place) in place.page(f"/s/{place.codes['family']}/en/thanks").links


def test_a_second_press_is_one_wish_whichever_process_takes_it(place: OpenScene) -> None:
    fields = begin(place)
    other = TestClient(build_app(place.house), base_url=HOST, follow_redirects=False)
    for client in (place.client, place.client, other):
        assert client.post(address(place), data={**fields, **WISH}).status_code == 303
    assert len(place.wishes()) == 1


@pytest.mark.parametrize(("ticked", "kept"), [({}, ""), ({"tongue": "yes"}, "pl")])
def test_the_language_of_the_page_is_kept_where_they_want_to_be_spoken_to_in_it(
    place: OpenScene, ticked: dict[str, str], kept: str
) -> None:
    name_reader(place, "pl")
    polish = f"/s/{place.codes['family']}/pl/contact"
    started = place.client.post(polish, data={"start-here": "yes"})
    assert "tongue" in read_page(started.text).ids
    place.client.post(polish, data={**read_page(started.text).fields, **WISH, **ticked})
    assert [one.language for one in place.wishes()] == [kept]


def test_in_a_language_that_nobody_reads_there_is_nothing_to_write_and_the_numbers_are_shown(
    place: OpenScene,
) -> None:
    polish = f"/s/{place.codes['family']}/pl/contact"
    for page in (place.client.get(polish), place.client.post(polish, data={"start-here": "yes"})):
        told = read_page(page.text)
        assert not {"start", "send", *WISH} & set(told.ids)
        assert "nie ma pól do pisania" in told.text
        assert "tel:999" in told.links
    assert "/contact" not in place.client.get(f"/s/{place.codes['family']}/pl/family/thanks").text
    assert place.wishes() == []


def test_nobody_is_asked_whether_to_be_spoken_to_in_english(place: OpenScene) -> None:
    assert "tongue" not in read_page(place.client.post(address(place), data={"start-here": "y"}).text).ids


def test_nothing_can_be_typed_on_a_page_that_a_browser_would_keep(place: OpenScene) -> None:
    assert "first_name" not in read_page(place.client.get(address(place)).text).ids
    assert "first_name" in read_page(place.client.post(address(place), data={"start-here": "y"}).text).ids


@pytest.mark.parametrize("missing", ["first_name", "safe_way"])
def test_what_is_needed_is_asked_for_and_the_rest_stays(place: OpenScene, missing: str) -> None:
    refused = place.client.post(address(place), data={**WISH, missing: ""})
    page = read_page(refused.text)
    assert refused.status_code == 422
    assert f"#{missing}" in page.links
    assert page.fields["safe_time"] == "after lunch"
    assert place.wishes() == []


def test_no_message_is_left_unless_that_is_safe(place: OpenScene) -> None:
    place.client.post(address(place), data={**WISH, "message": ""})
    assert [one.may_leave_message for one in place.wishes()] == [False]


def test_a_name_too_long_to_keep_is_refused_rather_than_cut(place: OpenScene) -> None:
    refused = place.client.post(address(place), data={**WISH, "first_name": "K" * 101})
    assert refused.status_code == 422
    assert "100 characters or fewer" in read_page(refused.text).text


def test_stop_keeps_nothing(place: OpenScene) -> None:
    sent = place.client.post(address(place), data={**WISH, "stop-here": "yes"})
    assert sent.headers["location"].endswith("/stopped")
    assert place.wishes() == []


def test_staff_have_other_ways(place: OpenScene) -> None:
    assert place.client.get(address(place, "staff")).status_code == 404
    assert place.client.get(f"/s/{place.codes['staff']}/en/thanks").text.count("/contact") == 0


def test_sending_a_page_again_after_it_was_kept_shows_no_name(place: OpenScene) -> None:
    fields = begin(place)
    wrong = place.client.post(address(place), data={**fields, **WISH, "safe_way": ""})
    place.client.post(address(place), data={**read_page(wrong.text).fields, **WISH})
    again = place.client.post(address(place), data={**fields, **WISH, "safe_way": ""})
    assert (again.status_code, again.text) == (303, "")
    assert len(place.wishes()) == 1
