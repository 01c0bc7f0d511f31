from starlette.testclient import TestClient

from messages.proof.links import Purpose, sign_link
from store.people import person
from tests.bot.web.make_house import Scene


def is_out(place: Scene) -> bool:
    reader = place.person_id("Rowan A")
    return place.read(lambda session: person.is_unsubscribed(session, place.board_id, reader))


def test_one_click_in_a_mail_program_unsubscribes_at_once(place_anywhere: Scene) -> None:
    place = place_anywhere
    # A mail program's own server posts: no page was opened before, and any Origin may come with it.
    sent = place.client.post(
        place.preferences(),
        data={"List-Unsubscribe": "One-Click"},
        headers={"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"},
    )
    assert sent.status_code == 200
    assert is_out(place)
    again = place.client.post(place.preferences(), data={"List-Unsubscribe": "One-Click"})
    assert again.status_code == 200


def test_one_click_works_as_multipart_too(place: Scene) -> None:
    sent = place.client.post(place.preferences(), files={"List-Unsubscribe": (None, "One-Click")})
    assert sent.status_code == 200
    assert is_out(place)


def test_the_page_takes_a_choice_both_ways_and_says_what_still_comes(place: Scene) -> None:
    assert place.client.post(place.preferences(), data={"bulletins": "no"}).status_code == 303
    assert is_out(place)
    page = place.client.get(place.preferences()).text
    assert "no bulletins" in page
    assert "come all the same" in page
    place.client.post(place.preferences(), data={"bulletins": "yes"})
    assert not is_out(place)


def test_a_form_sent_without_a_choice_changes_nothing(place: Scene) -> None:
    before = place.dump()
    assert place.client.post(place.preferences(), data={}).status_code == 422
    assert place.dump() == before


def test_a_link_for_answering_does_not_unsubscribe(place: Scene) -> None:
    before = place.dump()
    keyring, reader = place.house.identity.keyring, place.person_id("Rowan A")
    link = f"/u/{sign_link(keyring, place.board_id, reader, Purpose.ANSWER, 0)}"
    refused = TestClient(place.client.app).post(link, data={"List-Unsubscribe": "One-Click"})
    assert refused.status_code == 404
    assert place.dump() == before
